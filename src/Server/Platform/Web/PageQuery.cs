using System.Diagnostics.CodeAnalysis;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>Which page of a list is asked for: <c>?before=cursor&amp;take=50</c>.</summary>
internal sealed class PageQuery
{
    const int TakeDefault = 50;
    const int TakeMax = 200;

    /// <summary>The <c>next</c> of the page before; nothing for the first page.</summary>
    public string? Before { get; init; }

    /// <summary>How many items at most, 1 to 200; 50 when nothing is said.</summary>
    public int? Take { get; init; }

    public bool IsValid(out Cursor cursor, out int take, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        if (!IsValid(out take, out refusal))
        {
            cursor = Cursor.Start;
            return false;
        }
        if (Cursor.TryParse(Before, out cursor))
            return true;
        refusal = Problems.Invalid("before", "This is not a cursor that a page gave out.");
        return false;
    }

    /// <summary>For a list with cursors of its own kind.</summary>
    public bool IsValid(out int take, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        take = Take ?? TakeDefault;
        refusal = take is < 1 or > TakeMax ? Problems.Invalid("take", $"Between 1 and {TakeMax}.") : null;
        return refusal is null;
    }
}

/// <summary>Pages out of rows.</summary>
internal static class Pages
{
    /// <summary>A page out of at most <paramref name="take"/> rows and one more, which only says that there is a next page.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int take, Func<T, Cursor> cursorOf) => rows.Count <= take
        ? new() { Items = rows }
        : new() { Items = [.. rows.Take(take)], Next = cursorOf(rows[take - 1]).ToString() };
}
