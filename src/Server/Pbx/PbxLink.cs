using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>A line to a PBX, as it is configured.</summary>
internal sealed record PbxLink
{
    public long Id { get; init; }

    /// <summary>The source in the keys of its calls.</summary>
    public string Name { get; init; } = "";

    public string Host { get; init; } = "";
    public int Port { get; init; }
    public string Username { get; init; } = "";

    /// <summary>Readable with the installation's keys only.</summary>
    public string ProtectedSecret { get; init; } = "";

    public bool UseTls { get; init; }
    /// <summary>With TLS: the one certificate that is trusted, by its SHA-256 in hex; null trusts what an authority signed.</summary>
    public string? CertificateSha256 { get; init; }

    public string Region { get; init; } = "";
    public IReadOnlyList<string> Trunks { get; init; } = [];
    public IReadOnlyList<RewriteRule> Rewrites { get; init; } = [];

    /// <summary>A phone as the PBX dials it, <c>{extension}</c> in it: PJSIP/{extension}.</summary>
    public string DialChannel { get; init; } = PbxLinkEdit.DialChannelDefault;

    /// <summary>Where in the dialplan click-to-call dials the number.</summary>
    public string DialContext { get; init; } = PbxLinkEdit.DialContextDefault;

    /// <summary>A number as that place wants it, <c>{number}</c> standing for E.164 without the plus.</summary>
    public string DialNumber { get; init; } = PbxLinkEdit.DialNumberDefault;

    public bool IsEnabled { get; init; }

    /// <summary>Counts edits.</summary>
    public long Changed { get; init; }

    /// <summary>How numbers that come over this line are read.</summary>
    public NumberPlan NumberPlan() => new(Region, [.. Rewrites.Select(rule => new NumberRewrite(rule.Pattern, rule.Replacement))]);
}
