using Quartz;

namespace ContactCenterCrm.Server.Missed;

/// <summary>
/// Makes good what a crash between the save of a call and the ledger left out, follows clients who were merged or calls that were said to be
/// somebody else's, and ends claims that are over.
/// </summary>
internal sealed class LostCatchUp(LostLedger ledger, MissedSettings settings, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await ledger.CatchUp(time.GetUtcNow() - settings.CatchUp, cancellationToken);
}

/// <summary>Puts before the supervisors who was to be called back by now.</summary>
internal sealed class LostEscalation(LostLedger ledger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await ledger.Escalate(cancellationToken);
}
