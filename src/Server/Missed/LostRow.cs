using System.Globalization;
using ContactCenterCrm.Server.Calendars;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Missed;

/// <summary>A call as the ledger looks at it, with its entry, if it has one.</summary>
internal sealed record LostRow
{
    public long CallId { get; init; }
    public int Revision { get; init; }
    public long? ClientId { get; init; }
    public string? E164 { get; init; }
    public string? Did { get; init; }
    public string? Queue { get; init; }
    public string? Result { get; init; }
    public string? Reason { get; init; }
    public string? Uncertain { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    public int Lost { get; init; }
    public int Offers { get; init; }
    public int Rings { get; init; }
    public long? EntryId { get; init; }
    public string? Cause { get; init; }
    public DateTimeOffset? LostAt { get; init; }
    public string? State { get; init; }
    public long? TaskId { get; init; }
    public int? Attempts { get; init; }
    public long? ClaimedById { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public long? ReachedCallId { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public long? SettledById { get; init; }
    public string? CloseReason { get; init; }
    public string? CloseNote { get; init; }
    public string? TaskKey { get; init; }
    public string? TaskState { get; init; }
    public long? TaskOwnerId { get; init; }

    public bool IsLost => Lost == 1;
    public bool HasOpenTask => TaskState == "open";

    /// <summary>Who waits: the client; while nobody has said which, the number; of a hidden one, only this call is known.</summary>
    public string Person => ClientId is { } client ? string.Create(CultureInfo.InvariantCulture, $"client:{client}")
        : E164 is not null ? $"number:{E164}"
        : string.Create(CultureInfo.InvariantCulture, $"call:{CallId}");

    /// <summary>The entry as it is stored; null: there is none.</summary>
    public LostCall? Entry => EntryId is null ? null : new()
    {
        CallId = CallId,
        Cause = CallWords.Parse<LostCause>(Cause!),
        LostAt = LostAt!.Value,
        State = CallWords.Parse<LostState>(State!),
        TaskId = TaskId,
        Attempts = Attempts!.Value,
        ClaimedById = ClaimedById,
        ClaimedAt = ClaimedAt,
        EscalatedAt = EscalatedAt,
        ReachedCallId = ReachedCallId,
        SettledAt = SettledAt,
        SettledById = SettledById,
        CloseReason = CloseReason,
        CloseNote = CloseNote,
    };

    /// <summary>The stored entry, or a new one, with what the newest version of the call says. Only for a call that is lost.</summary>
    public LostCall Renewed(ServicePromise promise)
    {
        var cause = LostRules.CauseOf(new()
        {
            Result = CallWords.Parse<CallResult>(Result!),
            Reason = CallWords.ParseOrNull<CallReason>(Reason),
            Uncertain = CallWords.ParseOrNull<CallUncertainty>(Uncertain),
            IsAfterHours = !promise.Hours.IsOpen(StartedAt),
            IsInQueue = Queue is not null,
            HasOffers = Offers > 0,
            HasRung = Rings > 0,
        });
        return Entry is { } entry ? entry with { Cause = cause, LostAt = EndedAt!.Value } : new() { CallId = CallId, Cause = cause, LostAt = EndedAt!.Value };
    }
}
