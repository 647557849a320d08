using System.Text.RegularExpressions;

namespace ContactCenterCrm.Telephony.Numbers;

/// <summary>
/// One rule of a PBX that writes numbers in its own way: a pattern, and what stands in its place. A pattern comes from an
/// administrator, so it may be slow on some number: then it does not apply.
/// </summary>
public sealed class NumberRewrite
{
    private static readonly TimeSpan MatchTimeMax = TimeSpan.FromMilliseconds(50);

    private readonly Regex _pattern;
    private readonly string _replacement;

    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public NumberRewrite(string pattern, string replacement)
    {
        _pattern = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeMax);
        _replacement = replacement;
    }

    internal string Apply(string number)
    {
        try
        {
            return _pattern.Replace(number, _replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            return number;
        }
    }
}
