using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A version of a call that is committed, with what the store found out about its client. Nothing pops that is not one of these.</summary>
/// <param name="CallId">The call's id in the database: the same for all versions.</param>
/// <param name="ClientId">The one client it belongs to; null for an internal call, or while several match and nobody has chosen.</param>
internal sealed record SavedCall(long CallId, Call Call, long? ClientId);

/// <summary>
/// Told, in order and once, of everything that was saved, and at the start of what went on when it was saved last. A slice that shows live
/// calls registers one of these. Each source calls it from a loop of its own, so calls of different sources may come at the same time;
/// the next batch of a source waits for the answer.
/// </summary>
internal interface ICallWatcher
{
    Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel);
}
