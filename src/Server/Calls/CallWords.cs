using System.Collections.Frozen;
using System.Text.Json;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The words that stand for the values of an enum in the database and the API: <c>AgentNoAnswer</c> is <c>agent_no_answer</c>.</summary>
internal static class CallWords
{
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.Of[value];

    public static string? Of<T>(T? value) where T : struct, Enum => value is { } one ? Of(one) : null;

    /// <exception cref="FormatException">No value has this word: the row was written by another version of the program.</exception>
    public static T Parse<T>(string word) where T : struct, Enum =>
        Words<T>.Values.TryGetValue(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(T).Name}.");

    public static T? ParseOrNull<T>(string? word) where T : struct, Enum => word is null ? null : Parse<T>(word);

    /// <summary>Whether some value has this word: for what comes from outside.</summary>
    public static bool IsWord<T>(string word) where T : struct, Enum => Words<T>.Values.ContainsKey(word);

    static class Words<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Of = Enum.GetValues<T>()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> Values = Of.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}
