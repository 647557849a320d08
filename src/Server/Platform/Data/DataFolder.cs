namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Where the embedded default keeps its files: the database, recordings, keys. One process at a time: a second one on the same
/// folder is refused at start, because two owners of one PBX line would write two truths.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    const string LockName = "in-use.lock";
    readonly FileStream lockFile;

    /// <param name="startsEmpty">What an earlier run left in it is removed. A folder that no run has made is never emptied.</param>
    /// <exception cref="DataFolderInUseException">Another process has this folder open.</exception>
    /// <exception cref="SettingException">The folder holds files of somebody else, and was to be emptied.</exception>
    public DataFolder(string path, bool startsEmpty)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        if (startsEmpty && !System.IO.File.Exists(File(LockName)) && Directory.EnumerateFileSystemEntries(Path).Any())
            throw new SettingException($"The folder {Path} holds files that are not this program's: it is not emptied. Choose another with --data FOLDER.");
        try
        {
            lockFile = new(File(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DataFolderInUseException(Path);
        }
        if (startsEmpty)
            Clear();
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => lockFile.Dispose();

    void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => file != lockFile.Name))
            System.IO.File.Delete(file);
        foreach (var folder in Directory.EnumerateDirectories(Path))
            Directory.Delete(folder, recursive: true);
    }
}

internal sealed class DataFolderInUseException(string path)
    : Exception($"The data folder {path} is in use by another running copy of this program. Stop that one, or give this one a folder of its own with --data FOLDER.");
