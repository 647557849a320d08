using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>What the lines of a whole call say about one of its channels.</summary>
internal sealed class CelChannel
{
    /// <summary>A queue that lets a caller go so soon, without calling anybody, had nobody in it.</summary>
    private static readonly TimeSpan EmptyQueueWithin = TimeSpan.FromSeconds(0.5);

    /// <param name="lines">Its own lines, in order.</param>
    public CelChannel(AsteriskChannels names, ImmutableArray<CelLine> lines)
    {
        Lines = lines;
        First = lines[0];
        Kind = names.KindOf(First.Channel);
        Endpoint = AsteriskChannels.EndpointOf(First.Channel, Kind);
        Pair = AsteriskChannels.PairOf(First.Channel, Kind);
        Origin = OriginOf();
        Hangup = lines.FirstOrDefault(line => line.Event == "HANGUP");
        AnsweredAt = lines.FirstOrDefault(line => line.Event == "ANSWER")?.At;
        Visits = [.. Stays("Queue").Select(VisitOf)];
        Rooms = [.. Stays("ConfBridge")];
    }

    public ImmutableArray<CelLine> Lines { get; }
    public CelLine First { get; }
    public PartyKind Kind { get; }
    public string Endpoint { get; }
    public string? Pair { get; }
    public LegOrigin Origin { get; }
    public CelLine? Hangup { get; }
    public DateTimeOffset? AnsweredAt { get; }

    /// <summary>Its stays in queues.</summary>
    public ImmutableArray<CelVisit> Visits { get; }

    /// <summary>Its stays in conference rooms.</summary>
    public ImmutableArray<CelStay> Rooms { get; }

    public string Id => First.LegId;
    public DateTimeOffset StartedAt => First.At;
    public DateTimeOffset EndedAt => Lines[^1].At;

    /// <summary>A command made the PBX call it, before anybody else.</summary>
    public bool IsOriginated => Origin == LegOrigin.Called && Lines.Any(line => line.Application == "AppDial2");

    /// <summary>The number of the party: a called channel has it only after a while.</summary>
    public string? Number => Origin == LegOrigin.Calling ? First.Number : Lines.Select(line => line.Number).FirstOrDefault(number => number.Length > 0);

    /// <summary>The channel itself ended the talk, or refused it; no other one did, nor the PBX.</summary>
    public bool HasHungUp => Hangup is { } hangup && hangup.Extra.GetValueOrDefault("hangupsource") == hangup.Channel;

    /// <summary>It gave its talk to another one at its end: what it hung up on went on.</summary>
    public bool HasTransferred => Lines.Any(line => line.Event is "ATTENDEDTRANSFER" or "BLINDTRANSFER" && EndedAt - line.At < TimeSpan.FromSeconds(1));

    public int? Cause => Hangup is { } hangup && int.TryParse(hangup.Extra.GetValueOrDefault("hangupcause"), out var cause) && cause > 0 ? cause : null;

    /// <summary>DIALSTATUS at the end of a channel that dialled.</summary>
    public string DialStatus => Hangup?.Extra.GetValueOrDefault("dialstatus") ?? "";

    /// <summary>How sure it is that this channel called that one: 0 is not at all.</summary>
    public int DialScore(CelChannel called)
    {
        if (called == this || called.Pair is not null && called.Pair == Pair || called.StartedAt < StartedAt || called.StartedAt > EndedAt)
            return 0;
        var isByQueue = called.Lines.Any(line => line.Application == "AppQueue");
        var application = isByQueue ? "Queue" : "Dial";
        var device = called.Kind == PartyKind.Trunk ? "@" + called.Endpoint : called.First.Channel[..(called.First.Channel.IndexOf('/', StringComparison.Ordinal) + 1)] + called.Endpoint;
        // A dial that fails may be over before its first line says "Dial"; the dial before it may be the last that was said.
        if (Stays(application).Any(stay => stay.From <= called.EndedAt && called.StartedAt <= stay.To + EmptyQueueWithin && (isByQueue || stay.Arguments.Contains(device, StringComparison.Ordinal))))
            return 3;
        if (Origin != LegOrigin.Calling && !IsOriginated && !Lines.Any(line => line.At <= called.StartedAt && line.Event == "BRIDGE_EXIT"))
            return 0;
        return First.Extension == called.Endpoint || (Origin == LegOrigin.Calling && AnsweredAt is null) ? 2 : 1;
    }

    /// <summary>From when to when it was in an application of the dialplan. The line that shows it is not always the first moment.</summary>
    private IEnumerable<CelStay> Stays(string application)
    {
        CelLine? first = null;
        foreach (var line in Lines)
        {
            var isIn = line.Application == application && line.Event != "APP_END";
            if (first is not null && (!isIn || line.Arguments != first.Arguments))
            {
                yield return new(first, line);
                first = null;
            }
            if (isIn)
                first ??= line;
        }
        if (first is not null)
            yield return new(first, Lines[^1]);
    }

    private CelVisit VisitOf(CelStay stay)
    {
        var answer = Lines.SkipWhile(line => line != stay.First).TakeWhile(line => line != stay.After).FirstOrDefault(line => line.Event == "BRIDGE_ENTER");
        var isEmpty = answer is null && stay.To - stay.From < EmptyQueueWithin && !HasHungUp;
        return new(stay.Arguments.Split(',')[0], stay, answer, isEmpty);
    }

    // A called channel runs no dialplan: its lines show AppDial, AppDial2 or AppQueue. A channel that fetched another one's call shows it too,
    // but it began with what it dialled.
    private LegOrigin OriginOf()
    {
        if (Kind == PartyKind.Local)
            return First.Channel.EndsWith(";1", StringComparison.Ordinal) ? LegOrigin.Called : LegOrigin.Calling;
        return AsteriskChannels.Known(First.Extension) is null && Lines.Any(line => line.Application is "AppDial" or "AppDial2" or "AppQueue")
            ? LegOrigin.Called
            : LegOrigin.Calling;
    }
}

/// <summary>A channel was in an application.</summary>
/// <param name="First">The first line that shows it.</param>
/// <param name="After">The first line that does not any more; the channel's last one when all do.</param>
internal sealed record CelStay(CelLine First, CelLine After)
{
    public string Arguments => First.Arguments;
    public DateTimeOffset From => First.At;
    public DateTimeOffset To => After.At;
}

/// <summary>A channel was in a queue.</summary>
/// <param name="Answer">The line in which a member took it; null when none did.</param>
/// <param name="IsEmpty">There was nobody in the queue.</param>
internal sealed record CelVisit(string Queue, CelStay Stay, CelLine? Answer, bool IsEmpty);
