using System.Globalization;

namespace ContactCenterCrm.UI.Platform;

/// <summary>
/// The texts of one slice. Every text stands once, in all languages side by side, so none can be missing in one of them:
/// a language more is a parameter more, and the compiler lists what is left to translate.
/// </summary>
public abstract class TextGroup(Language language)
{
    private protected CultureInfo Culture { get; } = language.Culture();

    private protected string Say(string english, string russian) => language switch
    {
        Language.English => english,
        Language.Russian => russian,
    };

    /// <summary>
    /// A number and its noun. English has two forms (1 call, 2 calls), Russian three (1 звонок, 2 звонка, 5 звонков):
    /// Unicode CLDR plural rules, cardinal, whole numbers.
    /// </summary>
    private protected string Count(long number, (string One, string Other) english, (string One, string Few, string Many) russian)
    {
        var noun = language switch
        {
            Language.English => number == 1 ? english.One : english.Other,
            Language.Russian => (number % 10, number % 100) switch
            {
                (1, not 11) => russian.One,
                (2 or 3 or 4, not (12 or 13 or 14)) => russian.Few,
                _ => russian.Many,
            },
        };
        return string.Create(Culture, $"{number:N0} {noun}");
    }
}
