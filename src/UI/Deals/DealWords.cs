using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>Values of fields as people read them.</summary>
public sealed class DealWords(Texts text, IReadOnlyList<DealField> fields, IReadOnlyList<AgentName> people)
{
    public string Name(string key) => Field(key) is { } field ? text.Fields.Name(field) : text.Fields.Name(key);

    public string Value(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return text.Deals.Empty;
        return Field(key)?.Kind switch
        {
            FieldKind.Number or FieldKind.Money when decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) => text.Deals.Number(number),
            FieldKind.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => text.Deals.Date(day),
            FieldKind.YesNo => value == "true" ? text.Common.Yes : text.Common.No,
            FieldKind.Choices => value.Replace("\n", ", ", StringComparison.Ordinal),
            FieldKind.Agent => people.FirstOrDefault(person => person.Id.ToString(CultureInfo.InvariantCulture) == value)?.Name ?? value,
            _ => value,
        };
    }

    DealField? Field(string key) => fields.FirstOrDefault(field => field.Key == key);
}

/// <summary>Checks what is typed by the rules that the server has, so that most mistakes are told before anything is sent.</summary>
internal static class DealFieldCheck
{
    public static bool Fits(DealField field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return true;
        return field.Kind switch
        {
            FieldKind.Number or FieldKind.Money => Number(text) is { } number && !(number < (field.Min ?? (field.Kind == FieldKind.Money ? 0 : null))) && !(number > field.Max)
                && (field.Kind == FieldKind.Number || decimal.Round(number, 2) == number),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200,
            FieldKind.Email => text.Trim('@', ' ').Contains('@'),
            FieldKind.Link => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var link) && link.Scheme is "http" or "https",
            FieldKind.Phone => text.Count(char.IsAsciiDigit) is >= 3 and <= 15,
            FieldKind.Text or FieldKind.LongText or FieldKind.YesNo or FieldKind.Choice or FieldKind.Choices or FieldKind.Agent => true,
        };
    }

    /// <summary>A comma is a decimal point, and blanks are between thousands: so people write.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse(string.Concat((text ?? "").Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>What is wrong with what was typed.</summary>
    public static FieldErrors Errors(DealValues values, IReadOnlyList<DealField> fields, Texts text)
    {
        var errors = new FieldErrors();
        foreach (var field in fields.Where(field => values.IsMine(field.Key) && !Fits(field, values[field.Key])))
            errors.Add(field.Key, text.Deals.FaultOf(field));
        if (values.Lines.Any(line => line.Line is null))
            errors.Add(DealFields.Items, text.Deals.ItemFault);
        return errors;
    }

    /// <summary>What the server did not take: <c>values.amount</c> is the field amount.</summary>
    public static FieldErrors Errors(Problem refusal, IReadOnlyList<DealField> fields, Texts text)
    {
        var errors = new FieldErrors();
        foreach (var (key, messages) in refusal.Errors)
        {
            var name = key.StartsWith("values.", StringComparison.OrdinalIgnoreCase) ? key["values.".Length..] : key.Split('[')[0];
            errors.Add(name, fields.FirstOrDefault(field => field.Key == name) is { } field ? text.Deals.FaultOf(field) : text.Problem.Field(messages.FirstOrDefault()));
        }
        foreach (var item in DealsApi.Unmet(refusal)?.Where(item => item.Field is not null) ?? [])
            errors.Add(item.Field!, text.Deals.AskedHere);
        return errors;
    }
}
