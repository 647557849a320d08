using System.Globalization;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>Numbers and ids in the controls of a form.</summary>
internal static class Figures
{
    public static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Null: empty, or no whole number.</summary>
    public static int? Read(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string RateText(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>A comma is a decimal point, too. Null: empty, or no number.</summary>
    public static decimal? ReadDecimal(string text) =>
        decimal.TryParse(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? ReadId(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
