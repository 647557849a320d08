using System.Globalization;
using System.Text;

namespace ContactCenterCrm.Server.Clients;

/// <summary>
/// One form for all spellings of a word, so that search forgives: case, accents, ё and е, Cyrillic or its Latin transliteration of any
/// school. <c>Юлия</c>, <c>Yulia</c> and <c>Julija</c> are all <c>iulia</c>. Pure, and only ever compared with its own results.
/// </summary>
internal static class SearchText
{
    /// <summary>Longer words are cut: nobody types more, and the index has a limit.</summary>
    const int WordMax = 60;

    const string LatinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
    const string CyrillicKeys = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

    static readonly Dictionary<char, string> Latin =
        ("а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=ch ш=sh щ=sh ъ= ы=i ь= э=e ю=iu я=ia "
            + "і=i ї=i є=e ґ=g ў=u").Split(' ').ToDictionary(pair => pair[0], pair => pair[2..]);

    // In this order. What schools of transliteration write differently becomes the same.
    static readonly (string From, string To)[] Schools =
    [
        ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("w", "v"),
        ("yo", "e"), ("jo", "e"), ("ye", "e"), ("je", "e"), ("yu", "iu"), ("ju", "iu"), ("ya", "ia"), ("ja", "ia"), ("y", "i"), ("j", "i"), ("ie", "e"),
    ];

    /// <summary>The words of a text in the form that is compared.</summary>
    public static IEnumerable<string> Words(string? text)
    {
        var word = new StringBuilder();
        foreach (var letter in (text ?? "").Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
                word.Append(letter);
            else if (word.Length > 0 && letter is not ('\'' or '’' or '`'))
            {
                yield return Fold(word.ToString());
                word.Clear();
            }
        }
        if (word.Length > 0)
            yield return Fold(word.ToString());
    }

    /// <summary>One word, punctuation and all.</summary>
    public static string Fold(string word)
    {
        var latin = new StringBuilder();
        foreach (var letter in word.ToLowerInvariant())
            latin.Append(Latin.TryGetValue(letter, out var letters) ? letters : letter.ToString());
        var folded = WithoutAccents(latin.ToString());
        foreach (var (from, to) in Schools)
            folded = folded.Replace(from, to, StringComparison.Ordinal);
        folded = WithoutDoubles(folded);
        return folded.Length <= WordMax ? folded : folded[..WordMax];
    }

    /// <summary>The same keys with the keyboard switched to the other layout: <c>bdfyjd</c> was to be <c>иванов</c>.</summary>
    public static string OtherLayout(string text)
    {
        var (from, to) = text.Any(letter => letter is >= 'А' and <= 'я' or 'ё' or 'Ё') ? (CyrillicKeys, LatinKeys) : (LatinKeys, CyrillicKeys);
        return string.Concat(text.Select(letter => from.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var key ? to[key] : letter));
    }

    static string WithoutAccents(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));

    // Anna and Ana, Dmitrii and Dmitri. Digits stay: 44 is not 4.
    static string WithoutDoubles(string text) => string.Concat(text.Where((letter, i) => i == 0 || letter != text[i - 1] || char.IsAsciiDigit(letter)));
}
