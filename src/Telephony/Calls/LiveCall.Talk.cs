namespace ContactCenterCrm.Telephony.Calls;

/// <summary>Who speaks with whom: talk, hold, transfer, and who ended it.</summary>
internal sealed partial class LiveCall
{
    /// <summary>Legs that change bridges (the PBX removes a local pair from between them) are apart for milliseconds. Nobody hears that.</summary>
    private static readonly TimeSpan UnheardGap = TimeSpan.FromMilliseconds(500);

    private readonly List<TalkSegment> _talks = [];
    private readonly List<Hold> _holds = [];
    private readonly List<Transfer> _transfers = [];
    private DateTimeOffset? _missedFrom;
    private DateTimeOffset? _answeredAt;
    private string? _answeredBy;
    private string? _answeredExternal;
    private string? _lastAgent;

    // Blind transfer on its way: whoever is called for the transferee now is called because of this extension.
    private string? _transferringBy;

    // The party that hung up, or without such news the party that was gone first; forgotten when the call goes on.
    private LiveLeg? _asker;
    private LiveLeg? _leaver;
    private bool _isCommanded;

    public bool HasAsker => _asker is not null;

    /// <summary>Compares who can hear whom with the open talks. Call it after every change of bridges.</summary>
    /// <param name="isUnseen">The change happened some time before <paramref name="at"/>, unseen.</param>
    public void Hear(DateTimeOffset at, bool isUnseen = false)
    {
        var talking = Talking();
        for (var i = 0; i < _talks.Count; i++)
        {
            var talk = _talks[i];
            if (talk.EndedAt is not null || talking.Exists(now => now.Leg.Id == talk.LegId && now.Kind == talk.Kind))
                continue;
            _talks[i] = Ended(talk, at);
            Change();
        }
        foreach (var (leg, kind) in talking)
        {
            if (!_talks.Exists(talk => talk.EndedAt is null && talk.LegId == leg.Id))
                OpenTalk(leg, kind, at, isUnseen);
        }
        if (_talks.FindLast(talk => talk.Kind != TalkKind.Consult && talk.EndedAt is null) is { } last)
            _lastAgent = last.Extension;
    }

    /// <summary>Nobody listened from this moment on, until the snapshot.</summary>
    public void MissFrom(DateTimeOffset? at) => _missedFrom ??= at;

    /// <summary>The party at this leg hung up. A refusal to take a call is none: that leg was never up.</summary>
    public void Ask(LiveLeg leg, DateTimeOffset at)
    {
        if (_asker is not null || !leg.IsParty || (leg.UpAt is null && leg.Origin != LegOrigin.Calling))
            return;
        _asker = leg;
        leg.AskedAt = at;
        Change();
    }

    /// <summary>A command ended a leg of this call.</summary>
    public void Command()
    {
        _isCommanded = true;
        Change();
    }

    public void Leave(LiveLeg leg)
    {
        if (_leaver is null && leg.IsParty && _talks.Exists(talk => talk.EndedAt is null))
            _leaver = leg;
    }

    public void Hold(LiveLeg leg, DateTimeOffset at)
    {
        if (!leg.IsParty || _holds.Exists(hold => hold.LegId == leg.Id && hold.EndedAt is null))
            return;
        _holds.Add(new Hold(leg.Kind == PartyKind.Extension ? leg.Endpoint : "customer", at) { LegId = leg.Id });
        Change();
    }

    public void EndHolds(LiveLeg leg, DateTimeOffset at)
    {
        var index = _holds.FindIndex(hold => hold.LegId == leg.Id && hold.EndedAt is null);
        if (index < 0)
            return;
        _holds[index] = _holds[index] with { EndedAt = at };
        Change();
    }

    public void TransferBlind(LiveLeg transferer, string to, DateTimeOffset at)
    {
        var by = PartyName(transferer);
        if (_transfers.Exists(transfer => transfer.By == by && transfer.To == to && transfer.At == at))
            return;
        _transfers.Add(new Transfer(TransferType.Blind, by, to, at));
        _transferringBy = by;
        EndHolds(transferer, at);
        Change();
    }

    public void TransferAttended(LiveLeg transferer, LiveLeg? secondTransferer, LiveLeg target, DateTimeOffset at)
    {
        var by = PartyName(transferer);
        if (_transfers.Exists(transfer => transfer.By == by && transfer.At == at))
            return;
        var party = PartyBehind(target);
        var to = party?.Kind == PartyKind.Extension ? party.Endpoint
            : target.Kind == PartyKind.Local ? target.Endpoint
            : secondTransferer?.Dialled ?? party?.Number ?? target.Endpoint;
        _transfers.Add(new Transfer(TransferType.Attended, by, to, at)
        {
            Answered = party is not null && _talks.Exists(talk => talk.LegId == party.Id && talk.EndedAt is null && talk.Kind != TalkKind.Consult),
        });
        EndHolds(transferer, at);
        Change();
    }

