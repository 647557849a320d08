using System.Collections;

namespace ContactCenterCrm.UI.Clients;

/// <summary>One field of a client, so that forms and conflicts can treat all of them alike.</summary>
public sealed class ClientField
{
    readonly Func<ClientFields, object?> read;

    ClientField(string name, Func<ClientFields, object?> read, Func<ClientFields, ClientFields, ClientFields> copy)
    {
        (Name, this.read, Copy) = (name, read, copy);
    }

    public static readonly ClientField ClientName = new(nameof(ClientFields.Name), fields => fields.Name, (from, to) => to with { Name = from.Name });
    public static readonly ClientField Company = new(nameof(ClientFields.Company), fields => fields.Company, (from, to) => to with { Company = from.Company });
    public static readonly ClientField Email = new(nameof(ClientFields.Email), fields => fields.Email, (from, to) => to with { Email = from.Email });
    public static readonly ClientField DoNotRecord = new(nameof(ClientFields.DoNotRecord), fields => fields.DoNotRecord, (from, to) => to with { DoNotRecord = from.DoNotRecord });
    public static readonly ClientField Owner = new(nameof(ClientFields.OwnerId), fields => fields.OwnerId, (from, to) => to with { OwnerId = from.OwnerId });
    public static readonly ClientField DoNotCall = new(nameof(ClientFields.DoNotCall), fields => fields.DoNotCall, (from, to) => to with { DoNotCall = from.DoNotCall });
    public static readonly ClientField Numbers = new(nameof(ClientFields.Numbers), fields => fields.Numbers, (from, to) => to with { Numbers = from.Numbers });

    public static readonly IReadOnlyList<ClientField> All = [ClientName, Company, Email, DoNotRecord, Owner, DoNotCall, Numbers];

    public string Name { get; }

    /// <summary>Takes this field from the first and gives it to the second.</summary>
    public Func<ClientFields, ClientFields, ClientFields> Copy { get; }

    public bool IsSame(ClientFields one, ClientFields other) => Equals(read(one), read(other));

    /// <summary>Both sides changed it, each to something else.</summary>
    public bool IsContested(ClientFields origin, ClientFields mine, ClientFields theirs) =>
        !IsSame(origin, mine) && !IsSame(origin, theirs) && !IsSame(mine, theirs);
}

/// <summary>Numbers as written, equal by their texts.</summary>
public sealed record NumberLines(IReadOnlyList<string> Lines) : IEnumerable<string>
{
    public bool Equals(NumberLines? other) => other is not null && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Lines.Count;

    public NumberLines With(int position, string number) => new([.. Lines.Select((line, at) => at == position ? number : line)]);

    public NumberLines Without(int position) => new([.. Lines.Where((_, at) => at != position)]);

    public NumberLines Plus(string number) => new([.. Lines, number]);

    public IEnumerator<string> GetEnumerator() => Lines.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", Lines);
}
