using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Comments at moments of a recording.</summary>
internal static class RecordingCommentEndpoints
{
    public static void MapRecordingComments(this IEndpointRouteBuilder api)
    {
        var comments = api.MapGroup("/recordings/{id:long}/comments").RequireAuthorization(Rights.Person);
        comments.MapGet("/", async Task<Results<Ok<IReadOnlyList<RecordingComment>>, ProblemHttpResult>> (
            long id, Access access, RecordingComments store, CancellationToken cancel) =>
            await store.Of(access, id, cancel) is { } items ? TypedResults.Ok(items) : Problems.NotFound());
        comments.MapPost("/", Add);
        comments.MapDelete("/{commentId:long}", async Task<Results<NoContent, ProblemHttpResult>> (
            long id, long commentId, Access access, RecordingComments store, CancellationToken cancel) =>
            await store.Remove(access, id, commentId, cancel) ? TypedResults.NoContent() : Problems.NotFound());
    }

    static async Task<Results<Created<RecordingComment>, ProblemHttpResult>> Add(
        long id, NewRecordingComment comment, Access access, RecordingComments store, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(comment.Text))
            return Problems.Invalid("text", "A comment has words.");
        return await store.Add(access, id, comment, cancel) is { } added
            ? TypedResults.Created($"/api/recordings/{id}/comments", added)
            : Problems.NotFound();
    }
}
