using System.Diagnostics.CodeAnalysis;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A version that waits to be saved, and since when its call has had something unsaved (a timestamp of the clock).</summary>
internal readonly record struct PendingCall(Call Call, long Since);

/// <summary>The newest version of each changed call, those that have waited longest first.</summary>
internal sealed class PendingCalls
{
    readonly Dictionary<CallKey, PendingCall> calls = [];
    readonly Queue<CallKey> order = [];

    public int Count => calls.Count;

    /// <summary>A version that waits already is replaced by a newer one, and keeps its place.</summary>
    public void Put(PendingCall change)
    {
        if (!calls.TryGetValue(change.Call.Key, out var waiting))
        {
            order.Enqueue(change.Call.Key);
            calls.Add(change.Call.Key, change);
            return;
        }
        var newest = change.Call.Revision > waiting.Call.Revision ? change.Call : waiting.Call;
        calls[change.Call.Key] = new(newest, Math.Min(change.Since, waiting.Since));
    }

    public List<PendingCall> Take(int max)
    {
        List<PendingCall> taken = [];
        while (taken.Count < max && TryTake(out var change))
            taken.Add(change);
        return taken;
    }

    bool TryTake([NotNullWhen(true)] out PendingCall change)
    {
        change = default;
        return order.TryDequeue(out var key) && calls.Remove(key, out change);
    }
}
