using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Clients;

/// <summary>A number of a card, as it is kept.</summary>
internal sealed record CardNumber(string E164, string Extension);

/// <summary>The fields of a card after they were read; numbers in E.164.</summary>
internal sealed record ClientFields
{
    public required string Name { get; init; }
    public required string? Company { get; init; }
    public required string? Email { get; init; }
    public required bool DoNotRecord { get; init; }
    public required long? OwnerId { get; init; }
    public required bool DoNotCall { get; init; }
    public required IReadOnlyList<CardNumber> Numbers { get; init; }

    public bool IsEmpty => Name.Length == 0 && Company is null && Email is null && Numbers.Count == 0;

    /// <param name="known">
    /// Numbers of the card in E.164. They are numbers, whatever the plan says: who calls or writes to us has one, even if it is in no plan yet.
    /// </param>
    /// <param name="notNumbers">What stands among the numbers and is none.</param>
    public static ClientFields Read(ClientEdit edit, NumberPlan plan, IReadOnlyCollection<string> known, out IReadOnlyList<string> notNumbers)
    {
        var readings = edit.Numbers.Where(number => !string.IsNullOrWhiteSpace(number)).Select(number => Read(number, plan, known)).ToList();
        notNumbers = [.. readings.Where(reading => reading.E164 is null).Select(reading => reading.Raw)];
        return new()
        {
            Name = edit.Name.Trim(),
            Company = Filled(edit.Company),
            Email = Filled(edit.Email),
            DoNotRecord = edit.DoNotRecord,
            OwnerId = edit.OwnerId,
            DoNotCall = edit.DoNotCall,
            Numbers = [.. readings.Where(reading => reading.E164 is not null).Select(reading => new CardNumber(reading.E164!, reading.Extension ?? "")).Distinct()],
        };
    }

    static NumberReading Read(string text, NumberPlan plan, IReadOnlyCollection<string> known)
    {
        var reading = plan.Read(text);
        var e164 = $"+{string.Concat(text.Where(char.IsAsciiDigit))}";
        return reading.E164 is null && known.Contains(e164) ? reading with { E164 = e164 } : reading;
    }

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What became of an edit.</summary>
internal abstract record ClientEditResult
{
    public sealed record Saved(long ClientId) : ClientEditResult;

    public sealed record NotFound : ClientEditResult;

    /// <summary>Somebody saved the card after the editor had loaded it.</summary>
    public sealed record ChangedByOther : ClientEditResult;

    /// <summary>Other cards have one of the numbers: these, as far as the caller may see them.</summary>
    public sealed record NumberTaken(IReadOnlyList<ClientItem> By) : ClientEditResult;

    public sealed record NoSuchOwner : ClientEditResult;
}
