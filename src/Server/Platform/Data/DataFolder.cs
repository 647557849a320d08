namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Where the embedded default keeps its files: the database, recordings, keys. One process at a time: a second one on the same
/// folder is refused at start, because two owners of one PBX line would write two truths.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    readonly FileStream lockFile;

    /// <exception cref="DataFolderInUseException">Another process has this folder open.</exception>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        try
        {
            lockFile = new(System.IO.Path.Combine(Path, "in-use.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DataFolderInUseException(Path);
        }
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => lockFile.Dispose();
}

internal sealed class DataFolderInUseException(string path)
    : Exception($"The data folder {path} is in use by another running copy of this program. Stop that one, or give this one a folder of its own with --data FOLDER.");
