namespace ContactCenterCrm.Testing;

/// <summary>Where tests/environment keeps what is expensive to make, between runs (its common.sh says the same).</summary>
static class TestCache
{
    public static string Folder =>
        Environment.GetEnvironmentVariable("CONTACT_CENTER_CRM_CACHE")
            ?? Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches ? caches : Path.Combine(HomeFolder, ".cache"),
                "contact-center-crm");

    static string HomeFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
