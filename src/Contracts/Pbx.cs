using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>A link to one PBX, with its live state.</summary>
public sealed record PbxLinkItem
{
    public required long Id { get; init; }

    /// <summary>The PBX's name in every call key: short, never reused for another PBX.</summary>
    public required string Name { get; init; }

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string Username { get; init; }
    public bool UseTls { get; init; }

    /// <summary>With TLS: the one certificate that is trusted, by its SHA-256 in hex; null trusts what an authority signed.</summary>
    public string? CertificateSha256 { get; init; }


    /// <summary>Endpoint names of the trunks, for example trunk, beeline-1.</summary>
    public IReadOnlyList<string> Trunks { get; init; } = [];

    /// <summary>ISO 3166 code of the country whose numbers come without a country code.</summary>
    public required string Region { get; init; }

    public IReadOnlyList<RewriteRule> Rewrites { get; init; } = [];
    public string DialChannel { get; init; } = PbxLinkEdit.DialChannelDefault;
    public string DialContext { get; init; } = PbxLinkEdit.DialContextDefault;
    public string DialNumber { get; init; } = PbxLinkEdit.DialNumberDefault;
    public bool IsEnabled { get; init; }
    public required PbxLinkState State { get; init; }
}

/// <summary>A regular expression on the number as it came, and what stands in its place, before it is read as a phone number.</summary>
public sealed record RewriteRule
{
    [property: Required, StringLength(200)]
    public string Pattern { get; init; } = "";

    [property: StringLength(200)]
    public string Replacement { get; init; } = "";
}

public sealed record PbxLinkState
{
    /// <summary>disabled, connecting, up, down, elsewhere (another node owns it).</summary>
    public required string Status { get; init; }

    /// <summary>
    /// Why it is down: refused, unreachable, wrong_secret, not_allowed, tls_mismatch, not_asterisk, timeout, missing_privilege,
    /// dropped. The UI says what to do about each.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>The technical words of the problem, without secrets.</summary>
    public string? Detail { get; init; }

    /// <summary>Privilege classes that the AMI user lacks; calls may be seen incompletely without them.</summary>
    public IReadOnlyList<string> MissingPrivileges { get; init; } = [];

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? LastEventAt { get; init; }
    public double? RoundTripMs { get; init; }
    public string? PbxVersion { get; init; }
    public int LiveCalls { get; init; }
    public long EventsSeen { get; init; }
    public long Quarantined { get; init; }
}

public sealed record PbxLinkEdit
{
    [property: Required, StringLength(32, MinimumLength = 1), RegularExpression("^[a-z0-9][a-z0-9-]*$")]
    public string Name { get; init; } = "";

    [property: Required, StringLength(255)]
    public string Host { get; init; } = "";

    [property: Range(1, 65535)]
    public int Port { get; init; } = 5038;

    [property: Required, StringLength(100)]
    public string Username { get; init; } = "";

    /// <summary>Write-only. Null leaves the stored one as it is.</summary>
    [property: StringLength(200)]
    public string? Secret { get; init; }

    public bool UseTls { get; init; }

    /// <summary>For a PBX that signed its certificate itself; with or without colons. Null or empty trusts what an authority signed.</summary>
    [property: RegularExpression("^([0-9A-Fa-f]{2}:?){32}$")]
    public string? CertificateSha256 { get; init; }

    public IReadOnlyList<string> Trunks { get; init; } = [];

    [property: Required, StringLength(2, MinimumLength = 2)]
    public string Region { get; init; } = "RU";

    public IReadOnlyList<RewriteRule> Rewrites { get; init; } = [];

    public const string DialChannelDefault = "PJSIP/{extension}";
    public const string DialContextDefault = "click-to-call";
    public const string DialNumberDefault = "+{number}";

    /// <summary>Click-to-call: an agent's phone as the PBX dials it, <c>{extension}</c> in it.</summary>
    [property: Required, StringLength(100), RegularExpression(@"^[A-Za-z0-9/@._:-]*\{extension\}[A-Za-z0-9/@._:-]*$")]
    public string DialChannel { get; init; } = DialChannelDefault;

    /// <summary>Click-to-call: the context of the dialplan in which the number is dialled.</summary>
    [property: Required, StringLength(80), RegularExpression("^[A-Za-z0-9_-]+$")]
    public string DialContext { get; init; } = DialContextDefault;

    /// <summary>Click-to-call: the number as that context wants it, <c>{number}</c> standing for E.164 without the plus: +{number}, 00{number}.</summary>
    [property: Required, StringLength(40), RegularExpression(@"^[0-9*#+]*\{number\}[0-9*#]*$")]
    public string DialNumber { get; init; } = DialNumberDefault;

    public bool IsEnabled { get; init; } = true;
}

/// <summary>An extension, who owns it, and whether it was seen on calls.</summary>
public sealed record ExtensionItem
{
    public required string Pbx { get; init; }
    public required string Extension { get; init; }
    public long? AgentId { get; init; }
    public string? AgentName { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }
}

public sealed record ExtensionAssignment
{
    [property: Required, StringLength(32)]
    public string Pbx { get; init; } = "";

    /// <summary>As the source names it: 101, or at Twilio client:alice, sip:6001@pbx.example.com, +12025550100.</summary>
    [property: Required, StringLength(100), RegularExpression("^[0-9A-Za-z_.:@+-]+$")]
    public string Extension { get; init; } = "";

    /// <summary>Null takes the extension away from whoever has it.</summary>
    public long? AgentId { get; init; }
}

public sealed record ExtensionsPage
{
    public IReadOnlyList<ExtensionItem> Extensions { get; init; } = [];
    public IReadOnlyList<ExtensionConflict> Conflicts { get; init; } = [];
}

/// <summary>Something about extensions that keeps calls from popping.</summary>
public sealed record ExtensionConflict
{
    /// <summary>nobody_owns (rang, but no agent has it), agent_without_phone, inactive_owner.</summary>
    public required string Kind { get; init; }

    public string? Pbx { get; init; }
    public string? Extension { get; init; }
    public long? AgentId { get; init; }
    public string? AgentName { get; init; }
}

/// <summary>Asks what becomes of numbers that come over the line of a PBX. At most 50 at once.</summary>
public sealed record NumberTestRequest
{
    [property: Required, StringLength(32)]
    public string Pbx { get; init; } = "";

    [property: Required]
    public IReadOnlyList<string> Numbers { get; init; } = [];
}

/// <summary>The admin's test bench: what becomes of a number, and why.</summary>
public sealed record NumberTest
{
    public required string Raw { get; init; }
    public string? E164 { get; init; }
    public string? Display { get; init; }

    /// <summary>valid, hidden, short (a service or internal number), invalid.</summary>
    public required string Verdict { get; init; }

    public string? RewrittenTo { get; init; }
    public IReadOnlyList<ClientMatch> Matches { get; init; } = [];
}

/// <summary>Something that came from a source and could not be understood or saved.</summary>
public sealed record QuarantineItem
{
    public required long Id { get; init; }

    /// <summary>The PBX's name.</summary>
    public required string Source { get; init; }

    /// <summary>What was wrong with it, in a few words.</summary>
    public required string Why { get; init; }

    /// <summary>How it begins; at most 4 000 characters.</summary>
    public required string Raw { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }
}
