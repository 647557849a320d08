using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Says in provider-neutral signals what one AMI connection to one PBX tells. About forty events matter; the rest is null.
/// One instance per connection, fed by one reader, in order.
/// </summary>
/// <param name="trunks">Endpoint names that lead outside (PJSIP/<b>trunk</b>-00000217). Every other endpoint is an extension.</param>
public sealed class AsteriskSignals(IReadOnlySet<string> trunks)
{
    private readonly AsteriskChannels _channels = new(trunks);

    // How far the PBX's clock is ahead of ours, by the last event that carried its time.
    private TimeSpan _clockOffset;

    /// <summary>A moment of ours as the PBX's clock has it: dates what the line itself does, such as to break.</summary>
    public DateTimeOffset PbxTime(DateTimeOffset ours) => ours + _clockOffset;

    /// <summary>The signal in this message, or null. The message is not kept.</summary>
    /// <param name="arrivedAt">Our clock when it came: dates what carries no Timestamp (list items, responses, timestampevents=no).</param>
    public CallSignal? Read(AmiMessage message, DateTimeOffset arrivedAt)
    {
        switch (message.Kind)
        {
            case AmiMessageKind.Event:
                return message.Event == AmiEvent.Unknown ? null : ReadEvent(message, Date(message, arrivedAt));
            case AmiMessageKind.Response:
                return message.Is(AmiKey.Message, "Channel Hungup"u8) ? new HangupCommanded(PbxTime(arrivedAt)) : null;
            case AmiMessageKind.Banner:
            case AmiMessageKind.Malformed:
            default:
                return null;
        }
    }

    private DateTimeOffset Date(AmiMessage message, DateTimeOffset arrivedAt)
    {
        if (message.Timestamp is not { } at)
            return PbxTime(arrivedAt);
        _clockOffset = at - arrivedAt;
        return at;
    }

    private CallSignal? ReadEvent(AmiMessage message, DateTimeOffset at) => message.Event switch
    {
        AmiEvent.Newchannel => _channels.Started(message, at),
        AmiEvent.Newstate => NewState(message, at),
        AmiEvent.VarSet => VariableSet(message, at),
        AmiEvent.Newexten => ApplicationEntered(message, at),
        AmiEvent.HangupRequest => new LegHangupAsked(at, message.Leg(), message.Call(), message.Number(AmiKey.Cause), message.Text(AmiKey.TechCause)),
        AmiEvent.SoftHangupRequest => new LegStopped(at, message.Leg(), message.Call()),
        AmiEvent.Hangup => new LegEnded(at, message.Leg(), message.Call(), message.Number(AmiKey.Cause), message.Text(AmiKey.TechCause)),

        AmiEvent.DialBegin => DialBegin(message, at),
        AmiEvent.DialState => DialState(message, at),
        AmiEvent.DialEnd => DialEnd(message, at),
        AmiEvent.OriginateResponse => OriginateResponse(message, at),

        AmiEvent.BridgeEnter => BridgeEnter(message, at),
        AmiEvent.BridgeLeave => new LegUnbridged(at, message.Leg(), message.Call(), message[AmiKey.BridgeUniqueid]),
        AmiEvent.LocalBridge => new LegsPaired(at, message[AmiKey.LocalOneUniqueid], message[AmiKey.LocalTwoUniqueid], message[AmiKey.LocalOneLinkedid]),

        AmiEvent.BlindTransfer => BlindTransfer(message, at),
        AmiEvent.AttendedTransfer => AttendedTransfer(message, at),
        AmiEvent.Pickup => new LegJoined(at, message.Leg(), message.Call(), message[AmiKey.TargetUniqueid]),
        AmiEvent.UnParkedCall => new LegJoined(at, message[AmiKey.RetrieverUniqueid], message[AmiKey.RetrieverLinkedid], message[AmiKey.ParkeeUniqueid]),
        AmiEvent.Hold => new LegHeld(at, message.Leg(), message.Call()),
        AmiEvent.Unhold => new LegUnheld(at, message.Leg(), message.Call()),

        AmiEvent.QueueCallerJoin => new QueueEntered(at, message.Leg(), message.Call(), message[AmiKey.Queue]),
        AmiEvent.QueueCallerLeave => new QueueLeft(at, message.Leg(), message.Call(), message[AmiKey.Queue]),
        // Sent when the caller hangs up, and also when the queue's time is over and the caller goes on.
        AmiEvent.QueueCallerAbandon => new QueueGivenUp(at, message.Leg(), message.Call(), message[AmiKey.Queue]),
        AmiEvent.AgentConnect => new QueueAnswered(at, message.Leg(), message.Call(), message[AmiKey.Queue]),
        AmiEvent.MessageWaiting => message.Text(AmiKey.Uniqueid) is { } leg ? new VoicemailLeft(at, leg, message.Call()) : null,
        AmiEvent.Cdr => Accounted(message, at),

        // The event at login has no time of its own; it says how long the PBX has been running, in whole seconds rounded down.
        AmiEvent.FullyBooted => message.Number(AmiKey.Uptime) is { } seconds ? new SourceStarted(at, at.AddSeconds(-seconds)) : null,
        AmiEvent.Shutdown => new SourceStopped(at),

        AmiEvent.CoreShowChannel => _channels.Seen(message, at, message.Text(AmiKey.BridgeId)),
        AmiEvent.Status => _channels.Seen(message, at, message.Text(AmiKey.BridgeId)),
        AmiEvent.QueueEntry => new QueueEntered(at, message.Leg(), "", message[AmiKey.Queue]) { Since = at.AddSeconds(-(message.Number(AmiKey.Wait) ?? 0)) },
        AmiEvent.BridgeListItem => new BridgeSeen(at, message[AmiKey.BridgeUniqueid], KindOfBridge(message)),
        AmiEvent.CoreShowChannelsComplete => new SnapshotTaken(at),
        _ => null,
    };

