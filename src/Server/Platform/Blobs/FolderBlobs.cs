using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>
/// Blobs as files below a folder, each encrypted with a key of its own (<see cref="SealedFile"/>) that only this installation's keys open.
/// A file under its name is always whole: it is written beside, flushed to the disk, and then moved.
/// </summary>
internal sealed class FolderBlobs : IBlobs
{
    const string Unfinished = ".unfinished";
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    readonly string folder;
    readonly IDataProtectionProvider protection;

    public FolderBlobs(string folder, IDataProtectionProvider protection, TimeProvider time)
    {
        this.folder = Path.GetFullPath(folder);
        this.protection = protection.CreateProtector("Blobs");
        Directory.CreateDirectory(PathOf(Unfinished));
        // What a run that was killed left half-written.
        foreach (var file in Directory.EnumerateFiles(PathOf(Unfinished)).Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > ForgottenAfter))
            File.Delete(file);
    }

    public string Kind => "folder";

    public async Task Write(string key, Stream content, CancellationToken cancel)
    {
        var target = PathOf(BlobKeys.Checked(key));
        var unfinished = PathOf(Path.Combine(Unfinished, Guid.NewGuid().ToString("n")));
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await SealedFile.Write(file, content, ProtectorOf(key), cancel);
                file.Flush(flushToDisk: true);
            }
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(unfinished, target, overwrite: false);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public async Task<Stream?> Open(string key, CancellationToken cancel)
    {
        try
        {
            return await SealedFile.Open(PathOf(BlobKeys.Checked(key)), ProtectorOf(key), cancel);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<string> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (!key.StartsWith('.') && key.StartsWith(prefix, StringComparison.Ordinal))
                yield return key;
        }
        await Task.CompletedTask;
    }

    public Task<bool> Delete(string key, CancellationToken cancel)
    {
        var file = PathOf(BlobKeys.Checked(key));
        var isThere = File.Exists(file);
        if (isThere)
            File.Delete(file);
        return Task.FromResult(isThere);
    }

    string PathOf(string key) => Path.Combine(folder, key);

    // The key is part of the purpose: a file that was moved under another name does not open.
    IDataProtector ProtectorOf(string key) => protection.CreateProtector(key);
}
