using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Missed;

/// <summary>Tells the ledger of calls as they are saved. What it cannot tell, <see cref="LostCatchUp"/> finds.</summary>
internal sealed partial class LostWatcher(LostLedger ledger, ILogger<LostWatcher> log) : ICallWatcher
{
    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        var concerning = calls.Where(saved => Concerns(saved.Call)).Select(saved => saved.CallId).ToList();
        if (concerning.Count == 0)
            return;
        try
        {
            await ledger.Take(concerning, cancel);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            LogDatabaseAway(error, concerning.Count);
        }
    }

    /// <summary>The client calls by themselves, or spoke with somebody, or our call to them is over, or theirs is.</summary>
    static bool Concerns(Call call) => call.Direction switch
    {
        CallDirection.Inbound => true,
        CallDirection.Outbound => !call.IsLive || call.AnsweredAt is not null,
        CallDirection.Internal => call.MergedInto is not null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Calls} calls are not in the ledger yet")]
    private partial void LogDatabaseAway(Exception error, int calls);
}
