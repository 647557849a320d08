using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Writes the diary's lines of one whole call down as the signals that would have been heard. All lines are there, so each can be understood by
/// what came later: who called a channel, and who hung up. Sources: the recordings of tests/Scenarios, where Asterisk 22 wrote the diary beside
/// what it said live.
/// </summary>
internal sealed class CelSignals
{
    /// <summary>What ends because a caller hung up has ended within this time before his own end is noted. Seen: up to 31 ms.</summary>
    private static readonly TimeSpan HangupWithin = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MailboxWithin = TimeSpan.FromSeconds(5);

    // Q.850 causes, https://docs.asterisk.org "Hangup Cause Mappings".
    private const int UserBusy = 17;
    private const int CallRejected = 21;
    private const int AnsweredElsewhere = 26;

    private readonly ImmutableArray<CelLine> _lines;
    private readonly Dictionary<string, CelChannel> _channels;
    private readonly Dictionary<string, CelChannel?> _diallers;
    private readonly Dictionary<CelLine, List<CelChannel>> _hangups = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _ended = [];

    public CelSignals(IReadOnlySet<string> trunks, ImmutableArray<CelLine> lines)
    {
        var names = new AsteriskChannels(trunks);
        _lines = lines;
        _channels = lines.GroupBy(line => line.LegId, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => new CelChannel(names, [.. own]), StringComparer.Ordinal);
        _diallers = _channels.Values.Where(channel => channel.Origin == LegOrigin.Called).ToDictionary(channel => channel.Id, DiallerOf, StringComparer.Ordinal);
        foreach (var channel in _channels.Values.Where(channel => channel is { HasHungUp: true, HasTransferred: false }))
        {
            var sign = FirstSignOf(channel);
            if (!_hangups.TryAdd(sign, [channel]))
                _hangups[sign].Add(channel);
        }
    }

    public IEnumerable<CallSignal> Read()
    {
        foreach (var line in _lines)
        {
            foreach (var channel in _hangups.GetValueOrDefault(line) ?? [])
                yield return new LegHangupAsked(line.At, channel.Id, "", channel.Cause, null);
            foreach (var signal in Read(line, _channels[line.LegId]))
                yield return signal;
        }
        if (_ended.Count < _channels.Count)
            yield return new SourceStopped(_lines[^1].At);
    }

    private IEnumerable<CallSignal> Read(CelLine line, CelChannel channel)
    {
        foreach (var signal in ReadPlaces(line, channel))
            yield return signal;
        switch (line.Event)
        {
            case "CHAN_START":
                foreach (var signal in Started(line, channel))
                    yield return signal;
                break;
            case "ANSWER":
                yield return new LegUp(line.At, line.LegId, line.CallId);
                if (_diallers.TryGetValue(line.LegId, out var dialler))
                    yield return new DialEnded(line.At, dialler?.Id, line.LegId, line.CallId, DialOutcome.Answered);
                break;
            case "BRIDGE_ENTER":
                yield return new LegBridged(line.At, line.LegId, line.CallId, line.Extra.GetValueOrDefault("bridge_id", ""), KindOfBridge(line))
                {
                    Conference = ConferenceOf(line),
                };
                break;
            case "BRIDGE_EXIT":
                yield return new LegUnbridged(line.At, line.LegId, line.CallId, line.Extra.GetValueOrDefault("bridge_id", ""));
                break;
            case "BLINDTRANSFER":
                yield return new BlindTransferred(line.At, line.Extra.GetValueOrDefault("transferee_channel_uniqueid", ""), line.CallId, line.LegId,
                    line.Extra.GetValueOrDefault("extension", ""));
                break;
            case "ATTENDEDTRANSFER":
                yield return new AttendedTransferred(line.At, line.Extra.GetValueOrDefault("transferee_channel_uniqueid", ""), line.CallId, line.LegId,
                    line.Extra.GetValueOrDefault("channel2_uniqueid", ""), line.Extra.GetValueOrDefault("transfer_target_channel_uniqueid", ""));
                break;
            case "PICKUP":
                yield return new LegJoined(line.At, line.Extra.GetValueOrDefault("pickup_channel_uniqueid", ""), "", line.LegId);
                break;
            case "PARK_END" when ChannelNamed(line.Extra.GetValueOrDefault("retriever")) is { } retriever:
                yield return new LegJoined(line.At, retriever.Id, "", line.LegId);
                break;
            case "VOICEMAIL":
                yield return new VoicemailLeft(line.At, line.LegId, line.CallId);
                break;
            case "HANGUP":
                foreach (var signal in HungUp(line, channel))
                    yield return signal;
                break;
            case "CHAN_END":
                _ended.Add(line.LegId);
                yield return new LegEnded(line.At, line.LegId, line.CallId, channel.Cause, null);
                break;
            default:
                break;
        }
    }

    /// <summary>Queues and conference rooms that the channel has come into or left by the time of this line.</summary>
    private static IEnumerable<CallSignal> ReadPlaces(CelLine line, CelChannel channel)
    {
        foreach (var visit in channel.Visits)
        {
            if (line == visit.Stay.After && visit.Answer is null)
            {
                if (visit.IsEmpty)
                    yield return new QueueExitTold(line.At, line.LegId, line.CallId, QueueExit.JoinEmpty);
                else
                    yield return new QueueGivenUp(line.At, line.LegId, line.CallId, visit.Queue);
            }
            if (line == visit.Stay.First && !visit.IsEmpty)
                yield return new QueueEntered(line.At, line.LegId, line.CallId, visit.Queue);
            if (line == visit.Answer)
            {
                yield return new QueueAnswered(line.At, line.LegId, line.CallId, visit.Queue);
                yield return new QueueLeft(line.At, line.LegId, line.CallId, visit.Queue);
            }
        }
        if (channel.Rooms.Any(stay => stay.First == line) && ConferenceOf(line) is { } room)
            yield return new ConferenceEntered(line.At, line.LegId, line.CallId, room);
    }

