namespace ContactCenterCrm.UI.Platform;

/// <summary>What is wrong with which field of a form, in words. Field names are case-blind, as the server writes them in camelCase.</summary>
public sealed class FieldErrors
{
    internal static readonly FieldErrors None = new();
    readonly Dictionary<string, string> byField = new(StringComparer.OrdinalIgnoreCase);

    public bool Any => byField.Count > 0;

    /// <summary>A field with a name that begins so is wrong.</summary>
    public bool AnyUnder(string beginning) => byField.Keys.Any(field => field.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    public string? this[string field] => byField.GetValueOrDefault(field);

    public void Add(string field, string words) => byField.TryAdd(field, words);

    /// <summary>Says it in better words, if this field is wrong at all.</summary>
    public void Replace(string field, string words)
    {
        if (byField.ContainsKey(field))
            byField[field] = words;
    }

    /// <summary>
    /// The fields that the server refused. The forms check the same rules before sending, so this is rare. A list's item comes as <c>numbers[1]</c> and belongs to the field <c>numbers</c>.
    /// </summary>
    public static FieldErrors Of(Problem problem, ProblemTexts texts)
    {
        var errors = new FieldErrors();
        foreach (var (field, messages) in problem.Errors)
            errors.Add(field.Split('[', '.')[0], texts.Field(messages.FirstOrDefault()));
        return errors;
    }
}

/// <summary>Checks a form before it is sent, by the rules that the contracts state.</summary>
internal sealed class FieldCheck(ProblemTexts texts)
{
    public FieldErrors Errors { get; } = new();

    public FieldCheck Required(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Errors.Add(field, texts.Required);
        return this;
    }

    public FieldCheck Length(string field, string? value, int least, int most)
    {
        if (least > 0)
            Required(field, value);
        if (value?.Length < least)
            Errors.Add(field, texts.TooShort(least));
        if (value?.Length > most)
            Errors.Add(field, texts.TooLong(most));
        return this;
    }

    public FieldCheck That(string field, bool holds, string otherwise)
    {
        if (!holds)
            Errors.Add(field, otherwise);
        return this;
    }
}
