using System.Globalization;

namespace ContactCenterCrm.UI.Platform;

public enum Language { English, Russian }

internal static class Languages
{
    /// <summary>The language's name in itself: whoever looks for it can read it.</summary>
    public static string OwnName(this Language language) => language switch
    {
        Language.English => "English",
        Language.Russian => "Русский",
    };

    /// <summary>The tag for the page's lang attribute and for stored preferences.</summary>
    public static string Tag(this Language language) => language switch
    {
        Language.English => "en",
        Language.Russian => "ru",
    };

    /// <summary>English is written the international way: 24 hours and the day before the month.</summary>
    public static CultureInfo Culture(this Language language) => language switch
    {
        Language.English => CultureInfo.GetCultureInfo("en-GB"),
        Language.Russian => CultureInfo.GetCultureInfo("ru-RU"),
    };

    public static Language FromTag(string? tag) =>
        tag is not null && tag.StartsWith("ru", StringComparison.OrdinalIgnoreCase) ? Language.Russian : Language.English;
}
