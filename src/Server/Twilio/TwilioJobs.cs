using Quartz;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Every few minutes: are the calls that are open here over at Twilio?</summary>
internal sealed class TwilioOpenCallsJob(TwilioAccountStore accounts, TwilioReconciliation reconciliation) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var account in (await accounts.List(cancellationToken)).Where(account => account.IsEnabled))
            await reconciliation.OpenCalls(account, cancellationToken);
    }
}

/// <summary>Hourly: is everything of today and yesterday known here?</summary>
internal sealed class TwilioDayJob(TwilioAccountStore accounts, TwilioReconciliation reconciliation) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var account in (await accounts.List(cancellationToken)).Where(account => account.IsEnabled))
            await reconciliation.Day(account, cancellationToken);
    }
}

/// <summary>Several times a minute: fetches the recordings that are due.</summary>
internal sealed class TwilioRecordingsJob(TwilioRecordings recordings) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await recordings.Work(cancellationToken);
}
