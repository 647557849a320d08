namespace ContactCenterCrm.Server.Platform;

/// <summary>What this node does, from <c>Roles</c> of the configuration: web, telephony, jobs, separated by commas; all of it by default.</summary>
internal sealed record NodeRoles(bool Web, bool Telephony, bool Jobs)
{
    static readonly string[] Known = ["web", "telephony", "jobs"];

    /// <exception cref="SettingException">A word is none of the roles.</exception>
    public static NodeRoles Of(IConfiguration configuration)
    {
        var words = (configuration["Roles"] ?? string.Join(',', Known)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Except(Known).FirstOrDefault() is { } unknown
            ? throw new SettingException($"Roles is a list of {string.Join(", ", Known)}; {unknown} is none of them.")
            : new(words.Contains("web"), words.Contains("telephony"), words.Contains("jobs"));
    }
}

/// <summary>A value of the configuration cannot be used; the message says which, and what would do.</summary>
internal sealed class SettingException(string message) : Exception(message);
