using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>
/// A call while it lives: its legs, and what has become true of it so far. The tracker is its only owner and turns it into a
/// <see cref="Call"/> whenever it changed. This file: who takes part. Talk and queues have files of their own.
/// </summary>
internal sealed partial class LiveCall(CallKey key, DateTimeOffset startedAt, NumberPlan numbers)
{
    private readonly List<LiveLeg> _legs = [];
    private readonly List<Offer> _offers = [];
    private readonly List<CallRecording> _recordings = [];
    private DateTimeOffset _startedAt = startedAt;
    private CallDirection _direction = CallDirection.Internal;
    private OutsideParty? _client;
    private string? _did;
    private string? _dialled;
    private string? _placedBy;
    private LiveLeg? _placedByLeg;
    private LiveLeg? _clientLeg;
    private CallUncertainty? _uncertain;
    private CallKey? _mergedInto;
    private DateTimeOffset? _endedAt;
    private CallEnd? _end;
    private int _revision;

    public CallKey Key { get; } = key;

    /// <summary>Other names under which the source still speaks of this call, after merges.</summary>
    public List<string> Names { get; } = [key.ExternalId];

    public IReadOnlyList<LiveLeg> Legs => _legs;
    public bool IsChanged { get; private set; }
    public DateTimeOffset StartedAt => _startedAt;
    public DateTimeOffset? EndedAt => _endedAt;
    public bool HasClient => _clientLeg is not null;
    public bool HasLiveLegs => _legs.Any(leg => leg.IsLive && leg.Kind != PartyKind.Application);
    public bool IsOver => _endedAt is not null || _mergedInto is not null;

    /// <summary>Nobody sees a call of the source's own channels only: an announcement, a half-made local pair.</summary>
    public bool IsVisible => _legs.Any(leg => leg.IsParty);

    public CallUncertainty? Uncertain => _uncertain;

    /// <summary>How far the source's clock was set back while this call lived: its later signals are read as if it had not been.</summary>
    public TimeSpan ClockShift { get; set; }

    public void Join(LiveLeg leg)
    {
        leg.Call = this;
        if (leg.PairName is { } name && _legs.Find(other => other.PairName == name && other.IsLive) is { } half)
            leg.Pair(half);
        var isFirst = !IsVisible;
        _legs.Add(leg);
        switch (leg.Kind)
        {
            case PartyKind.Trunk:
                if (leg.Origin == LegOrigin.Calling && _clientLeg is null)
                    BecomeInbound(leg);
                break;
            case PartyKind.Extension:
                if (_clientLeg is null && _placedBy is null && (isFirst || leg.Origin == LegOrigin.Calling))
                    BecomePlaced(leg);
                break;
            case PartyKind.Local:
            case PartyKind.Application:
                break;
        }
    }

    public void NameCaller(LiveLeg leg, string? name)
    {
        if (leg == _clientLeg && _client is not null && name is not null)
            _client = _client with { Name = name };
    }

    /// <summary>Somebody calls this leg of ours.</summary>
    public void Dial(LiveLeg leg, LiveLeg? by, string? number, string? numberAtEndpoint, DateTimeOffset at)
    {
        if (leg.IsDialled)
            return;
        leg.Dial(by);
        if (leg.Kind == PartyKind.Extension && numberAtEndpoint is not null && numbers.Read(numberAtEndpoint).E164 is not null)
            leg.Kind = PartyKind.Trunk;
        Attempt(leg, number, at);
    }

    private void Attempt(LiveLeg leg, string? number, DateTimeOffset at)
    {
        if (leg.Kind == PartyKind.Trunk)
            leg.Number = number ?? leg.Number;
        if (leg.Kind == PartyKind.Trunk && (leg == _clientLeg || IsClientAttempt(leg)) && _direction != CallDirection.Inbound)
            BecomeOutbound(leg);
        if (leg.DialledBy is null)
            return;
        if (leg.IsParty)
        {
            BecomeActive();
            Change();
        }
        leg.Visit = IsRootClient(leg) ? OpenVisit : NoVisit;
        if (leg.Kind == PartyKind.Extension)
            Offer(leg, at);
    }

    public void Ring(LiveLeg leg, DateTimeOffset at)
    {
        if (leg.RingingAt is not null || leg.UpAt is not null)
            return;
        leg.Ring(at);
        ChangeOffer(leg, offer => offer with { RingStartedAt = at });
        if (leg.IsParty)
            Change();
    }

    public void PickUp(LiveLeg leg, DateTimeOffset at)
    {
        if (leg.UpAt is not null)
            return;
        leg.UpAt = at;
        // Two trunks were called at once, or one after the other: the client is where somebody answered.
        if (_direction == CallDirection.Outbound && leg.Kind == PartyKind.Trunk && leg.Origin == LegOrigin.Called && _clientLeg!.UpAt is null)
            BecomeOutbound(leg);
        if (leg.IsParty)
            Change();
    }

    public void Conclude(LiveLeg leg, DialOutcome outcome, DateTimeOffset at)
    {
        if (leg.Result is not null && outcome != DialOutcome.Answered)
            return;
        Conclude(leg, CallOutcome.OfferResultOf(outcome, leg), at);
    }

