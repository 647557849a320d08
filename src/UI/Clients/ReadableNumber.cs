namespace ContactCenterCrm.UI.Clients;

/// <summary>
/// E.164 in the groups that people read. Only for lists, where the server sends the bare number: the plans of +7 and +1 are
/// fixed in length; any other number is grouped evenly rather than wrongly.
/// </summary>
internal static class ReadableNumber
{
    public static string Of(string number)
    {
        if (number.Length < 8 || number[0] != '+' || !number.AsSpan(1).ContainsOnlyDigits())
            return number;
        return (number[1], number.Length) switch
        {
            ('7', 12) => $"+7 {number[2..5]} {number[5..8]}-{number[8..10]}-{number[10..]}",
            ('1', 12) => $"+1 {number[2..5]} {number[5..8]}-{number[8..]}",
            _ => InThrees(number),
        };
    }

    /// <summary>A dialled number, as the trunk presents it: some leave the plus out.</summary>
    public static string OfLine(string did) => did.Length >= 11 && did.AsSpan().ContainsOnlyDigits() ? Of("+" + did) : Of(did);

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    static string InThrees(string number) => number[..3] + " " + string.Join(' ', number[3..].Chunk(3).Select(group => new string(group)));
}
