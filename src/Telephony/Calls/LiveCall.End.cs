using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>The end of a call, its merge into another one, and its form outside the tracker.</summary>
internal sealed partial class LiveCall
{
    public CallDirection Direction => _direction;
    public bool IsAnswered => _answeredAt is not null;
    public bool IsCommanded => _isCommanded;
    public bool HasVoicemail => _hasVoicemail;
    public bool HasNobody => _hasNobody;
    public LiveLeg? ClientLeg => _clientLeg;
    public LiveLeg? PlacedByLeg => _placedByLeg;
    public LiveLeg? Asker => _asker;
    public LiveLeg? Leaver => _leaver;
    public string? AnsweredBy => _answeredBy;
    public QueueVisit? LastVisit => _visits.Count > 0 ? _visits[^1] : null;
    public int LastVisitIndex => _visits.Count - 1;

    /// <summary>The last leg is gone. What is open is closed, and the end gets its name.</summary>
    public void End(DateTimeOffset at, bool hearsHangups)
    {
        var lastParty = _legs.Where(leg => leg.IsParty).Select(leg => leg == _asker ? leg.AskedAt ?? leg.EndedAt : leg.EndedAt).Max();
        // A clock that was set back in the middle of the call must not end it before something that happened in it.
        var lastKnown = _talks.Select(talk => talk.EndedAt ?? talk.StartedAt).Append(_startedAt).Max();
        var endedAt = Latest(lastParty ?? at, lastKnown);
        _endedAt = endedAt;
        Close(endedAt);
        SettleByDialledNumber();
        LeaveQueue(endedAt);
        DecideVisits(isOver: true);
        _end = CallOutcome.Of(this, hearsHangups);
        Change();
    }

    /// <summary>Gives everything to the older call that this one turned out to be a part of.</summary>
    public void MergeInto(LiveCall older, DateTimeOffset at)
    {
        Close(at, legsLive: true);
        foreach (var leg in _legs)
        {
            leg.Call = older;
            leg.Visit = NoVisit;
        }
        older.Take(this);
        _mergedInto = older.Key;
        _endedAt = Latest(at, _startedAt);
        Change();
    }

    /// <summary>A new version of the call.</summary>
    /// <param name="hearsHangups">The source tells who hangs up.</param>
    public Call ToCall(bool hearsHangups)
    {
        IsChanged = false;
        return new Call
        {
            Key = Key,
            Revision = ++_revision,
            Direction = _direction,
            StartedAt = _startedAt,
            AnsweredAt = _answeredAt,
            EndedAt = _endedAt,
            Client = _client,
            Did = _did,
            Dialled = _dialled,
            PlacedBy = _placedBy,
            AnsweredBy = _answeredBy,
            AnsweredExternal = _answeredBy is null ? _answeredExternal : null,
            LastAgent = _lastAgent,
            Result = _end?.Result,
            Reason = _end?.Reason,
            HangupBy = _end?.HangupBy,
            Uncertain = _uncertain,
            MergedInto = _mergedInto,
            QueueVisits = [.. _visits],
            Offers = [.. _offers],
            Talks = [.. _talks],
            Holds = [.. _holds],
            Transfers = [.. _transfers],
            Recordings = [.. _recordings],
            Legs = [.. _legs.Select(leg => leg.ToLeg())],
            RingSeconds = CallOutcome.RingSeconds(this, RingingAnswer()),
            Memory = IsOver ? null : new CallMemory
            {
                OtherNames = [.. Names.Skip(1)],
                HasVoicemail = _hasVoicemail,
                HasNobody = _hasNobody,
                TransferringBy = _transferringBy,
                QueueGivenUpAt = _givenUpAt,
                Asker = _asker?.Id,
                AskedAt = _asker?.AskedAt,
                Leaver = _leaver?.Id,
                MissedFrom = _missedFrom,
                IsCommanded = _isCommanded,
                HearsHangups = hearsHangups,
            },
        };
    }

    /// <summary>A call that was live when the tracker stopped.</summary>
    public static LiveCall From(Call call, NumberPlan numbers)
    {
        var live = new LiveCall(call.Key, call.StartedAt, numbers)
        {
            _direction = call.Direction,
            _client = call.Client,
            _did = call.Did,
            _dialled = call.Dialled,
            _placedBy = call.PlacedBy,
            _answeredAt = call.AnsweredAt,
            _answeredBy = call.AnsweredBy,
            _answeredExternal = call.AnsweredExternal,
            _lastAgent = call.LastAgent,
            _uncertain = call.Uncertain,
            _revision = call.Revision,
            _hasVoicemail = call.Memory?.HasVoicemail ?? false,
            _hasNobody = call.Memory?.HasNobody ?? false,
            _transferringBy = call.Memory?.TransferringBy,
            _givenUpAt = call.Memory?.QueueGivenUpAt,
            _missedFrom = call.Memory?.MissedFrom,
            _isCommanded = call.Memory?.IsCommanded ?? false,
        };
        live.Names.AddRange(call.Memory?.OtherNames ?? []);
        live._visits.AddRange(call.QueueVisits);
        live._offers.AddRange(call.Offers);
        live._talks.AddRange(call.Talks);
        live._holds.AddRange(call.Holds);
        live._transfers.AddRange(call.Transfers);
        live._recordings.AddRange(call.Recordings);
        live._legs.AddRange(call.Legs.Select(leg => LiveLeg.From(leg, live)));
        live.Relate(call);
        return live;
    }

