using System.Globalization;
using System.Net.Mail;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Reads what people, files and programs write into a field, into the one form in which it is kept. Pure.</summary>
internal static class FieldValues
{
    public const int TextMax = 200, LongTextMax = 10_000;

    /// <summary>In hundredths it stays within 64 bits, as does the sum of a million of them.</summary>
    public const decimal MoneyMax = 10_000_000_000m;

    /// <summary>Null: the field is emptied.</summary>
    /// <param name="fault">What is wrong with it, in words.</param>
    public static string? Read(DealField field, string? text, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        var value = field.Kind switch
        {
            FieldKind.Text => text.Length <= TextMax ? text : null,
            FieldKind.LongText => text.Length <= LongTextMax ? text : null,
            FieldKind.Number => Number(text, field.Min, field.Max),
            FieldKind.Money => Number(text, field.Min ?? 0, field.Max ?? MoneyMax) is { } money && Decimal(money) is var amount && decimal.Round(amount, 2) == amount ? money : null,
            FieldKind.Date => Date(text),
            FieldKind.YesNo => text.ToLowerInvariant() switch { "true" or "yes" or "да" or "1" => "true", "false" or "no" or "нет" or "0" => "false", _ => null },
            FieldKind.Choice => field.Options.FirstOrDefault(option => option.Equals(text, StringComparison.OrdinalIgnoreCase)),
            FieldKind.Choices => Choices(field, text),
            FieldKind.Phone => text.Length <= 40 && text.Count(char.IsAsciiDigit) is >= 3 and <= 15 && text.All(letter => char.IsAsciiDigit(letter) || "+-() ".Contains(letter)) ? text : null,
            FieldKind.Email => text.Length <= 254 && MailAddress.TryCreate(text, out var mail) && mail.Address == text ? text : null,
            FieldKind.Link => text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? text : null,
            FieldKind.Agent => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id.ToString(CultureInfo.InvariantCulture) : null,
        };
        if (value is null)
            fault = FaultOf(field);
        return value;
    }

    /// <summary>As it is found by.</summary>
    public static string KeyOf(string value) => string.Join(' ', SearchText.Words(value)) is var key && key.Length > TextMax ? key[..TextMax] : key;

    public static decimal Decimal(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);

    /// <summary>Of money in hundredths.</summary>
    public static long? Hundredths(string? value) => value is null ? null : (long)(Decimal(value) * 100);

    public static decimal? Money(long? hundredths) => hundredths / 100m;

    public static string? Text(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture);

    // A comma is a decimal point here, and blanks are between thousands: so people and tables write.
    static string? Number(string text, decimal? min, decimal? max)
    {
        var plain = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1e15m && !(number < min) && !(number > max) ? Text(number) : null;
    }

    static string? Date(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    static string? Choices(DealField field, string text)
    {
        var chosen = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return chosen.All(choice => field.Options.Contains(choice)) ? string.Join('\n', field.Options.Where(chosen.Contains)) : null;
    }

    static string FaultOf(DealField field) => field.Kind switch
    {
        FieldKind.Text => $"At most {TextMax} characters.",
        FieldKind.LongText => $"At most {LongTextMax} characters.",
        FieldKind.Number or FieldKind.Money => string.Create(CultureInfo.InvariantCulture,
            $"A number{(field.Min is { } min ? $" from {min}" : "")}{(field.Max is { } max ? $" up to {max}" : "")}{(field.Kind == FieldKind.Money ? " with at most two digits after the point" : "")}."),
        FieldKind.Date => "A date such as 2026-03-31.",
        FieldKind.YesNo => "Yes or no.",
        FieldKind.Choice or FieldKind.Choices => "One of the choices of this field.",
        FieldKind.Phone => "A phone number.",
        FieldKind.Email => "An e-mail address.",
        FieldKind.Link => "An address that begins with http:// or https://.",
        FieldKind.Agent => "Somebody of us.",
    };
}
