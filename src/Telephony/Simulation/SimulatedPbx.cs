using System.Collections.Immutable;
using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// A model of an Asterisk 22: people call, phones ring, queues fill, and every step is told as the AMI events that the real one
/// sends. Deterministic: the same office, seed and scripts give the same bytes. It has no clock and no threads: whoever owns it
/// says what time it is (<see cref="RunUntil"/>), and calls it from one place at a time.
/// </summary>
public sealed class SimulatedPbx
{
    private static readonly TimeSpan _bootTime = TimeSpan.FromSeconds(2);
    private readonly Agenda _agenda;
    private readonly Random _random;
    private readonly Dictionary<string, SimulatedLeg> _legs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _deviceStates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WaitingLine> _waiting;
    private readonly List<SimulatedCall> _live = [];
    private readonly List<CallTruth> _finished = [];
    private DateTimeOffset _lastStamp;
    private int _nextUnique;
    private int _nextName;

    /// <param name="seed">Decides the little that chance decides here: bridge names and microseconds.</param>
    public SimulatedPbx(SimulatedOffice office, int seed, DateTimeOffset start)
    {
        Office = office;
        _random = new Random(seed);
        _agenda = new Agenda(start);
        _lastStamp = start;
        StartedAt = start;
        Feed = new EventFeed(NextStamp, simulated => Emitted?.Invoke(simulated));
        _waiting = office.Queues.ToDictionary(queue => queue.Name, queue => new WaitingLine(this, queue));
    }

    /// <summary>Every event, in the order of the wire.</summary>
    public event Action<SimulatedEvent>? Emitted;

    /// <summary>The process ends: its AMI connections with it.</summary>
    public event Action? Stopped;

    public SimulatedOffice Office { get; }
    public DateTimeOffset Now => _agenda.Now;

    /// <summary>When something happens next; null when nothing will.</summary>
    public DateTimeOffset? NextAt => _agenda.NextAt;

    /// <summary>When the process started: a client knows a restart by it.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public bool IsRunning => Now >= StartedAt;

    /// <summary>False: the network behind the trunk cannot be reached; no call gets in or out.</summary>
    public bool IsTrunkUp { get; private set; } = true;

    public int LiveCalls => _live.Count;

    /// <summary>What really happened: first the calls that are over, then those still _live.</summary>
    public ImmutableArray<CallTruth> Truths => [.. _finished, .. _live.Select(call => call.Truth)];

    internal EventFeed Feed { get; }
    internal IEnumerable<SimulatedLeg> Legs => _legs.Values;
    internal IEnumerable<WaitingLine> Queues => _waiting.Values;
    internal IEnumerable<SimulatedBridge> Bridges => _legs.Values.Select(leg => leg.Bridge).OfType<SimulatedBridge>().Distinct();

    /// <summary>Lets the world run on to this moment.</summary>
    public void RunUntil(DateTimeOffset until) => _agenda.RunUntil(until);

    /// <summary>
    /// A new call begins now. Nothing happens while the PBX boots, when the call would have to come through a dead trunk, or when
    /// the agent who would place it has the phone in use.
    /// </summary>
    public void Begin(CallScript script)
    {
        var isPlacedByHand = script.Direction is not CallDirection.Inbound && script.OriginateId is null;
        if (!IsRunning || (script.Direction is CallDirection.Inbound && !IsTrunkUp) || (isPlacedByHand && !IsFree(script.Agent)))
            return;
        var call = new SimulatedCall(this, script);
        _live.Add(call);
        call.Begin();
    }

    /// <summary>A new call begins so many seconds from now.</summary>
    public void BeginAfter(double seconds, CallScript script) => _agenda.After(seconds, () => Begin(script));

    /// <summary>How people behave on a click-to-call: by default the agent picks up after 2 s, the client after 4 s, and they talk for 20 s.</summary>
    public Func<string, string, CallScript> ClickToCall { get; set; } = (agent, number) => new CallScript
    {
        Direction = CallDirection.Outbound,
        Agent = agent,
        Number = number,
        OtherPhones = new PhoneReaction(PhoneAct.Answer, 2),
        Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add(CallScript.Client, new PhoneReaction(PhoneAct.Answer, 4)),
        Talk = [new HangUp(20, Party.Client)],
    };

    /// <summary>The network behind the trunk fails or comes back. Conversations go on.</summary>
    public void SetTrunk(bool isUp)
    {
        if (IsTrunkUp == isUp)
            return;
        IsTrunkUp = isUp;
        Feed.Trunk(Office.Trunk, isUp);
        RefreshDevice(Office.Trunk);
    }

    /// <summary>`core restart now`: calls are hung up, then the process ends and another begins.</summary>
    public void Restart()
    {
        foreach (var call in _live.ToArray())
            call.Stop();
        Feed.Shutdown(willRestart: true);
        Reboot();
    }

