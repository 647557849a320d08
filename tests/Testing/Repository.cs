namespace ContactCenterCrm.Testing;

/// <summary>Where the files of the repository are, for tests that run on the very files that users copy.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "ContactCenterCrm.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No ContactCenterCrm.sln above {AppContext.BaseDirectory}: tests run from within the repository.");
    }
}
