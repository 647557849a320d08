namespace ContactCenterCrm.Server.Clients;

/// <summary>A card that carries a number.</summary>
internal sealed record NumberMatch
{
    public string E164 { get; init; } = "";
    public long ClientId { get; init; }

    /// <summary>The extension behind the number on this card; empty when there is none.</summary>
    public string Extension { get; init; } = "";

    public bool IsShared { get; init; }
    public bool IsFormer { get; init; }
}

/// <summary>Why a card matches a number; the better reason first.</summary>
internal enum MatchReason
{
    /// <summary>It is the number of this card.</summary>
    Exact,

    /// <summary>This card is behind an extension of the number.</summary>
    Extension,

    /// <summary>Several people use the number, one of them is this card.</summary>
    Company,

    /// <summary>It was the number of this card once.</summary>
    Former,
}

/// <summary>What a number says about who calls: nothing is guessed. A call finds its card by itself only where one card alone has the number.</summary>
internal static class MatchRule
{
    public static MatchReason ReasonOf(NumberMatch match, string extension = "") => match switch
    {
        { IsFormer: true } => MatchReason.Former,
        { IsShared: true } => MatchReason.Company,
        _ when match.Extension != extension => MatchReason.Extension,
        _ => MatchReason.Exact,
    };

    /// <summary>In the API.</summary>
    public static string Word(MatchReason reason) => reason switch
    {
        MatchReason.Exact => "exact",
        MatchReason.Extension => "extension",
        MatchReason.Company => "company",
        MatchReason.Former => "former",
    };

    /// <summary>Who of those with this number is meant.</summary>
    public static Found Choose(IEnumerable<NumberMatch> matches)
    {
        var now = matches.Where(match => !match.IsFormer).ToList();
        if (now.Count == 0)
            return Found.Nobody;
        var clients = now.Select(match => match.ClientId).Distinct().Count();
        return clients == 1 && !now.Exists(match => match.IsShared)
            ? new(FoundKind.One, now[0].ClientId)
            : new(FoundKind.Several, null);
    }
}

internal enum FoundKind { Nobody, One, Several }

internal readonly record struct Found(FoundKind Kind, long? ClientId)
{
    public static readonly Found Nobody = new(FoundKind.Nobody, null);
}
