using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>Blobs in a container of Azure Storage, or of what speaks like it. The storage encrypts what it keeps.</summary>
internal sealed class AzureBlobs(BlobContainerClient container) : IBlobs
{
    /// <summary>Fetched at once while a stream is read: enough for ten seconds of a call.</summary>
    const int ReadBytes = 256 * 1024;

    public string Kind => "azure";

    public Task Write(string key, Stream content, CancellationToken cancel) => InWords($"write {key}", async () =>
    {
        await container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancel);
        // The blob appears when its list of blocks is committed, and only if nobody was there before.
        await Blob(key).UploadAsync(content, new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancel);
        return true;
    });

    public Task<Stream?> Open(string key, CancellationToken cancel) => InWords($"open {key}", async () =>
    {
        try
        {
            return await Blob(key).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBytes }, cancel);
        }
        catch (RequestFailedException error) when (error.Status == StatusCodes.Status404NotFound)
        {
            return (Stream?)null;
        }
    });

    public async IAsyncEnumerable<string> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!await InWords("look for the container", async () => (await container.ExistsAsync(cancel)).Value))
            yield break;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancel))
            yield return blob.Name;
    }

    public Task<bool> Delete(string key, CancellationToken cancel) =>
        InWords($"delete {key}", async () => (await Blob(key).DeleteIfExistsAsync(cancellationToken: cancel)).Value);

    BlobClient Blob(string key) => container.GetBlobClient(BlobKeys.Checked(key));

    static async Task<T> InWords<T>(string what, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException)
        {
            throw new IOException($"The blob storage did not {what}: {error.Message}", error);
        }
    }
}
