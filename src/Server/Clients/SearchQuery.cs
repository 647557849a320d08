namespace ContactCenterCrm.Server.Clients;

/// <summary>A range of words or numbers that begin alike: from <see cref="Low"/>, before <see cref="High"/>, character by character.</summary>
internal readonly record struct Prefix(string Low)
{
    // U+FFFF is no character: nothing that begins with Low comes after it.
    public string High => Low + '\uFFFF';
}

/// <summary>One way to understand what was typed.</summary>
/// <param name="Kind">What <see cref="First"/> is compared with.</param>
/// <param name="First">Drives the search: the longest word, or the number.</param>
/// <param name="Others">Other words that the client must have, too.</param>
/// <param name="Digits">The end of a number that the client must have, too, reversed; null for none.</param>
internal sealed record SearchAttempt(SearchKind Kind, Prefix First, IReadOnlyList<Prefix> Others, Prefix? Digits);

internal enum SearchKind { Word, NumberStart, NumberEnd }

/// <summary>
/// What somebody typed into the search field, understood in several ways: the first way that finds anybody is the right one. As
/// it stands; as a number from its start; with the keyboard in the other layout.
/// </summary>
internal static class SearchQuery
{
    /// <summary>The end of a number is at least this long: people remember the last four digits.</summary>
    const int DigitsMin = 4;

    const int WordsMax = 6;
    const string NumberPunctuation = "+-() ./";

    public static IReadOnlyList<SearchAttempt> Read(string typed, ClientSettings settings)
    {
        var text = typed.Trim();
        if (IsNumber(text))
            return Numbers(text, settings);
        // Digits beside words are the end of a number, if there are enough of them ("Ivanov 4567"), or else words ("Plant 1905").
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var digits = string.Concat(parts.Where(IsNumber).SelectMany(part => part).Where(char.IsAsciiDigit));
        if (digits.Length < DigitsMin)
            return [.. Words(text, null), .. Words(SearchText.OtherLayout(text), null)];
        var words = string.Join(' ', parts.Where(part => !IsNumber(part)));
        var end = new Prefix(ClientNumbers.Reversed(digits));
        return [.. Words(words, end), .. Words(text, null), .. Words(SearchText.OtherLayout(words), end)];
    }

    static bool IsNumber(string text) =>
        text.Count(char.IsAsciiDigit) >= DigitsMin && text.All(letter => char.IsAsciiDigit(letter) || NumberPunctuation.Contains(letter, StringComparison.Ordinal));

    static IReadOnlyList<SearchAttempt> Numbers(string text, ClientSettings settings)
    {
        if (settings.Numbers.Read(text).E164 is { } e164)
            return [Number(SearchKind.NumberStart, e164)];
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var fromStart = Number(SearchKind.NumberStart, '+' + digits);
        if (text.StartsWith('+'))
            return [fromStart];
        // A number that is still being typed, in the way of its country: 8 916 12…, or 916 12…
        var (country, trunk) = settings.NumberPrefixes;
        var national = trunk.Length > 0 && digits.StartsWith(trunk, StringComparison.Ordinal) ? digits[trunk.Length..] : digits;
        return [Number(SearchKind.NumberEnd, ClientNumbers.Reversed(digits)), fromStart, Number(SearchKind.NumberStart, country + national)];
    }

    static SearchAttempt Number(SearchKind kind, string text) => new(kind, new(text), [], null);

    static IEnumerable<SearchAttempt> Words(string text, Prefix? digits)
    {
        var words = (text.Contains('@', StringComparison.Ordinal) ? text.Split(' ').Select(SearchText.Fold) : SearchText.Words(text))
            .Where(word => word.Length > 0).Distinct().Take(WordsMax).OrderByDescending(word => word.Length).Select(word => new Prefix(word)).ToList();
        return words.Count == 0 ? [] : [new(SearchKind.Word, words[0], words[1..], digits)];
    }
}