    private IEnumerable<CallSignal> Started(CelLine line, CelChannel channel)
    {
        yield return new LegStarted(line.At, line.LegId, line.CallId, channel.Kind, channel.Endpoint, channel.Origin)
        {
            Number = channel.Number,
            Dialled = AsteriskChannels.Known(line.Extension),
            Pair = channel.Pair,
        };
        if (channel.Origin == LegOrigin.Calling)
            yield break;
        // A Local channel that nobody called: a transfer made it.
        if (_diallers[line.LegId] is { } dialler)
            yield return new LegDialled(line.At, dialler.Id, line.LegId, line.CallId) { Number = channel.Number };
        else if (channel.IsOriginated)
            yield return new LegDialled(line.At, null, line.LegId, line.CallId) { Number = channel.Number };
        else
            yield break;
        // A phone that is busy refuses without ringing.
        if (channel is not { HasHungUp: true, Cause: UserBusy, AnsweredAt: null })
            yield return new LegRinging(line.At, line.LegId, line.CallId);
    }

    private IEnumerable<CallSignal> HungUp(CelLine line, CelChannel channel)
    {
        if (_diallers.TryGetValue(line.LegId, out var dialler) && channel.AnsweredAt is null)
            yield return new DialEnded(line.At, dialler?.Id, line.LegId, line.CallId, OutcomeOf(line, channel, dialler));
        if (channel.Origin == LegOrigin.Calling && channel.DialStatus is "CHANUNAVAIL" && !_diallers.ContainsValue(channel))
            yield return new DialFailed(line.At, line.LegId, line.CallId);
        if (!channel.HasHungUp)
            yield return new LegStopped(line.At, line.LegId, line.CallId);
    }

    private static DialOutcome OutcomeOf(CelLine line, CelChannel channel, CelChannel? dialler)
    {
        if (channel.HasHungUp)
        {
            return channel.Cause switch
            {
                UserBusy => DialOutcome.Busy,
                // The cause itself says so.
                CallRejected => DialOutcome.NoAnswer,
                _ => DialOutcome.Unavailable,
            };
        }
        if (channel.Cause == AnsweredElsewhere || line.Extra.GetValueOrDefault("hangupsource") is { Length: > 0 })
            return DialOutcome.Cancelled;
        return dialler is { HasHungUp: true } && dialler.EndedAt - line.At < HangupWithin ? DialOutcome.Cancelled : DialOutcome.NoAnswer;
    }

    /// <summary>The line before which this channel must have hung up: it left a bridge, a queue, or what rang for it fell silent.</summary>
    private CelLine FirstSignOf(CelChannel channel)
    {
        var hangup = channel.Hangup!;
        // A mailbox keeps the channel while it puts the message away.
        var signs = _lines.Where(line => line.At <= hangup.At && hangup.At - line.At < (line.Application == "VoiceMail" ? MailboxWithin : HangupWithin) && (
            (line.LegId == channel.Id && line.Event is "BRIDGE_EXIT" or "APP_END" or "STREAM_END")
            || (line.Event == "HANGUP" && _diallers.GetValueOrDefault(line.LegId) is { } dialler && RootOf(dialler) == channel && !_channels[line.LegId].HasHungUp)));
        return signs.FirstOrDefault(hangup);
    }

    // Across pairs of Local channels.
    private CelChannel RootOf(CelChannel channel)
    {
        for (var steps = 0; steps < _channels.Count; steps++)
        {
            var other = channel.Pair is null ? channel : _channels.Values.FirstOrDefault(half => half.Pair == channel.Pair && half != channel) ?? channel;
            if (_diallers.GetValueOrDefault(other.Id) is not { } dialler)
                break;
            channel = dialler;
        }
        return channel;
    }

    // The surest; of equals, the one that began last.
    private CelChannel? DiallerOf(CelChannel called)
    {
        if (called.IsOriginated)
            return null;
        // A transfer made this half of a pair: it shows no application of its own.
        if (called.Kind == PartyKind.Local && !called.Lines.Any(line => line.Application is "AppDial" or "AppQueue"))
            return null;
        return _channels.Values.Where(channel => channel.Lines.Any(line => line.CallId == called.First.CallId))
            .Select(channel => (Channel: channel, Score: channel.DialScore(called))).Where(pair => pair.Score > 0)
            .OrderByDescending(pair => pair.Score).ThenByDescending(pair => pair.Channel.StartedAt).Select(pair => pair.Channel).FirstOrDefault();
    }

    private CelChannel? ChannelNamed(string? name) => _channels.Values.FirstOrDefault(channel => channel.First.Channel == name);

    private static string? ConferenceOf(CelLine line) =>
        line.Application == "ConfBridge" && line.Arguments.Split(',')[0] is { Length: > 0 } room ? room : null;

    private static BridgeKind KindOfBridge(CelLine line)
    {
        if (line.Extra.GetValueOrDefault("bridge_technology") == "holding_bridge")
            return BridgeKind.Parking;
        return line.Application == "ConfBridge" ? BridgeKind.Conference : BridgeKind.Talk;
    }
}
