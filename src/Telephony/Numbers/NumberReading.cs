namespace ContactCenterCrm.Telephony.Numbers;

/// <summary>What became of a number as it came. <see cref="Raw"/> is kept as it was.</summary>
public sealed record NumberReading(string Raw, NumberVerdict Verdict)
{
    /// <summary>The number in E.164 ("+79161234567"), without the extension part; null unless it is valid.</summary>
    public string? E164 { get; init; }

    /// <summary>The number as people read it ("+7 916 123-45-67"); null unless it is valid.</summary>
    public string? Display { get; init; }

    /// <summary>The part behind "ext." that the callee's own PBX wants; null when there is none.</summary>
    public string? Extension { get; init; }

    /// <summary>What the rewrite rules made of it; null when they left it alone.</summary>
    public string? RewrittenTo { get; init; }
}

/// <summary><see cref="Short"/>: a service or internal number, public to nobody. <see cref="Hidden"/>: the caller withheld it.</summary>
public enum NumberVerdict { Valid, Hidden, Short, Invalid }
