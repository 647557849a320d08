namespace ContactCenterCrm.Server.Pbx;

/// <summary>When nobody listened, and how complete the calls are. For everybody: whoever reads a list must know what is not in it.</summary>
internal static class GapEndpoints
{
    /// <summary>For so long people are told of a gap that has been filled.</summary>
    static readonly TimeSpan ToldFor = TimeSpan.FromHours(24);

    public static void MapGaps(this IEndpointRouteBuilder api) => api.MapGet("/gaps", async (PbxGapStore gaps, TimeProvider time, CancellationToken cancel) =>
        TypedResults.Ok(await gaps.Recent(time.GetUtcNow() - ToldFor, cancel)));
}
