using Quartz;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Every minute: binds what waits for its call, and gives up what should have come.</summary>
internal sealed class MissingRecordingsJob(MissingRecordings missing) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(missing.Run(cancellationToken));
}

/// <summary>Every night: deletes what is older than the policy keeps.</summary>
internal sealed class RecordingRetentionJob(RecordingRetention retention) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(retention.Run(cancellationToken));
}

/// <summary>Every half an hour: reads a piece of the storage again. At this pace a terabyte is read in three weeks.</summary>
internal sealed class RecordingCheckJob(RecordingCheck check) : IJob
{
    const long BytesAtOnce = 1024L * 1024 * 1024;

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(check.Run(BytesAtOnce, cancellationToken));
}

/// <summary>Every night: counts blobs that belong to nothing.</summary>
internal sealed class StrayBlobsJob(RecordingCheck check) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(check.CountStrays(cancellationToken));
}
