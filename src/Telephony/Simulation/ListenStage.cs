namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>The caller is alone with the PBX for a while: an answer tone, a voice menu, the voicemail.</summary>
internal sealed class ListenStage(SimulatedCall call, SimulatedLeg caller, double seconds, Action over) : CallStage(call)
{
    /// <summary>Voicemail reports how it went when the caller has hung up.</summary>
    public bool IsVoicemail { get; init; }

    public bool IsMenu { get; init; }

    public override void Begin() => After(seconds, over);

    public override void Lost(SimulatedLeg leg, HangupBy by)
    {
        if (by is HangupBy.Party)
            Feed.HangupRequest(caller, null);
        Release(leg);
        Feed.SoftHangupRequest(caller, HangupCause.Normal);
        Call.GivenUp(caller, HangupCause.Unknown, by);
    }

    public override bool CanRelease(SimulatedLeg leg) => leg == caller;

    public override void Release(SimulatedLeg leg)
    {
        if (IsVoicemail)
            Feed.Variable(caller, "VMSTATUS", "SUCCESS");
    }
}
