using System.Buffers;
using System.Globalization;
using System.Text;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>
/// Listens to a simulated PBX as the product does, from bytes to calls, and checks after every signal that the calls are sound.
/// </summary>
internal sealed class SimulatedListener
{
    private static readonly HashSet<string> trunks = ["trunk"];
    private readonly SimulatedPbx _pbx;
    private readonly List<(DateTimeOffset At, string Text)> _heard = [];
    private readonly Dictionary<CallKey, Call> _live = [];
    private AmiReader _reader = new();
    private bool _isSnapshot = true;
    private AsteriskSignals _signals = new(trunks);

    public SimulatedListener(SimulatedPbx pbx)
    {
        _pbx = pbx;
        Connect();
    }

    public CallTracker Tracker { get; } = new("pbx", new NumberPlan("RU"));

    /// <summary>The newest version of every call.</summary>
    public Dictionary<CallKey, Call> Calls { get; } = [];

    /// <summary>The calls that did not become part of another.</summary>
    public IEnumerable<Call> Whole => Calls.Values.Where(call => call.MergedInto is null);

    public void Hear(string packet)
    {
        _heard.Add((_pbx.Now, packet));
        Apply(packet, _pbx.Now);
    }

    /// <summary>The line breaks: what happens is not heard.</summary>
    public void Lose() => Take(new SourceLost(_signals.PbxTime(_pbx.Now)));

    /// <summary>A new line: the login and the snapshot, as AmiConnection asks for it.</summary>
    public void Connect()
    {
        (_reader, _signals) = (new AmiReader(), new AsteriskSignals(trunks));
        Apply("Asterisk Call Manager/11.0.0\r\n", _pbx.Now);
        var uptime = ((long)(_pbx.Now - _pbx.StartedAt).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Apply($"Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: {uptime}\r\nLastReload: {uptime}\r\nStatus: Fully Booted\r\n\r\n", _pbx.Now);
        foreach (var packet in ((string[])["Status", "BridgeList", "QueueStatus", "CoreShowChannels"]).SelectMany(_pbx.Describe))
            Apply(packet, _pbx.Now);
    }

    /// <summary>Hears everything once more.</summary>
    public void HearAllAgain()
    {
        foreach (var (at, text) in _heard.ToArray())
            Apply(text, at);
    }

    private void Apply(string packet, DateTimeOffset at)
    {
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(packet));
        while (_reader.TryRead(ref bytes, out var message))
        {
            if (_signals.Read(message, at) is { } signal)
                Take(signal);
        }
    }

    private void Take(CallSignal signal)
    {
        foreach (var call in Tracker.Apply(signal))
        {
            CallInvariants.Check(Calls.GetValueOrDefault(call.Key), call);
            Calls[call.Key] = call;
            if (call.IsLive)
                _live[call.Key] = call;
            else
                _live.Remove(call.Key);
        }
        // In the middle of a snapshot a call of before and a call of now stand side by side.
        _isSnapshot = signal is SourceLost || (_isSnapshot && signal is not SnapshotTaken);
        if (!_isSnapshot)
            CheckTalkers(signal);
    }

    // Whoever consults a colleague has the client on hold, but nobody talks to two clients at once.
    private void CheckTalkers(CallSignal signal)
    {
        var twice = _live.Values.Where(call => call.Direction is not CallDirection.Internal)
            .SelectMany(call => call.Talks.Where(talk => talk.EndedAt is null && talk.Extension is not null && talk.Kind is TalkKind.Main))
            .GroupBy(talk => talk.Extension)
            .Where(talks => talks.Count() > 1);
        Assert.That(twice.Select(talks => talks.Key), Is.Empty, $"talks in two calls after {signal}");
    }
}