    /// <summary>`kill -9`: the process is gone in the middle of everything, and says nothing.</summary>
    public void Kill()
    {
        foreach (var call in _live.ToArray())
            call.Vanish();
        Reboot();
    }

    /// <summary>The packets that answer a question about the PBX as it is: "CoreStatus", "Status", "CoreShowChannels", "QueueStatus", "BridgeList".</summary>
    /// <exception cref="ArgumentException">It is no such question.</exception>
    public IReadOnlyList<string> Describe(string action) =>
        SimulatedLists.Answer(this, new SimulatedAction([$"Action: {action}"]))
        ?? throw new ArgumentException($"{action} is not answered with a description.", nameof(action));

    internal Plan After(double seconds, Action act) => _agenda.After(seconds, act);

    internal SimulatedLeg NewLeg(string endpoint, string? linkedid = null, string? uniqueid = null)
    {
        uniqueid ??= string.Create(CultureInfo.InvariantCulture, $"{Now.ToUnixTimeSeconds()}.{_nextUnique++}");
        var leg = new SimulatedLeg($"PJSIP/{endpoint}-{_nextName++:x8}", endpoint, uniqueid, linkedid ?? uniqueid, Now);
        _legs.Add(leg.Name, leg);
        return leg;
    }

    internal SimulatedLeg? FindLeg(string name) => _legs.GetValueOrDefault(name);

    internal void Remove(SimulatedLeg leg)
    {
        leg.IsGone = true;
        _legs.Remove(leg.Name);
    }

    internal SimulatedBridge NewBridge()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        var bridge = new SimulatedBridge(new Guid(bytes).ToString());
        Feed.BridgeCreate(bridge);
        return bridge;
    }

    internal WaitingLine Line(string queue) => _waiting[queue];

    /// <summary>A registered phone with no call on it: a queue may ring it.</summary>
    internal bool IsFree(string extension) =>
        Office.Extension(extension).IsRegistered && _legs.Values.All(leg => leg.Endpoint != extension);

    /// <summary>The phone is off the hook on another channel than this one: its owner cannot take this call.</summary>
    internal bool IsTaken(SimulatedLeg leg) => leg.Endpoint != Office.Trunk
        && _legs.Values.Any(other => other != leg && other.Endpoint == leg.Endpoint && other.State is (LegState.Up or LegState.Ring));

    internal bool CanReach(string endpoint) => endpoint == Office.Trunk ? IsTrunkUp : Office.Extension(endpoint).IsRegistered;

    internal void Over(SimulatedCall call)
    {
        _live.Remove(call);
        _finished.Add(call.Truth);
    }

    /// <summary>A call that never came into being leaves no trace.</summary>
    internal void Forget(SimulatedCall call) => _live.Remove(call);

    /// <summary>Consultations are calls of their own until they become part of another.</summary>
    internal void Finish(CallTruth truth) => _finished.Add(truth);

    /// <summary>Tells the device's state when it has changed, and each queue that the device serves.</summary>
    internal void RefreshDevice(string endpoint)
    {
        var state = DeviceState(endpoint);
        if (_deviceStates.GetValueOrDefault(endpoint, "NOT_INUSE") == state)
            return;
        _deviceStates[endpoint] = state;
        Feed.Device(endpoint, state);
        foreach (var queue in Office.Queues.Where(queue => queue.Members.Contains(endpoint)))
            Feed.Member(queue.Name, endpoint, Office.Extension(endpoint).Name, MemberStatus(endpoint));
    }

    /// <summary>app_queue's number for a device: 1 free, 2 in use, 5 unavailable, 6 ringing.</summary>
    internal int MemberStatus(string endpoint) => DeviceState(endpoint) switch
    {
        "NOT_INUSE" => 1,
        "INUSE" => 2,
        "RINGING" => 6,
        _ => 5,
    };

    private string DeviceState(string endpoint)
    {
        if (!CanReach(endpoint))
            return "UNAVAILABLE";
        var ringing = false;
        foreach (var leg in _legs.Values.Where(leg => leg.Endpoint == endpoint))
        {
            if (leg.State is LegState.Up or LegState.Ring)
                return "INUSE";
            ringing |= leg.State is LegState.Ringing;
        }
        return ringing ? "RINGING" : "NOT_INUSE";
    }

    private void Reboot()
    {
        _legs.Clear();
        _deviceStates.Clear();
        foreach (var line in _waiting.Values)
            line.Callers.Clear();
        (_nextUnique, _nextName) = (0, 0);
        StartedAt = Now + _bootTime;
        Stopped?.Invoke();
    }

    /// <summary>Events of one moment are some microseconds apart.</summary>
    private DateTimeOffset NextStamp()
    {
        var stamp = _lastStamp.AddMicroseconds(_random.Next(8, 120));
        return _lastStamp = stamp > Now ? stamp : Now;
    }
}
