using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Clients;

/// <summary>
/// A client's fields while a person edits them, and what they were based on. When somebody else saved first, <see cref="Rebase"/>
/// takes over what only they changed, and names the fields that both changed: nothing typed is lost.
/// </summary>
public sealed class ClientDraft
{
    ClientFields origin;
    int version;

    /// <summary>A new client.</summary>
    public ClientDraft() => origin = Fields = new();

    public ClientDraft(ClientCard card)
    {
        origin = Fields = ClientFields.Of(card);
        version = card.Version;
    }

    public ClientFields Fields { get; set; }

    public bool IsDirty => Fields != origin;

    public ClientEdit Edit => new()
    {
        Version = version,
        Name = Fields.Name.Trim(),
        Company = Fields.Company.Trim(),
        Email = Fields.Email.Trim() is { Length: > 0 } email ? email : null,
        DoNotRecord = Fields.DoNotRecord,
        OwnerId = Fields.OwnerId,
        DoNotCall = Fields.DoNotCall,
        Numbers = [.. Fields.Numbers.Select(number => number.Trim()).Where(number => number.Length > 0)],
    };

    /// <summary>Somebody else saved <paramref name="card"/> meanwhile. Returns the fields that both changed, differently; they hold what was typed here.</summary>
    public IReadOnlyList<ClientFieldConflict> Rebase(ClientCard card)
    {
        var theirs = ClientFields.Of(card);
        var conflicts = ClientField.All.Where(field => field.IsContested(origin, Fields, theirs))
            .Select(field => new ClientFieldConflict(field, Mine: Fields, theirs)).ToList();
        foreach (var field in ClientField.All.Where(field => field.IsSame(Fields, origin)))
            Fields = field.Copy(theirs, Fields);
        (origin, version) = (theirs, card.Version);
        return conflicts;
    }
}

/// <summary>Both changed this field. Either side can be taken, and taken back.</summary>
public sealed record ClientFieldConflict(ClientField Field, ClientFields Mine, ClientFields Theirs);

/// <summary>What a person may set on a card. Numbers are one per line of the form, as written.</summary>
public sealed record ClientFields
{
    public string Name { get; init; } = "";
    public string Company { get; init; } = "";
    public string Email { get; init; } = "";
    public bool DoNotRecord { get; init; }
    public long? OwnerId { get; init; }
    public bool DoNotCall { get; init; }
    public NumberLines Numbers { get; init; } = new([]);

    public static ClientFields Of(ClientCard card) => new()
    {
        Name = card.Name,
        Company = card.Company ?? "",
        Email = card.Email ?? "",
        DoNotRecord = card.DoNotRecord,
        OwnerId = card.OwnerId,
        DoNotCall = card.DoNotCall,
        Numbers = new([.. card.Numbers.Where(number => !number.IsFormer).Select(Written)]),
    };

    /// <summary>As the server reads it back: the extension belongs to the number.</summary>
    static string Written(ClientNumber number) => number.Extension is { Length: > 0 } extension ? $"{number.Display} ext. {extension}" : number.Display;
}
