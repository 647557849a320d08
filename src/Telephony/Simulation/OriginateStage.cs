namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>Click-to-call rings the agent's own phone first; the client is dialled when the agent has picked up.</summary>
internal sealed class OriginateStage(SimulatedCall call, SimulatedLeg agent, Action answered) : CallStage(call)
{
    private const double RingDelay = 0.002;

    // Reasons of OriginateResponse: 1 hung up, 3 no answer, 4 answered, 5 busy.
    private const int HungUp = 1;
    private const int NoAnswer = 3;
    private const int Picked = 4;
    private const int IsBusy = 5;

    public override void Begin()
    {
        Feed.DialBegin(null, agent, agent.Endpoint);
        if (Pbx.IsTaken(agent))
        {
            After(RingDelay, () => Call.AgentMissed(agent, HangupCause.Busy, IsBusy));
            return;
        }
        After(RingDelay, Ring);
        var reaction = Call.Script.ReactionOf(agent.Endpoint);
        if (reaction.Act is PhoneAct.Answer)
            After(RingDelay + reaction.AfterSeconds, Answer);
        else if (reaction.Act is not PhoneAct.RingOut)
            After(RingDelay + reaction.AfterSeconds, () => Call.AgentMissed(agent, HangupCause.Busy, IsBusy));
        After(Call.Script.OriginateTimeout, () => Call.AgentMissed(agent, HangupCause.NoAnswer, NoAnswer));
    }

    public override void Lost(SimulatedLeg leg, HangupBy by) => Call.AgentMissed(agent, HangupCause.Normal, HungUp);

    // The phone only rings: there is nobody to send anywhere.
    public override bool CanRelease(SimulatedLeg leg) => false;

    public override void Release(SimulatedLeg leg) => throw new InvalidOperationException("A ringing phone cannot be redirected.");

    private void Ring()
    {
        agent.State = LegState.Ringing;
        agent.RingingAt = Pbx.Now;
        Feed.State(agent);
        Feed.DialState(null, agent);
        Pbx.RefreshDevice(agent.Endpoint);
    }

    private void Answer()
    {
        if (Pbx.IsTaken(agent))
            return;
        agent.State = LegState.Up;
        agent.UpAt = Pbx.Now;
        Feed.State(agent);
        Feed.DialEnd(null, agent, "ANSWER");
        Pbx.RefreshDevice(agent.Endpoint);
        var script = Call.Script;
        Feed.OriginateResponse(script.OriginateId!, agent, "", script.Number!, script.Agent, script.OriginateName, Picked);
        answered();
    }
}
