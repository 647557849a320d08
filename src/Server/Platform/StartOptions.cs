namespace ContactCenterCrm.Server.Platform;

/// <summary>What the command line says about this run. Everything else comes from the configuration.</summary>
internal sealed record StartOptions
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Start with a simulated PBX, invented clients and accounts that everybody may know.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The folder of the embedded database, keys and recordings.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Addresses to listen on, separated by semicolons; null takes those of the configuration, or <see cref="DefaultUrls"/>.</summary>
    public string? Urls { get; init; }

    /// <summary>Configuration values that stand above all others, such as <c>Database:Engine</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();
}