    // ChannelState: 4 Ring (it calls), 5 Ringing (it is called), 6 Up.
    private static LegSignal? NewState(AmiMessage message, DateTimeOffset at) => message.Number(AmiKey.ChannelState) switch
    {
        AsteriskChannels.StateRinging => new LegRinging(at, message.Leg(), message.Call()),
        AsteriskChannels.StateUp => new LegUp(at, message.Leg(), message.Call()),
        _ => null,
    };

    private static LegSignal? VariableSet(AmiMessage message, DateTimeOffset at)
    {
        var variable = message.Bytes(AmiKey.Variable);
        // MixMonitorStart names no file; this variable comes immediately before it, on the same channel.
        if (variable.SequenceEqual("MIXMONITOR_FILENAME"u8))
            return message.Text(AmiKey.Value) is { } file ? new RecordingStarted(at, message.Leg(), message.Call(), file) : null;
        // An unregistered phone gets no channel and no DialBegin: this variable is all there is.
        if (variable.SequenceEqual("DIALSTATUS"u8))
            return message.Is(AmiKey.Value, "CHANUNAVAIL"u8) ? new DialFailed(at, message.Leg(), message.Call()) : null;
        if (variable.SequenceEqual("VMSTATUS"u8))
            return message.Is(AmiKey.Value, "SUCCESS"u8) ? new VoicemailLeft(at, message.Leg(), message.Call()) : null;
        if (variable.SequenceEqual("QUEUESTATUS"u8))
            return QueueStatus(message[AmiKey.Value]) is { } exit ? new QueueExitTold(at, message.Leg(), message.Call(), exit) : null;
        return null;
    }

    // https://docs.asterisk.org: Queue(), variable QUEUESTATUS.
    private static QueueExit? QueueStatus(string status) => status switch
    {
        "TIMEOUT" => QueueExit.Timeout,
        "FULL" => QueueExit.Overflow,
        "JOINEMPTY" or "LEAVEEMPTY" or "JOINUNAVAIL" or "LEAVEUNAVAIL" => QueueExit.JoinEmpty,
        _ => null,
    };

    // A caller is in the conference from here on, though the bridge sees it only after the prompts.
    private static ConferenceEntered? ApplicationEntered(AmiMessage message, DateTimeOffset at)
    {
        return AsteriskChannels.ConferenceOf(message, AmiKey.AppData) is { } room ? new ConferenceEntered(at, message.Leg(), message.Call(), room) : null;
    }

