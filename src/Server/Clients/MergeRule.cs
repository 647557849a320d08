namespace ContactCenterCrm.Server.Clients;

/// <summary>Of each field, whether the card that goes gives its value. Null: nobody said.</summary>
internal sealed record MergeChoice
{
    public bool? TakesName { get; init; }
    public bool? TakesCompany { get; init; }
    public bool? TakesEmail { get; init; }
    public bool? TakesOwner { get; init; }
}

/// <summary>What becomes of two cards when they are one, and what is left when they are two again. Pure.</summary>
internal static class MergeRule
{
    /// <summary>After the numbers that the surviving card had.</summary>
    const int SeqOfOther = 1_000;

    /// <summary>Two people look after these clients: somebody must say who does from now on.</summary>
    public static bool IsOwnerOpen(CardState into, CardState from, MergeChoice choice) =>
        choice.TakesOwner is null && into.OwnerId is not null && from.OwnerId is not null && into.OwnerId != from.OwnerId;

    public static CardState Merged(CardState into, CardState from, MergeChoice choice) => into with
    {
        Name = choice.TakesName ?? into.Name.Length == 0 ? from.Name : into.Name,
        Company = choice.TakesCompany ?? into.Company is null ? from.Company : into.Company,
        Email = choice.TakesEmail ?? into.Email is null ? from.Email : into.Email,
        OwnerId = choice.TakesOwner ?? into.OwnerId is null ? from.OwnerId : into.OwnerId,
        Status = ClientStatus.Contact,
        MainNumber = into.MainNumber ?? from.MainNumber,
        DoNotCall = into.DoNotCall || from.DoNotCall,
        DoNotRecord = into.DoNotRecord || from.DoNotRecord,
        LastContactAt = Later(into.LastContactAt, from.LastContactAt),
        ActiveAt = into.ActiveAt > from.ActiveAt ? into.ActiveAt : from.ActiveAt,
        Numbers =
        [
            .. into.Numbers.Select(number => number with { IsFormer = number.IsFormer && !from.Numbers.Any(other => other.IsSame(number) && !other.IsFormer) }),
            .. from.Numbers.Where(number => !into.Numbers.Any(number.IsSame)).Select(number => number with { Seq = SeqOfOther + number.Seq }),
        ],
    };

    /// <summary>What the merge gave goes, where it still stands as it was given; whatever was changed or added since then stays.</summary>
    public static CardState Undone(CardState now, CardState before, CardState merged, CardState from)
    {
        var numbers = NumbersLeft(now, before, merged, from);
        var main = Back(now.MainNumber, merged.MainNumber, before.MainNumber);
        return new()
        {
            Name = Back(now.Name, merged.Name, before.Name),
            Company = Back(now.Company, merged.Company, before.Company),
            Email = Back(now.Email, merged.Email, before.Email),
            OwnerId = Back(now.OwnerId, merged.OwnerId, before.OwnerId),
            Status = Back(now.Status, merged.Status, before.Status),
            MainNumber = main is null || numbers.Exists(number => number.E164 == main)
                ? main
                : numbers.Where(number => !number.IsFormer).OrderBy(number => number.Seq).Select(number => number.E164).FirstOrDefault(),
            DoNotCall = Back(now.DoNotCall, merged.DoNotCall, before.DoNotCall),
            DoNotRecord = Back(now.DoNotRecord, merged.DoNotRecord, before.DoNotRecord),
            LastContactAt = Back(now.LastContactAt, merged.LastContactAt, before.LastContactAt),
            ActiveAt = Back(now.ActiveAt, merged.ActiveAt, before.ActiveAt),
            Numbers = numbers,
        };
    }

    static List<CardNumberState> NumbersLeft(CardState now, CardState before, CardState merged, CardState from) =>
    [
        .. now.Numbers
            .Where(number => before.Numbers.Any(number.IsSame) || !from.Numbers.Any(number.IsSame))
            .Select(number => (Now: number, Before: before.Numbers.FirstOrDefault(number.IsSame), Merged: merged.Numbers.FirstOrDefault(number.IsSame)))
            .Select(one => one.Before is null || one.Merged is null
                ? one.Now
                : one.Now with { IsFormer = Back(one.Now.IsFormer, one.Merged.IsFormer, one.Before.IsFormer) }),
    ];

    static T Back<T>(T now, T merged, T before) => EqualityComparer<T>.Default.Equals(now, merged) ? before : now;

    static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
