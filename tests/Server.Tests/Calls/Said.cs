using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Tests.Calls;

/// <summary>What a source says of simple calls.</summary>
static class Said
{
    public static readonly DateTimeOffset Noon = RandomCalls.Noon;

    /// <summary>A client calls in and rings at an extension.</summary>
    public static IEnumerable<CallSignal> Ringing(string callId, string? number, string extension = "101") =>
    [
        Started(callId, number),
        new LegStarted(Noon.AddSeconds(1), $"{callId}-b", callId, PartyKind.Extension, extension, LegOrigin.Called),
        new LegDialled(Noon.AddSeconds(1), callId, $"{callId}-b", callId),
        new LegRinging(Noon.AddSeconds(2), $"{callId}-b", callId),
    ];

    public static IEnumerable<CallSignal> Answered(string callId) =>
    [
        new LegUp(Noon.AddSeconds(5), $"{callId}-b", callId),
        new DialEnded(Noon.AddSeconds(5), callId, $"{callId}-b", callId, DialOutcome.Answered),
        new LegUp(Noon.AddSeconds(5), callId, callId),
        new LegBridged(Noon.AddSeconds(5), callId, callId, $"{callId}-bridge"),
        new LegBridged(Noon.AddSeconds(5), $"{callId}-b", callId, $"{callId}-bridge"),
    ];

    public static IEnumerable<CallSignal> HungUp(string callId) =>
    [
        new LegHangupAsked(Noon.AddSeconds(60), callId, callId, 16, null),
        new LegUnbridged(Noon.AddSeconds(60), callId, callId, $"{callId}-bridge"),
        new LegUnbridged(Noon.AddSeconds(60), $"{callId}-b", callId, $"{callId}-bridge"),
        new LegEnded(Noon.AddSeconds(60), $"{callId}-b", callId, 16, null),
        Ended(callId),
    ];

    /// <summary>The whole of a call that is answered and ends.</summary>
    public static IEnumerable<CallSignal> Whole(string callId, string? number) => [.. Ringing(callId, number), .. Answered(callId), .. HungUp(callId)];

    public static CallSignal Started(string callId, string? number) =>
        new LegStarted(Noon, callId, callId, PartyKind.Trunk, "trunk", LegOrigin.Calling) { Number = number, Dialled = "+74951234567" };

    public static CallSignal Ended(string callId) => new LegEnded(Noon.AddSeconds(60), callId, callId, 16, null);
}