    private static LegDialled DialBegin(AmiMessage message, DateTimeOffset at)
    {
        // "101", "79161234567@trunk", "trunk/sip:79161234567@host": the number is also the caller id that the channel gets.
        var parts = message[AmiKey.DialString].Split('@');
        return new LegDialled(at, message.Text(AmiKey.Uniqueid), message[AmiKey.DestUniqueid], message[AmiKey.DestLinkedid])
        {
            Number = message.Text(AmiKey.DestCallerIDNum) ?? parts[0].Split('/')[^1],
            NumberAtEndpoint = parts.Length > 1 ? parts[0].Split('/')[^1] : null,
        };
    }

    private static LegRinging? DialState(AmiMessage message, DateTimeOffset at)
    {
        var status = message.Bytes(AmiKey.DialStatus);
        if (status.SequenceEqual("RINGING"u8))
            return new LegRinging(at, message[AmiKey.DestUniqueid], message[AmiKey.DestLinkedid]);
        return status.SequenceEqual("PROGRESS"u8) ? new LegRinging(at, message[AmiKey.DestUniqueid], message[AmiKey.DestLinkedid], IsProgress: true) : null;
    }

    private static DialEnded DialEnd(AmiMessage message, DateTimeOffset at)
    {
        var outcome = message[AmiKey.DialStatus] switch
        {
            "ANSWER" => DialOutcome.Answered,
            "BUSY" => DialOutcome.Busy,
            "CONGESTION" => DialOutcome.Congested,
            "CHANUNAVAIL" => DialOutcome.Unavailable,
            "NOANSWER" => DialOutcome.NoAnswer,
            // CANCEL; after 302 Moved it comes with "Forward"; ABORT, GOTO: features of Dial.
            _ => DialOutcome.Cancelled,
        };
        return new DialEnded(at, message.Text(AmiKey.Uniqueid), message[AmiKey.DestUniqueid], message[AmiKey.DestLinkedid], outcome);
    }

    private static OriginationFailed? OriginateResponse(AmiMessage message, DateTimeOffset at) =>
        message.Is(AmiKey.Response, "Failure"u8) && message[AmiKey.Channel] is var channel && channel.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new OriginationFailed(at, channel[(slash + 1)..], message[AmiKey.Exten])
            : null;

    private static LegBridged BridgeEnter(AmiMessage message, DateTimeOffset at) =>
        new(at, message.Leg(), message.Call(), message[AmiKey.BridgeUniqueid], KindOfBridge(message))
        {
            Conference = message.Is(AmiKey.BridgeCreator, "ConfBridge"u8) ? message.Text(AmiKey.BridgeName) : null,
        };

    private static BridgeKind KindOfBridge(AmiMessage message)
    {
        if (message.Is(AmiKey.BridgeType, "parking"u8))
            return BridgeKind.Parking;
        return message.Is(AmiKey.BridgeCreator, "ConfBridge"u8) ? BridgeKind.Conference : BridgeKind.Talk;
    }

    private static BlindTransferred? BlindTransfer(AmiMessage message, DateTimeOffset at) =>
        message.Is(AmiKey.Result, "Success"u8)
            ? new(at, message[AmiKey.TransfereeUniqueid], message[AmiKey.TransfereeLinkedid], message[AmiKey.TransfererUniqueid], message[AmiKey.Extension])
            : null;

    private static AttendedTransferred? AttendedTransfer(AmiMessage message, DateTimeOffset at) =>
        message.Is(AmiKey.Result, "Success"u8)
            ? new(at, message[AmiKey.TransfereeUniqueid], message[AmiKey.TransfereeLinkedid], message[AmiKey.OrigTransfererUniqueid],
                message[AmiKey.SecondTransfererUniqueid], message[AmiKey.TransferTargetUniqueid])
            : null;

    // A Cdr row: whole seconds, local time without a zone. Only its durations are of use.
    private static LegAccounted? Accounted(AmiMessage message, DateTimeOffset at) =>
        message.Is(AmiKey.Disposition, "ANSWERED"u8) && int.TryParse(message[AmiKey.BillableSeconds], CultureInfo.InvariantCulture, out var seconds)
            ? new LegAccounted(at, message.Leg(), message.Call(), seconds)
            : null;
}
