using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Desk;

public sealed class DeskBoardTests
{
    static readonly DateTimeOffset start = new(2026, 3, 10, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_late_older_revision_changes_nothing()
    {
        var board = Board();
        board.Put(Card(1, revision: 5, DeskCardState.Talking));

        board.Put(Card(1, revision: 4, DeskCardState.Ringing));

        Assert.That(board.Current?.State, Is.EqualTo(DeskCardState.Talking));
    }

    [Test]
    public void A_whole_state_replaces_everything()
    {
        var board = Board();
        board.Put(Card(1, revision: 5, DeskCardState.Talking));

        board.Replace(new DeskState { Cards = [Card(2, revision: 1, DeskCardState.Ringing)], Extensions = ["101"], ServerTime = start });

        Assert.That(board.Cards.Select(card => card.CallId), Is.EqualTo(new[] { 2L }));
        Assert.That(board.Extensions, Is.EqualTo(new[] { "101" }));
    }

    [Test]
    public void Wishes_to_call_are_what_the_server_said_last()
    {
        var board = Board();
        board.Replace(new DeskState { Cards = [], Dials = [Dial(1)], ServerTime = start });

        board.HearDials([Dial(2), Dial(3)]);
        board.RemoveDial(3);

        Assert.That(board.Dials.Select(dial => dial.Id), Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void The_talk_comes_before_what_rings_and_that_before_what_is_to_be_finished()
    {
        var board = Board();
        board.Put(Card(1, revision: 1, DeskCardState.WrapUp));
        board.Put(Card(2, revision: 1, DeskCardState.Withdrawn));
        board.Put(Card(3, revision: 1, DeskCardState.Ringing));
        board.Put(Card(4, revision: 1, DeskCardState.Talking));

        Assert.That(board.Cards.Select(card => card.CallId), Is.EqualTo(new[] { 4L, 3, 1, 2 }));
        Assert.That(board.Current?.CallId, Is.EqualTo(4));
    }

    [Test]
    public void A_withdrawn_card_says_why_for_a_moment_and_leaves()
    {
        var time = new FakeTimeProvider(start);
        var board = Board(time);
        board.Put(Card(1, revision: 1, DeskCardState.Ringing));
        board.Put(Card(1, revision: 2, DeskCardState.Withdrawn));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(board.Cards, Has.Count.EqualTo(1));

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(board.Cards, Is.Empty);
    }

    [Test]
    public void A_call_that_comes_back_after_it_was_withdrawn_stays()
    {
        var time = new FakeTimeProvider(start);
        var board = Board(time);
        board.Put(Card(1, revision: 2, DeskCardState.Withdrawn));
        board.Put(Card(1, revision: 3, DeskCardState.Ringing));

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(board.Current?.State, Is.EqualTo(DeskCardState.Ringing));
    }

    [Test]
    public void Timers_follow_the_servers_clock_not_the_browsers()
    {
        var time = new FakeTimeProvider(start.AddMinutes(-7));
        using var clock = new ServerClock(time);
        var board = new DeskBoard(clock, time);

        board.Replace(new DeskState { Cards = [], ServerTime = start });
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(clock.Now, Is.EqualTo(start.AddSeconds(10)));
    }

    static DeskBoard Board(FakeTimeProvider? time = null)
    {
        var clock = time ?? new FakeTimeProvider(start);
        return new(new ServerClock(clock), clock);
    }

    static DialItem Dial(long id) => new() { Id = id, Number = "+79161234567", NumberDisplay = "+7 916 123-45-67", Pbx = "office", Extension = "101", AskedAt = start };

    static DeskCard Card(long callId, long revision, DeskCardState state) => new()
    {
        CallId = callId,
        Revision = revision,
        State = state,
        Kind = PopKind.Known,
        Direction = "inbound",
        StartedAt = start,
    };
}
