namespace ContactCenterCrm.Telephony.Calls;

/// <summary>Where the caller waits: queues, voicemail, menus.</summary>
internal sealed partial class LiveCall
{
    public const int NoVisit = -1;

    /// <summary>
    /// A source that reports no hang-ups gives a queue up in the same words for "hung up" and "waited too long"; then an end within
    /// this time was a hang-up. Seen: 8 to 33 ms.
    /// </summary>
    private static readonly TimeSpan AbandonedWithin = TimeSpan.FromSeconds(1);

    private readonly List<QueueVisit> _visits = [];
    private DateTimeOffset? _givenUpAt;
    private bool _hasVoicemail;
    private bool _hasNobody;

    private int OpenVisit => _visits.Count > 0 && _visits[^1].LeftAt is null ? _visits.Count - 1 : NoVisit;

    public void EnterQueue(string queue, DateTimeOffset at)
    {
        if (OpenVisit >= 0 && _visits[OpenVisit].Queue == queue)
            return;
        BecomeActive();
        LeaveQueue(at);
        DecideVisits(isOver: false);
        // Whatever was missed: he is not there any more.
        if (_visits.Count > 0 && _visits[^1].Exit is null)
            DecideLastVisit(QueueExit.Overflow);
        _visits.Add(new QueueVisit(queue, Latest(at, _startedAt)));
        Change();
    }

    public void LeaveQueue(DateTimeOffset at)
    {
        if (OpenVisit is >= 0 and var open)
            ChangeVisit(open, visit => visit with { LeftAt = Latest(at, visit.EnteredAt) });
    }

    public void AnswerQueue(string queue)
    {
        if (_visits.Count > 0 && _visits[^1] is { Exit: null } visit && visit.Queue == queue)
            ChangeVisit(_visits.Count - 1, last => last with { Exit = QueueExit.Answered });
    }

    /// <summary>Hung up, or waited too long: whoever asked to hang up did the first.</summary>
    public void GiveQueueUp(DateTimeOffset at, bool hearsHangups)
    {
        if (_visits.Count == 0 || _visits[^1].Exit is not null)
            return;
        _givenUpAt = at;
        LeaveQueue(at);
        if (hearsHangups)
            DecideLastVisit(HasAsker ? QueueExit.Abandoned : QueueExit.Timeout);
    }

    public void TellExit(QueueExit exit)
    {
        if (_visits.Count == 0)
        {
            _hasNobody |= exit == QueueExit.JoinEmpty;
            Change();
        }
        else if (_visits[^1].Exit is null or QueueExit.Timeout or QueueExit.Overflow && _visits[^1].Exit != exit)
            ChangeVisit(_visits.Count - 1, visit => visit with { Exit = exit });
    }

    public void LeaveVoicemail()
    {
        _hasVoicemail = true;
        DecideVisits(isOver: false);
        Change();
    }

    /// <summary>The dialplan wanted to call somebody who has no phone at all.</summary>
    public void FailDial()
    {
        _hasNobody = true;
        DecideVisits(isOver: false);
        Change();
    }

    private void AnswerVisit(LiveLeg leg, DateTimeOffset at)
    {
        if (_visits.Count == 0 || leg.Visit != _visits.Count - 1)
            return;
        LeaveQueue(at);
        var visit = _visits[^1];
        if (visit.Exit is null)
            DecideLastVisit(QueueExit.Answered);
        if (visit.FirstAgent is null && leg.Kind == PartyKind.Extension)
            ChangeVisit(_visits.Count - 1, last => last with { FirstAgent = leg.Endpoint });
    }

    // The caller went on (or is gone), and the source has not said why the queue let him go.
    private void DecideVisits(bool isOver)
    {
        if (_visits.Count == 0 || _visits[^1] is not { Exit: null, LeftAt: { } leftAt })
            return;
        if (_givenUpAt is not { } givenUpAt || givenUpAt < _visits[^1].EnteredAt)
        {
            // He left without being given up: a key pressed, or taken by a member who never spoke with him.
            if (isOver || !_offers.Exists(offer => offer.Result == OfferResult.Answered && offer.Queue == _visits[^1].Queue))
                DecideLastVisit(isOver && HasAsker ? QueueExit.Abandoned : QueueExit.Overflow);
            return;
        }
        DecideLastVisit(isOver && (HasAsker || _endedAt - leftAt < AbandonedWithin) ? QueueExit.Abandoned : QueueExit.Timeout);
    }

    private void DecideLastVisit(QueueExit exit) => ChangeVisit(_visits.Count - 1, visit => visit with { Exit = exit });

    private void ChangeVisit(int index, Func<QueueVisit, QueueVisit> change)
    {
        _visits[index] = change(_visits[index]);
        Change();
    }
}
