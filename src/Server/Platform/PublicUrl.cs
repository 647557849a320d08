namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// Where the world outside finds this server, from the setting <c>PublicUrl</c>: https://host[:port][/prefix]. A provider signs the
/// address that it was told, whatever a proxy makes of it on the way; links in mails lead there.
/// </summary>
/// <param name="Base">Without a slash at its end; null: it is not set, and nobody outside is told an address.</param>
internal sealed record PublicUrl(string? Base)
{
    /// <exception cref="SettingException">It is no such address.</exception>
    public static PublicUrl Of(IConfiguration configuration)
    {
        if (configuration["PublicUrl"] is not { Length: > 0 } text)
            return new((string?)null);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url is { UserInfo: "", Query: "", Fragment: "" }
            ? new(text.TrimEnd('/'))
            : throw new SettingException($"PublicUrl looks like https://crm.example.com or https://example.com/crm, not {text}.");
    }

    /// <param name="path">With a slash at its start.</param>
    public string? Of(string path) => Base is null ? null : Base + path;
}
