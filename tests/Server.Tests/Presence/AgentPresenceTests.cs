using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Presence;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Presence;

/// <summary>What an agent is doing, told event by event.</summary>
sealed class AgentPresenceTests
{
    static readonly DateTimeOffset nine = new(2026, 10, 13, 9, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan wrapUp = TimeSpan.FromSeconds(30);

    AgentPresence agent = null!;
    DateTimeOffset now;

    [SetUp]
    public void Come()
    {
        now = nine;
        agent = AgentPresence.Of(nine);
        Happens(at => new PresenceEvent.Came(at));
    }

    [Test]
    public void A_call_goes_from_ringing_to_wrap_up_to_ready()
    {
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
        Call(1, CallPhase.Ringing);
        Assert.That(agent.State, Is.EqualTo(AgentState.Ringing));
        Call(1, CallPhase.Talking);
        Call(1, CallPhase.OnHold);
        Assert.That((agent.State, agent.Since), Is.EqualTo((AgentState.OnHold, now.AddSeconds(-1))));
        Call(1, CallPhase.Talking);
        Call(1, CallPhase.Over);
        Assert.That((agent.State, agent.TakesCalls), Is.EqualTo((AgentState.WrapUp, false)));
        Happens(at => new PresenceEvent.WrapUpFinished(at, 1));
        Assert.That((agent.State, agent.TakesCalls), Is.EqualTo((AgentState.Ready, true)));
    }

    [Test]
    public void Wrap_up_ends_by_itself_and_can_be_longer()
    {
        Call(1, CallPhase.Talking);
        Call(1, CallPhase.Over);
        var until = now.AddSeconds(-1) + wrapUp;
        Assert.That(agent.WrapUp!.Until, Is.EqualTo(until));
        Happens(at => new PresenceEvent.WrapUpExtended(at, 1, until.AddSeconds(60)));
        now = until;
        Happens(at => new PresenceEvent.TimePassed(at));
        Assert.That(agent.State, Is.EqualTo(AgentState.WrapUp));
        now = until.AddSeconds(60);
        Happens(at => new PresenceEvent.TimePassed(at));
        Assert.That((agent.State, agent.Since), Is.EqualTo((AgentState.Ready, now.AddSeconds(-1))));
    }

    [Test]
    public void A_break_asked_for_in_a_call_begins_after_it_and_once()
    {
        Call(1, CallPhase.Talking);
        Happens(at => new PresenceEvent.Wished(at, new("lunch")));
        Assert.That((agent.State, agent.Pending?.Reason), Is.EqualTo((AgentState.Talking, "lunch")));
        Call(1, CallPhase.Over);
        Happens(at => new PresenceEvent.WrapUpFinished(at, 1));
        Assert.That((agent.State, agent.Break, agent.Pending), Is.EqualTo((AgentState.Break, "lunch", (Wish?)null)));
        Happens(at => new PresenceEvent.Wished(at, new(null)));
        Call(2, CallPhase.Talking);
        Call(2, CallPhase.Over);
        Happens(at => new PresenceEvent.WrapUpFinished(at, 2));
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
    }

    [Test]
    public void A_break_asked_for_can_be_withdrawn()
    {
        Call(1, CallPhase.Talking);
        Happens(at => new PresenceEvent.Wished(at, new("lunch")));
        Happens(at => new PresenceEvent.WishWithdrawn(at));
        Call(1, CallPhase.Over);
        Happens(at => new PresenceEvent.WrapUpFinished(at, 1));
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
    }

    [Test]
    public void Two_calls_in_vain_are_no_answer_until_somebody_shows_up()
    {
        RingsInVain(1);
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
        RingsInVain(2);
        Assert.That((agent.State, agent.TakesCalls), Is.EqualTo((AgentState.NotResponding, false)));
        Happens(at => new PresenceEvent.ShowedUp(at));
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
    }

    [Test]
    public void What_is_said_twice_of_a_call_in_vain_counts_once()
    {
        RingsInVain(1);
        Happens(at => new PresenceEvent.CallMoved(at, 1, CallPhase.Over, RangInVain: true));
        Assert.That(agent.State, Is.EqualTo(AgentState.Ready));
    }

    [Test]
    public void Who_talks_without_a_screen_talks()
    {
        Happens(at => new PresenceEvent.Went(at));
        Assert.That(agent.State, Is.EqualTo(AgentState.Offline));
        Call(1, CallPhase.Talking);
        Assert.That(agent.State, Is.EqualTo(AgentState.Talking));
        Call(1, CallPhase.Over);
        now += wrapUp;
        Happens(at => new PresenceEvent.TimePassed(at));
        Assert.That(agent.State, Is.EqualTo(AgentState.Offline));
    }

    /// <summary>Whatever happens in whatever order, and however late it is told.</summary>
    [Test]
    public void States_never_overlap_and_leave_no_gap([Range(1, 300)] int seed)
    {
        var random = new Random(seed);
        var since = agent.Since;
        for (var i = 0; i < 200; i++)
        {
            var before = agent;
            var happened = Anything(random, now.AddSeconds(random.Next(-20, 40)));
            agent = agent.After(happened);
            now = happened.At > now ? happened.At : now;

            Assert.That(agent.Since, Is.GreaterThanOrEqualTo(since), "a state does not begin before the one that it follows");
            Assert.That(agent.Since, Is.LessThanOrEqualTo(now));
            if (agent.State == before.State && agent.Break == before.Break)
                Assert.That(agent.Since, Is.EqualTo(before.Since), "a state that goes on has the same beginning");
            Assert.That(agent.Pending is null || !agent.Calls.IsEmpty || agent.WrapUp is not null, "a wish that can be had is had");
            Assert.That(agent.Calls.Values, Has.None.EqualTo(CallPhase.Over));
            since = agent.Since;
        }

        foreach (var id in agent.Calls.Keys)
            Happens(at => new PresenceEvent.CallMoved(at, id, CallPhase.Over));
        now = now.AddDays(1);
        Happens(at => new PresenceEvent.TimePassed(at));
        Assert.That(agent.State, Is.AnyOf(AgentState.Offline, AgentState.Ready, AgentState.Break, AgentState.NotResponding), "nobody hangs in a call that is over");
    }

    static PresenceEvent Anything(Random random, DateTimeOffset at) => random.Next(10) switch
    {
        0 => new PresenceEvent.Came(at),
        1 => new PresenceEvent.Went(at),
        2 => new PresenceEvent.ShowedUp(at),
        3 => new PresenceEvent.Wished(at, new(random.Next(2) == 0 ? null : "lunch")),
        4 => new PresenceEvent.WishWithdrawn(at),
        5 => new PresenceEvent.WrapUpFinished(at, random.Next(3)),
        6 => new PresenceEvent.WrapUpExtended(at, random.Next(3), at.AddSeconds(60)),
        7 => new PresenceEvent.TimePassed(at),
        _ => new PresenceEvent.CallMoved(at, random.Next(3), (CallPhase)random.Next(4), random.Next(2) == 0, random.Next(3) == 0 ? default : wrapUp),
    };

    void Call(long id, CallPhase phase) => Happens(at => new PresenceEvent.CallMoved(at, id, phase, WrapUp: wrapUp));

    void RingsInVain(long id)
    {
        Call(id, CallPhase.Ringing);
        Happens(at => new PresenceEvent.CallMoved(at, id, CallPhase.Over, RangInVain: true));
    }

    void Happens(Func<DateTimeOffset, PresenceEvent> what)
    {
        agent = agent.After(what(now));
        now = now.AddSeconds(1);
    }
}
