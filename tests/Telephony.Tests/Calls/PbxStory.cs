using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Tests.Calls;

/// <summary>Tells a tracker what happens at a PBX, second by second, and keeps the newest version of each call.</summary>
internal sealed class PbxStory(CallTracker tracker)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _callOf = [];
    private readonly Dictionary<CallKey, Call> _newest = [];

    public PbxStory()
        : this(new CallTracker("pbx", new NumberPlan("RU")))
    {
    }

    public CallTracker Tracker => tracker;

    public DateTimeOffset Now { get; private set; } = Start;

    public IEnumerable<Call> Calls => _newest.Values.Where(call => call.MergedInto is null);

    /// <summary>The one call of the story.</summary>
    public Call Call => Calls.Single();

    public PbxStory After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public PbxStory ClientCalls(string leg = "1.1", string number = "79161234567", string did = "74951234501") =>
        Tell(new LegStarted(Now, leg, leg, PartyKind.Trunk, "trunk", LegOrigin.Calling) { Number = number, Dialled = did }, leg, leg);

    public PbxStory ExtensionCalls(string extension, string dialled, string leg) =>
        Tell(new LegStarted(Now, leg, leg, PartyKind.Extension, extension, LegOrigin.Calling) { Number = extension, Dialled = dialled }, leg, leg);

    public PbxStory Dials(string dialler, string extension, string leg)
    {
        var call = _callOf[dialler];
        Tell(new LegStarted(Now, leg, call, PartyKind.Extension, extension, LegOrigin.Called), leg, call);
        return Tell(new LegDialled(Now, dialler, leg, call));
    }

    public PbxStory DialsOut(string dialler, string number, string leg)
    {
        var call = _callOf[dialler];
        Tell(new LegStarted(Now, leg, call, PartyKind.Trunk, "trunk", LegOrigin.Called) { Number = "<unknown>" }, leg, call);
        return Tell(new LegDialled(Now, dialler, leg, call) { Number = number });
    }

    public PbxStory Rings(string leg) => Tell(new LegRinging(Now, leg, _callOf[leg]));

    public PbxStory PicksUp(string leg, string dialler, string bridge = "b1")
    {
        Tell(new LegUp(Now, leg, _callOf[leg]));
        Tell(new DialEnded(Now, dialler, leg, _callOf[leg], DialOutcome.Answered));
        Tell(new LegBridged(Now, leg, _callOf[leg], bridge));
        return Tell(new LegBridged(Now, dialler, _callOf[dialler], bridge));
    }

    public PbxStory DialEnds(string dialler, string leg, DialOutcome outcome) => Tell(new DialEnded(Now, dialler, leg, _callOf[leg], outcome));

    public PbxStory Up(string leg) => Tell(new LegUp(Now, leg, _callOf[leg]));

    public PbxStory AsksToHangUp(string leg, int? cause = null, string? tech = null) => Tell(new LegHangupAsked(Now, leg, _callOf[leg], cause, tech));

    public PbxStory IsStopped(string leg) => Tell(new LegStopped(Now, leg, _callOf[leg]));

    public PbxStory Gone(string leg, int? cause = 16, string? tech = null) => Tell(new LegEnded(Now, leg, _callOf[leg], cause, tech));

    public PbxStory EntersQueue(string leg, string queue) => Tell(new QueueEntered(Now, leg, _callOf[leg], queue));

    public PbxStory IsGivenUp(string leg, string queue)
    {
        Tell(new QueueGivenUp(Now, leg, _callOf[leg], queue));
        return Tell(new QueueLeft(Now, leg, _callOf[leg], queue));
    }

    public PbxStory Tell(CallSignal signal)
    {
        foreach (var call in tracker.Apply(signal))
        {
            CallInvariants.Check(_newest.GetValueOrDefault(call.Key), call);
            _newest[call.Key] = call;
        }
        return this;
    }

    /// <summary>From now on the source gives this leg's call another name.</summary>
    public PbxStory BelongsTo(string leg, string call)
    {
        _callOf[leg] = call;
        return this;
    }

    private PbxStory Tell(CallSignal signal, string leg, string call)
    {
        _callOf[leg] = call;
        return Tell(signal);
    }
}