    /// <summary>
    /// A snapshot does not say who called whom. When the calling leg is known it was that one; otherwise a command made the first
    /// leg, and that one called the others.
    /// </summary>
    public void GuessDiallers()
    {
        var caller = _legs.Find(leg => leg.IsParty && leg.Origin == LegOrigin.Calling) ?? _legs.Where(leg => leg.IsParty).MinBy(leg => leg.StartedAt);
        if (caller is null)
            return;
        foreach (var leg in _legs.Where(leg => leg.IsParty && leg.IsOriginated && !leg.IsDialled && leg != caller).ToList())
        {
            leg.GuessDialler(caller);
            Attempt(leg, leg.Number, leg.StartedAt);
            if (leg.UpAt is { } upAt)
                Conclude(leg, OfferResult.Answered, upAt);
        }
    }

    public void BeginAt(DateTimeOffset at)
    {
        if (at < _startedAt)
            _startedAt = at;
    }

    private void Relate(Call call)
    {
        var byId = _legs.ToDictionary(leg => leg.Id);
        foreach (var leg in call.Legs)
        {
            if (leg.DialledBy is { } dialler && byId.TryGetValue(dialler, out var by))
                byId[leg.Id].Restore(by);
            if (leg.Pair is not null && _legs.Find(other => other.PairName == leg.Pair && other.Id != leg.Id) is { } half)
                byId[leg.Id].Pair(half);
        }
        _asker = call.Memory?.Asker is { } asker ? byId.GetValueOrDefault(asker) : null;
        _asker?.AskedAt = call.Memory?.AskedAt;
        _leaver = call.Memory?.Leaver is { } leaver ? byId.GetValueOrDefault(leaver) : null;
        _clientLeg = _direction switch
        {
            CallDirection.Inbound => _legs.Find(leg => leg.Kind == PartyKind.Trunk && leg.Origin == LegOrigin.Calling),
            CallDirection.Outbound => _legs.FindLast(leg => leg.Kind == PartyKind.Trunk && leg.Origin == LegOrigin.Called && leg.UpAt is not null)
                ?? _legs.FindLast(leg => leg.Kind == PartyKind.Trunk && leg.Origin == LegOrigin.Called),
            CallDirection.Internal => null,
        };
        _placedByLeg = _placedBy is null ? null : _legs.Find(leg => leg.Kind == PartyKind.Extension && leg.Endpoint == _placedBy);
    }

    private void Close(DateTimeOffset at, bool legsLive = false)
    {
        for (var i = 0; i < _talks.Count; i++)
        {
            if (_talks[i].EndedAt is null)
                _talks[i] = Ended(_talks[i], at);
        }
        for (var i = 0; i < _holds.Count && !legsLive; i++)
        {
            if (_holds[i].EndedAt is null)
                _holds[i] = _holds[i] with { EndedAt = Latest(_holds[i].StartedAt, at) };
        }
        for (var i = 0; i < _offers.Count && !legsLive; i++)
        {
            if (_offers[i].Result is null)
                _offers[i] = _offers[i] with { Result = OfferResult.Withdrawn, EndedAt = Latest(_offers[i].OfferedAt, at) };
        }
    }

    private void Take(LiveCall part)
    {
        _legs.AddRange(part._legs);
        Names.AddRange(part.Names);
        // Whoever placed the other call asked these extensions in: the consultation of an attended transfer.
        _offers.AddRange(part._offers.Select(offer => offer with { TransferredBy = offer.TransferredBy ?? part._placedBy }));
        _talks.AddRange(part._talks.Select(talk => talk with { Kind = TalkKind.Consult }));
        _holds.AddRange(part._holds);
        _transfers.AddRange(part._transfers);
        _recordings.AddRange(part._recordings);
        _visits.AddRange(part._visits);
        BecomeActive();
        Change();
    }

    // The phone that took the call: for an outbound call the client's.
    private LiveLeg? RingingAnswer()
    {
        if (_answeredAt is null)
            return null;
        if (_direction == CallDirection.Outbound)
            return _clientLeg;
        var first = _talks.Find(talk => talk.Kind != TalkKind.Consult);
        return first is null ? null : _legs.Find(leg => leg.Id == first.LegId);
    }
}