    /// <summary>The PBX's accounting knows what nobody saw: how long it was between the answer and the end, in whole seconds.</summary>
    public void Account(LiveLeg leg, int talkSeconds, DateTimeOffset at)
    {
        var isCallers = leg == _clientLeg || leg == _placedByLeg;
        var index = _talks.FindIndex(talk => talk.Kind != TalkKind.Consult);
        if (!isCallers || index < 0 || _answeredAt is not { } latest || _uncertain is not (CallUncertainty.AnsweredUnseen or CallUncertainty.BegunUnseen))
            return;
        // Half a second back: the seconds were rounded down, so this is wrong by half a second at most.
        var answeredAt = (leg.EndedAt ?? at).AddSeconds(-talkSeconds - 0.5);
        answeredAt = Latest(answeredAt, Latest(_missedFrom ?? _startedAt, _startedAt));
        if (answeredAt >= latest)
            return;
        _answeredAt = answeredAt;
        _talks[index] = _talks[index] with { StartedAt = answeredAt };
        // Whoever was found up by the snapshot has been up since then at the latest.
        foreach (var party in _legs.Where(party => party.IsParty && party.UpAt > answeredAt && party.UpAt <= latest))
            party.UpAt = answeredAt;
        Change();
    }

    private List<(LiveLeg Leg, TalkKind Kind)> Talking()
    {
        var talking = new List<(LiveLeg, TalkKind)>();
        var visited = new HashSet<LiveLeg>();
        foreach (var leg in _legs)
        {
            if (!leg.IsParty || leg.Bridge is null || visited.Contains(leg))
                continue;
            var people = Rooms.Around(leg).Where(other => other.IsParty).ToList();
            visited.UnionWith(people);
            if (people.Count > 1)
                talking.AddRange(TalksIn(people));
        }
        return talking;
    }

    private IEnumerable<(LiveLeg, TalkKind)> TalksIn(List<LiveLeg> people)
    {
        var kind = people.Count > 2 ? TalkKind.Conference : TalkKind.Main;
        if (_clientLeg is { } client)
        {
            return people.Contains(client)
                ? people.Where(other => other != client).Select(other => (other, kind))
                : people.Where(other => other.Kind == PartyKind.Extension && other.Call == this).Select(other => (other, TalkKind.Consult));
        }
        var caller = people.Find(leg => leg == _placedByLeg) ?? people.Find(leg => leg.Call == this);
        return people.Where(other => other != caller).Select(other => (other, kind));
    }

    private void OpenTalk(LiveLeg leg, TalkKind kind, DateTimeOffset at, bool isUnseen)
    {
        var last = _talks.FindLastIndex(talk => talk.LegId == leg.Id);
        if (last >= 0 && _talks[last].Kind == kind && at - _talks[last].EndedAt < UnheardGap)
        {
            _talks[last] = _talks[last] with { EndedAt = null };
            Change();
            return;
        }
        _talks.Add(new TalkSegment(leg.Kind == PartyKind.Extension ? leg.Endpoint : null, at)
        {
            ExternalNumber = leg.Kind == PartyKind.Extension ? null : leg.Number,
            Kind = kind,
            LegId = leg.Id,
        });
        if (kind != TalkKind.Consult)
            BecomeAnswered(leg, at, isUnseen);
        Change();
    }

    private void BecomeAnswered(LiveLeg leg, DateTimeOffset at, bool isUnseen)
    {
        BecomeActive();
        if (_answeredAt is null && isUnseen)
            _uncertain ??= CallUncertainty.AnsweredUnseen;
        if (_answeredAt is null && leg.Kind == PartyKind.Trunk)
            _answeredExternal = leg.Number;
        _answeredAt ??= at;
        if (leg.Kind == PartyKind.Extension && _direction != CallDirection.Outbound)
            _answeredBy ??= leg.Endpoint;
        if (leg.IsAttempt && leg.Result != OfferResult.Answered)
            Conclude(leg, OfferResult.Answered, at);
        AnswerVisit(leg, at);
        CompleteTransfer(leg);
    }

    private void CompleteTransfer(LiveLeg leg)
    {
        var last = _transfers.Count - 1;
        if (last < 0 || _transfers[last].Answered || _transfers[last].By == PartyName(leg))
            return;
        _transfers[last] = _transfers[last] with { Answered = true };
        _transferringBy = null;
    }

    /// <summary>The call goes on: whoever hung up before did not end it.</summary>
    private void BecomeActive()
    {
        _asker = null;
        _leaver = null;
        _isCommanded = false;
        DecideVisits(isOver: false);
    }

    // Whoever made this extension ring: the one who transferred the call to it, or who consults with it.
    private string? TransfererOf(LiveLeg leg)
    {
        var root = leg.Root();
        if (root == _clientLeg)
            return _transferringBy;
        if (root.Kind == PartyKind.Extension)
            return root == _placedByLeg && _direction == CallDirection.Internal ? null : root.Endpoint;
        return Rooms.Around(root).FirstOrDefault(other => other.Kind == PartyKind.Extension)?.Endpoint;
    }

    private static LiveLeg? PartyBehind(LiveLeg leg)
    {
        if (leg.IsParty)
            return leg;
        if (leg.Other is not { } other)
            return null;
        return Rooms.Around(other).FirstOrDefault(party => party.IsParty && party.Root() == leg)
            ?? leg.Call.Legs.FirstOrDefault(party => party.IsAttempt && party.IsLive && party.Root() == leg);
    }

    private static string PartyName(LiveLeg leg) => leg.Kind == PartyKind.Extension ? leg.Endpoint : leg.Number ?? leg.Endpoint;

    private static TalkSegment Ended(TalkSegment talk, DateTimeOffset at) => talk with { EndedAt = Latest(talk.StartedAt, at) };

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
