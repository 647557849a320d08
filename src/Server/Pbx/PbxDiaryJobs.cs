using ContactCenterCrm.Server.Platform.Data;
using Quartz;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Every few seconds: compares what PBXs wrote down with what was heard of them.</summary>
internal sealed partial class PbxDiaryJob(PbxLinkStore links, PbxGapStore gaps, PbxDiary diary, ILogger<PbxDiaryJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            var toFill = await gaps.ToFill(cancellationToken);
            foreach (var link in await links.List(cancellationToken))
                await Compare(link, toFill.TryGetValue(link.Name, out var until) ? until : null, cancellationToken);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            LogDatabaseAway(error);
        }
    }

    async Task Compare(PbxLink link, DateTimeOffset? writtenUntil, CancellationToken cancel)
    {
        try
        {
            await diary.Compare(link, writtenUntil, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && !Database.IsAway(error))
        {
            // A bug. It must not cost the other PBXs.
            LogFailed(error, link.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: the diaries of PBXs wait")]
    private partial void LogDatabaseAway(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The diary of {Pbx} could not be compared")]
    private partial void LogFailed(Exception error, string pbx);
}

/// <summary>Nightly: is everything here that PBXs wrote down?</summary>
internal sealed class PbxDiaryNightJob(PbxLinkStore links, PbxDiary diary) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var link in await links.List(cancellationToken))
            await diary.Recheck(link.Name, cancellationToken);
    }
}
