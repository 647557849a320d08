using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Deals;

/// <summary>
/// The fields of a deal while a person types, and what they were based on. When somebody else saved first, <see cref="Rebase"/> takes over
/// what only they changed, and names what both did: nothing typed is lost.
/// </summary>
public sealed class DealValues
{
    readonly Dictionary<string, string?> typed = [];
    readonly Dictionary<string, string?> contested = [];
    List<LineDraft> mine = [];

    public DealValues(DealCard card)
    {
        Card = card;
        Lines = LineDraft.Of(card.Items);
    }

    public DealCard Card { get; private set; }
    public List<LineDraft> Lines { get; private set; }
    public bool HasNewLines => !LineDraft.IsSame(Lines, Card.Items);
    public bool IsDirty => typed.Count > 0 || HasNewLines;

    /// <summary>Only what differs.</summary>
    public IReadOnlyDictionary<string, string?> Changes => typed;

    /// <summary>By field that both changed, each to something else: what was typed here.</summary>
    public IReadOnlyDictionary<string, string?> Contested => contested;

    public string? this[string key]
    {
        get => typed.TryGetValue(key, out var value) ? value : Card.Values.GetValueOrDefault(key);
        set
        {
            if ((value ?? "") == (Card.Values.GetValueOrDefault(key) ?? ""))
                typed.Remove(key);
            else
                typed[key] = value;
        }
    }

    /// <summary>All lines, if they differ.</summary>
    public IReadOnlyList<DealLine>? NewLines => HasNewLines ? [.. Lines.Select(line => line.Line).OfType<DealLine>()] : null;

    public bool IsFilled(string key) => key == DealFields.Items ? Lines.Count > 0 && Lines.All(line => line.Line is not null) : !string.IsNullOrWhiteSpace(this[key]);

    public bool IsMine(string key) => key == DealFields.Items ? HasNewLines : typed.ContainsKey(key);

    public void Take(string key, bool isMine)
    {
        if (key == DealFields.Items)
            Lines = isMine ? mine : LineDraft.Of(Card.Items);
        else if (isMine)
            typed[key] = contested[key];
        else
            typed.Remove(key);
    }

    public void Rebase(DealCard newer)
    {
        contested.Clear();
        foreach (var (key, own) in typed.ToList())
        {
            var (theirs, origin) = (newer.Values.GetValueOrDefault(key) ?? "", Card.Values.GetValueOrDefault(key) ?? "");
            if (theirs == (own ?? ""))
                typed.Remove(key);
            else if (theirs != origin)
                contested[key] = own;
        }
        mine = Lines;
        if (!HasNewLines)
            Lines = LineDraft.Of(newer.Items);
        else if (!newer.Items.SequenceEqual(Card.Items) && !LineDraft.IsSame(Lines, newer.Items))
            contested[DealFields.Items] = LineDraft.Words(Lines.Select(line => line.Line).OfType<DealLine>());
        Card = newer;
    }

    /// <summary>Nothing was typed.</summary>
    public void Reset(DealCard card)
    {
        typed.Clear();
        contested.Clear();
        (Card, Lines) = (card, LineDraft.Of(card.Items));
    }
}
