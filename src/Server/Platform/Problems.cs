using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// Refusals as RFC 9457 problems with a stable <c>code</c>: what a program may rely on. The words beside it are for people and may
/// change. docs/api.md lists the codes.
/// </summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string detail = "There is nothing here, or it is not yours to see.") =>
        Of(StatusCodes.Status404NotFound, "not_found", detail);

    public static ProblemHttpResult Conflict(string code, string detail, params (string Name, object? Value)[] members) =>
        Of(StatusCodes.Status409Conflict, code, detail, members);

    /// <summary>A value that only the store can judge was refused; <paramref name="field"/> is its name in the request.</summary>
    public static ProblemHttpResult Invalid(string field, string detail) => Of(
        StatusCodes.Status400BadRequest, "validation", detail, ("errors", new Dictionary<string, string[]> { [field] = [detail] }));

    public static ProblemHttpResult Of(int status, string code, string detail, params (string Name, object? Value)[] members) =>
        TypedResults.Problem(
            statusCode: status,
            detail: detail,
            extensions: members.Select(member => KeyValuePair.Create(member.Name, member.Value)).Prepend(new("code", code)));
}
