using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Rows for <see cref="Dialect.Rows"/>: a JSON array of arrays, whose values stand in the order of the columns. Call
/// <see cref="Row"/>, then <c>Add</c> once for each column.
/// </summary>
internal sealed class JsonRows
{
    readonly StringBuilder text = new("[");
    bool isFirst = true;

    public int Count { get; private set; }

    /// <summary>Rows of one column.</summary>
    public static string Of(IEnumerable<long> ids)
    {
        var rows = new JsonRows();
        foreach (var id in ids)
            rows.Row().Add(id);
        return rows.Text();
    }

    /// <inheritdoc cref="Of(IEnumerable{long})"/>
    public static string Of(IEnumerable<string> values)
    {
        var rows = new JsonRows();
        foreach (var value in values)
            rows.Row().Add(value);
        return rows.Text();
    }

    public JsonRows Row()
    {
        text.Append(Count++ > 0 ? "],[" : "[");
        isFirst = true;
        return this;
    }

    public JsonRows Add(long? value) => value is { } number ? Next().Raw(number) : Null();

    /// <exception cref="ArgumentException">The value is no number: JSON and the databases have none such.</exception>
    public JsonRows AddReal(double? value)
    {
        if (value is not { } number)
            return Null();
        if (!double.IsFinite(number))
            throw new ArgumentException($"{number} cannot be stored.");
        return Next().Raw(number);
    }

    public JsonRows AddFlag(bool? value) => value is { } flag ? Next().Raw(flag ? "true" : "false") : Null();

    // PostgreSQL keeps no NUL in text, so none is kept anywhere. The encoder escapes quotes, controls and halves of surrogate pairs.
    public JsonRows Add(string? value)
    {
        if (value is null)
            return Null();
        Next().text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value.Replace('\0', '\uFFFD'))).Append('"');
        return this;
    }

    public JsonRows Add(DateTimeOffset? value)
    {
        if (value is not { } time)
            return Null();
        Span<char> digits = stackalloc char[TimeText.Length];
        TimeText.Write(time, digits);
        Next().text.Append('"').Append(digits).Append('"');
        return this;
    }

    /// <summary>The parameter's value.</summary>
    public string Text() => text.ToString() + (Count > 0 ? "]]" : "]");

    JsonRows Null() => Next().Raw("null");

    JsonRows Next()
    {
        if (!isFirst)
            text.Append(',');
        isFirst = false;
        return this;
    }

    JsonRows Raw<T>(T value)
    {
        text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }
}
