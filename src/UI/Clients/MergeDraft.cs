using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Clients;

/// <summary>
/// What a person decides about two cards: which one stays, and of each field whose value. What nobody chose follows the card that stays, or the
/// other one where that one has nothing.
/// </summary>
public sealed class MergeDraft(ClientComparison cards, long stays)
{
    readonly Dictionary<string, long> chosen = [];

    public ClientComparison Cards { get; private set; } = cards;

    /// <summary>The id of the card that stays.</summary>
    public long Stays { get; set; } = stays;

    public ComparedClient Staying => Cards.One.Card.Id == Stays ? Cards.One : Cards.Other;

    public ComparedClient Going => Cards.One.Card.Id == Stays ? Cards.Other : Cards.One;

    /// <summary>The id of the card whose value stays. Null: somebody has to say.</summary>
    public long? Of(MergeField field) =>
        chosen.TryGetValue(field.Name, out var id) ? id
            : field.MustBeChosen(Cards) ? null
            : field.IsEmpty(Staying.Card) ? Going.Card.Id : Stays;

    public void Choose(MergeField field, long cardId) => chosen[field.Name] = cardId;

    public bool IsComplete => MergeField.All.All(one => Of(one) is not null);

    /// <summary>One of the cards was changed meanwhile: the choices stay.</summary>
    public void Renew(ClientComparison newer) => Cards = newer;

    public ClientMergeOrder Order => new()
    {
        FromId = Going.Card.Id,
        FromVersion = Going.Card.Version,
        Version = Staying.Card.Version,
        NameOf = Of(MergeField.ClientName),
        CompanyOf = Of(MergeField.Company),
        EmailOf = Of(MergeField.Email),
        OwnerOf = Of(MergeField.Owner),
    };
}

/// <summary>A field of which one value stays.</summary>
public sealed class MergeField
{
    readonly Func<ClientCard, string> read;

    MergeField(string name, Func<ClientCard, string> read) => (Name, this.read) = (name, read);

    public static readonly MergeField ClientName = new("name", card => card.Name);
    public static readonly MergeField Company = new("company", card => card.Company ?? "");
    public static readonly MergeField Email = new("email", card => card.Email ?? "");
    public static readonly MergeField Owner = new("owner", card => card.OwnerName ?? "");

    public static readonly IReadOnlyList<MergeField> All = [ClientName, Company, Email, Owner];

    public string Name { get; }

    public string Value(ClientCard card) => read(card);

    public bool IsEmpty(ClientCard card) => read(card).Length == 0;

    // Two people may have one name, and one address may be written in two ways.
    public bool Differs(ClientComparison cards) => this == Owner
        ? cards.One.Card.OwnerId != cards.Other.Card.OwnerId
        : !string.Equals(read(cards.One.Card), read(cards.Other.Card), this == Email ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>Of two owners neither is the better guess.</summary>
    public bool MustBeChosen(ClientComparison cards) =>
        this == Owner && cards.One.Card.OwnerId is { } one && cards.Other.Card.OwnerId is { } other && one != other;
}