    public void End(LiveLeg leg, DateTimeOffset at, int? cause, string? techCause)
    {
        leg.Explain(cause, techCause);
        leg.End(at);
        if (leg.IsAttempt && leg.Result is null)
            Conclude(leg, CallOutcome.OfferResultWithoutVerdict(leg), at);
        else if (leg.IsAttempt && CallOutcome.Refined(leg) is { } result && result != leg.Result)
            Correct(leg, result);
        EndHolds(leg, at);
    }

    public void Record(LiveLeg leg, string file, DateTimeOffset at)
    {
        if (_recordings.Exists(recording => recording.LegId == leg.Id && recording.File == file))
            return;
        _recordings.Add(new CallRecording(leg.Id, file, at));
        Change();
    }

    /// <summary>A command of ours to call this number failed before the extension was picked up.</summary>
    public void FailOrigination(string dialled, bool hearsHangups)
    {
        _dialled = dialled;
        SettleByDialledNumber();
        if (_end is not null)
            _end = CallOutcome.Of(this, hearsHangups);
        Change();
    }

    public bool IsOriginatedAt(string endpoint) => _dialled is null && _placedByLeg is { IsOriginated: true, UpAt: null } leg && leg.Endpoint == endpoint;

    /// <summary>It ended without having said everything: the source's accounting, or its word about a failed command, may come behind the end.</summary>
    public bool MayBeCompleted => _uncertain is not null || (_dialled is null && _placedByLeg is { IsOriginated: true, UpAt: null });

    public void Doubt(CallUncertainty uncertainty)
    {
        _uncertain ??= uncertainty;
        Change();
    }

    public void Change() => IsChanged = true;

    private void BecomeInbound(LiveLeg leg)
    {
        _direction = CallDirection.Inbound;
        _clientLeg = leg;
        _client = PartyOf(leg);
        _did = leg.Dialled;
        _placedBy = null;
        _placedByLeg = null;
        Change();
    }

    private void BecomeOutbound(LiveLeg leg)
    {
        _direction = CallDirection.Outbound;
        _clientLeg = leg;
        // A dialled trunk leg inherits the caller's display name: it is nobody's.
        _client = PartyOf(leg);
        Change();
    }

    private void BecomePlaced(LiveLeg leg)
    {
        _placedBy = leg.Endpoint;
        _placedByLeg = leg;
        _dialled = leg.Dialled;
        Change();
    }

    // The first trunk that an agent's call goes out on, and the next one after that failed. Not a trunk that takes part later:
    // a forward of an internal call, a transfer, a consultation.
    private bool IsClientAttempt(LiveLeg leg) => _direction switch
    {
        CallDirection.Inbound => false,
        CallDirection.Outbound => leg != _clientLeg && _clientLeg is { UpAt: null, Result: not null },
        CallDirection.Internal => _offers.Count == 0,
    };

    private OutsideParty PartyOf(LiveLeg leg)
    {
        var reading = numbers.Read(leg.Number);
        return new OutsideParty(leg.Number, null, reading.E164) { IsHidden = reading.Verdict == NumberVerdict.Hidden };
    }

    private void SettleByDialledNumber()
    {
        // Nothing was ever called, so no endpoint tells where the call was to go; the number is all there is.
        if (_direction != CallDirection.Internal || _dialled is null || _legs.Exists(leg => leg.IsAttempt))
            return;
        if (numbers.Read(_dialled) is not { E164: { } e164 })
            return;
        _direction = CallDirection.Outbound;
        _client = new OutsideParty(_dialled, null, e164);
    }

    private void Offer(LiveLeg leg, DateTimeOffset at)
    {
        if (leg == _placedByLeg)
            return;
        // A guess may have offered it before.
        if (_offers.Exists(offer => offer.LegId == leg.Id))
        {
            ChangeOffer(leg, offer => offer with { TransferredBy = TransfererOf(leg) });
            return;
        }
        if (_direction == CallDirection.Outbound && _placedBy is null)
        {
            _placedBy = leg.Endpoint;
            _placedByLeg = leg;
        }
        _offers.Add(new Offer(leg.Endpoint, leg.Id, at)
        {
            Queue = leg.Visit >= 0 ? _visits[leg.Visit].Queue : null,
            RingStartedAt = leg.RingingAt,
            TransferredBy = TransfererOf(leg),
        });
        Change();
    }

    private void Conclude(LiveLeg leg, OfferResult result, DateTimeOffset at)
    {
        leg.Conclude(result, at);
        ChangeOffer(leg, offer => offer with { Result = result, EndedAt = offer.EndedAt ?? at });
        if (leg.IsParty)
            Change();
    }

    private void Correct(LiveLeg leg, OfferResult result)
    {
        leg.Result = result;
        ChangeOffer(leg, offer => offer with { Result = result });
    }

    private void ChangeOffer(LiveLeg leg, Func<Offer, Offer> change)
    {
        var index = _offers.FindIndex(offer => offer.LegId == leg.Id);
        if (index < 0)
            return;
        _offers[index] = change(_offers[index]);
        Change();
    }

    private bool IsRootClient(LiveLeg leg) => leg.Root() == _clientLeg;
}
