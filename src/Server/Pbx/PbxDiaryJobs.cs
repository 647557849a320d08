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
            var written = await gaps.WrittenUntil(cancellationToken);
            foreach (var link in await links.List(cancellationToken))
                await diary.Compare(link, written.TryGetValue(link.Name, out var until) ? until : null, cancellationToken);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            LogDatabaseAway(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: the diaries of PBXs wait")]
    private partial void LogDatabaseAway(Exception error);
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
