using System.Text.Json;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Tests.Calls;

/// <summary>A call as text, lists and all: two calls are the same when their texts are (a record compares its lists by reference).</summary>
static class SameCall
{
    public static string Text(Call call) => JsonSerializer.Serialize(call);

    /// <summary>Without what only the tracker remembers.</summary>
    public static string Facts(Call call) => Text(call with
    {
        Memory = null,
        Legs = [.. call.Legs.Select(leg => leg with { IsDialled = false, ResultAt = null, Pair = null, QueueVisit = null })],
    });
}
