using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Pbx;

/// <summary>The PBX's diary fills in what was not heard, and changes nothing that was.</summary>
sealed class PbxDiaryTests(Engine engine) : StoreTests(engine)
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly Access Manager = new(1, Roles.Manager);

    readonly FakeTimeProvider clock = new(Noon);
    Quarantine quarantine = null!;
    PbxGapStore gaps = null!;
    RelayedLines relayed = null!;
    PbxDiary diary = null!;
    PbxLink link = null!;

    [SetUp]
    public async Task OpenDiary()
    {
        quarantine = new(new(Database, Test.Ids), clock, NullLogger<Quarantine>.Instance);
        gaps = new(Database, Test.Ids, clock);
        relayed = new(Database, Test.Ids, clock);
        var ingests = new CallIngests(new(Database, Test.Ids), quarantine, [], clock, NullLogger<CallIngest>.Instance);
        diary = new(new(Database), gaps, ingests, quarantine, clock, NullLogger<PbxDiary>.Instance);
        var links = new PbxLinkStore(Database, Test.Ids);
        await links.Add(new() { Name = "pbx", Host = "127.0.0.1", Port = 5038, Region = "RU", Trunks = ["trunk"], IsEnabled = true }, default);
        link = (await links.List(default)).Single();
    }

    [TearDown]
    public void CloseDiary() => quarantine?.Dispose();

    [Test]
    public async Task A_call_that_nobody_heard_is_added_once_with_its_client_and_its_end()
    {
        await Written(Abandoned("1.1", Noon));
        await Compare();
        await Written(Abandoned("1.1", Noon));
        await Compare();

        var call = (await Calls()).Single();
        Assert.That((call.ExternalId, call.Result, call.Reason, call.Client, call.Found), Is.EqualTo(("1.1", "missed", "caller_abandoned", "+79161234567", "added")));
        Assert.That((call.StartedAt, call.EndedAt, call.ClientId), Is.EqualTo((Noon, (DateTimeOffset?)Noon.AddSeconds(8), call.ClientId)));
        Assert.That(call.ClientId, Is.Not.Null);
        Assert.That(await Completeness(), Is.EqualTo(new CallCompleteness { Calls = 1, Added = 1 }));
    }

    [Test]
    public async Task A_call_that_was_heard_stays_as_it_was_heard()
    {
        await Heard(new() { Key = new("pbx", "1.1"), Revision = 7, Direction = CallDirection.Inbound, StartedAt = Noon, EndedAt = Noon.AddSeconds(9), Result = CallResult.Voicemail });
        await Written(Abandoned("1.1", Noon));
        await Compare();

        var call = (await Calls()).Single();
        Assert.That((call.Result, call.EndedAt, call.Found), Is.EqualTo(("voicemail", (DateTimeOffset?)Noon.AddSeconds(9), (string?)null)));
        Assert.That(await Completeness(), Is.EqualTo(new CallCompleteness { Calls = 1 }));
    }

    [Test]
    public async Task A_call_of_which_a_part_was_heard_is_completed_and_keeps_what_only_listening_tells()
    {
        await Heard(new()
        {
            Key = new("pbx", "1.1"),
            Revision = 7,
            Direction = CallDirection.Inbound,
            StartedAt = Noon,
            EndedAt = Noon.AddSeconds(60),
            Result = CallResult.Missed,
            Uncertain = CallUncertainty.EndedUnseen,
            Recordings = [new("1.1", "a.raw", Noon)],
            Holds = [new("101", Noon.AddSeconds(2)) { LegId = "1.2", EndedAt = Noon.AddSeconds(3) }],
        });
        await Written(Abandoned("1.1", Noon));
        await Compare();

        var call = (await Calls()).Single();
        Assert.That((call.EndedAt, call.Uncertain, call.Found), Is.EqualTo(((DateTimeOffset?)Noon.AddSeconds(8), (string?)null, "completed")));
        Assert.That(await Scalar<string>("SELECT file_name FROM call_recording"), Is.EqualTo("a.raw"));
        Assert.That(await Scalar<string>("SELECT held_by FROM call_hold"), Is.EqualTo("101"));
    }

    [Test]
    public async Task A_call_that_still_goes_on_here_is_left_to_those_who_listen_but_not_for_ever()
    {
        await Heard(new() { Key = new("pbx", "1.1"), Revision = 7, Direction = CallDirection.Inbound, StartedAt = Noon });
        await Written(Abandoned("1.1", Noon));
        await Compare();
        Assert.That((await Calls()).Single().EndedAt, Is.Null);

        clock.Advance(TimeSpan.FromMinutes(11));
        await Compare();

        Assert.That((await Calls()).Single().EndedAt, Is.EqualTo(Noon.AddSeconds(8)));
    }

    [Test]
    public async Task A_call_is_told_when_it_is_whole_and_those_who_listen_have_had_their_time()
    {
        var lines = Abandoned("1.1", Noon);
        await Written(lines[..4]);
        await Compare();
        Assert.That(await Calls(), Is.Empty, "half of it is not written yet");

        await Written(lines[4..]);
        await diary.Compare(link, null, default);
        Assert.That(await Calls(), Is.Empty, "it may be on its way");

        await Compare();
        Assert.That((await Calls()).Single().Result, Is.EqualTo("missed"));
    }

    [Test]
    public async Task Lines_that_come_the_wrong_way_round_are_told_by_the_time_at_which_they_were_written()
    {
        var lines = Abandoned("1.1", Noon);
        await Written(lines[4..]);
        await Written(lines[..4]);
        await Compare();

        Assert.That((await Calls()).Single().Result, Is.EqualTo("missed"));
    }

    [Test]
    public async Task A_call_whose_end_was_never_written_ends_with_its_last_line()
    {
        await Written(Abandoned("1.1", Noon)[..2]);
        clock.Advance(TimeSpan.FromHours(13));
        await Compare();

        var call = (await Calls()).Single();
        Assert.That((call.EndedAt is not null, call.Uncertain), Is.EqualTo((true, "pbx_stopped")));
    }

    [Test]
    public async Task A_line_that_nobody_can_read_costs_only_itself()
    {
        await Written(["rubbish", .. Abandoned("1.1", Noon)]);
        await Compare();

        Assert.That(await Calls(), Has.Count.EqualTo(1));
        Assert.That(await Scalar<string>("SELECT error FROM inbox WHERE body = 'rubbish'"), Does.Contain("12 columns"));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM inbox WHERE processed_at IS NULL"), Is.Zero);
    }

    [Test]
    public async Task A_gap_is_from_the_last_word_heard_to_the_moment_when_all_is_known_again()
    {
        Assert.That(await gaps.Hear([(link, Noon)], default), Is.False, "the first time leaves no gap");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await gaps.Hear([(link, Noon)], default), Is.False, "the line has been up all the time");
        clock.Advance(TimeSpan.FromMinutes(7));

        Assert.That(await gaps.Hear([(link, Noon.AddMinutes(7))], default), Is.True);

        var gap = (await Gaps()).Single();
        Assert.That((gap.Pbx, gap.BeganAt, gap.EndedAt, gap.FilledAt, gap.HasDiary), Is.EqualTo(("pbx", Noon.AddMinutes(1), Noon.AddMinutes(7), (DateTimeOffset?)null, false)));
    }

    [Test]
    public async Task A_gap_is_filled_when_the_diary_has_come_in_whole_and_every_call_of_its_time_is_told()
    {
        await gaps.Hear([(link, Noon)], default);
        clock.Advance(TimeSpan.FromMinutes(5));
        await gaps.Hear([(link, Noon.AddMinutes(5))], default);
        var lines = Abandoned("1.1", Noon.AddMinutes(2));
        await Written(lines[..4]);

        await gaps.Written("pbx", Noon.AddMinutes(4), default);
        await Compare();
        Assert.That((await Gaps()).Single().FilledAt, Is.Null, "a minute of it has not come");
        await gaps.Written("pbx", Noon.AddMinutes(6), default);
        await Compare();
        Assert.That((await Gaps()).Single().FilledAt, Is.Null, "a call of its time is not told");
        await Written(lines[4..]);
        await Compare();

        var gap = (await Gaps()).Single();
        Assert.That((gap.FilledAt, gap.HasDiary, gap.Calls), Is.EqualTo(((DateTimeOffset?)clock.GetUtcNow(), true, 1)));
    }

    [Test]
    public async Task At_night_a_call_that_is_in_the_books_and_not_here_is_told_again()
    {
        await Written(Abandoned("1.1", Noon));
        await Execute("UPDATE inbox SET processed_at = received_at");
        await Execute("INSERT INTO call_diary (source, external_id, started_at, found) VALUES ('pbx', '1.1', @Noon, 'heard')", new { Noon });
        Assert.That((await Completeness()).Percent, Is.Zero);

        await diary.Recheck("pbx", default);
        await Compare();

        Assert.That((await Calls()).Single().ExternalId, Is.EqualTo("1.1"));
        Assert.That((await Completeness()).Percent, Is.EqualTo(100));
    }

    [Test]
    public async Task Lines_that_were_compared_are_forgotten_after_a_fortnight_and_others_are_not()
    {
        await Written(Abandoned("1.1", Noon));
        await Compare();
        await Written(Abandoned("1.2", Noon)[..2]);
        clock.Advance(TimeSpan.FromDays(15));

        await diary.Recheck("pbx", default);

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM inbox"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_clock_of_a_pbx_that_is_ahead_says_no_more_than_now()
    {
        await gaps.Hear([(link, Noon)], default);
        await gaps.Hear([(link, Noon.AddMinutes(5))], default);
        await gaps.Written("pbx", Noon.AddYears(3), default);

        Assert.That((await gaps.ToFill(default))["pbx"], Is.EqualTo(Noon));
    }

    /// <summary>A client rings 101 and gives up after eight seconds.</summary>
    static string[] Abandoned(string id, DateTimeOffset at)
    {
        var phone = id + "01";
        return
        [
            Line("CHAN_START", 0, "PJSIP/trunk-1", id, "79161234567", "74951234501"),
            Line("CHAN_START", 0.01, "PJSIP/101-2", phone, "101", "s"),
            Line("HANGUP", 8, "PJSIP/101-2", phone, "101", "74951234501", "AppDial", """{"hangupcause":127,"hangupsource":"","dialstatus":""}"""),
            Line("CHAN_END", 8, "PJSIP/101-2", phone, "101", "74951234501", "AppDial"),
            Line("HANGUP", 8, "PJSIP/trunk-1", id, "79161234567", "74951234501", "", """{"hangupcause":127,"hangupsource":"PJSIP/trunk-1","dialstatus":"CANCEL"}"""),
            Line("CHAN_END", 8, "PJSIP/trunk-1", id, "79161234567", "74951234501"),
            Line("LINKEDID_END", 8, "PJSIP/trunk-1", id, "79161234567", "74951234501"),
        ];

        string Line(string what, double second, string channel, string leg, string number, string extension, string application = "", string extra = "") =>
            string.Join(',', new[]
            {
                what, ((at.AddSeconds(second) - DateTimeOffset.UnixEpoch).TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture), number, extension, "from-trunk",
                channel, application, "", leg, id, "", extra,
            }.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    Task Written(string[] lines) => relayed.Keep(RelayedLines.Cel, "pbx", lines, default);

    /// <summary>When those who listen have had their time.</summary>
    async Task Compare()
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        await diary.Compare(link, (await gaps.ToFill(default)).TryGetValue("pbx", out var until) ? until : null, default);
    }

    Task Heard(Call call) => new CallStore(Database, Test.Ids).Save([new(call)], default);

    async Task<IReadOnlyList<CallItem>> Calls() => (await new CallList(Database).Page(Manager, new(), Cursor.Start, 10, default)).Items;

    async Task<IReadOnlyList<GapItem>> Gaps() => await gaps.Recent(Noon, default);

    Task<CallCompleteness> Completeness() => new CallDiary(Database).Completeness(Noon.AddDays(-1), Noon.AddDays(1), default);
}
