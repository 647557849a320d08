using System.Security.Cryptography;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Recordings;

sealed class RecordingTests(Engine engine) : StoreTests(engine)
{
    static readonly Access Manager = new(1, Roles.Manager);
    static readonly Caller Admin = new(new(1, Roles.Admin), "person", null);

    RecordingStand stand = null!;

    [SetUp]
    public void Begin() => stand = new(Test);

    [TearDown]
    public void End() => stand?.Dispose();

    [Test]
    public async Task A_recorded_call_expects_its_sound_and_has_it_when_it_arrives()
    {
        var call = await stand.Save(RecordingStand.Recorded("1.1"));
        var expected = await One(call);
        var sound = Wav.Tone(2, 10_000, 5_000);
        var intake = await stand.Arrives("1.1", sound);
        var ready = await One(call);

        Assert.Multiple(() =>
        {
            Assert.That((expected.State, expected.MayPlay), Is.EqualTo(("expected", false)));
            Assert.That(intake.Result, Is.EqualTo(IntakeResult.Stored));
            Assert.That(intake.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(sound))));
            Assert.That((ready.Id, ready.State, ready.Channels, ready.DurationSeconds, ready.Bytes), Is.EqualTo((expected.Id, "ready", 2, 2.0, (long)sound.Length)));
            Assert.That(ready.MayPlay);
            Assert.That(ready.RecordedAt, Is.EqualTo(RecordingStand.Noon.AddSeconds(5)), "what the call says counts");
        });
    }

    [Test]
    public async Task The_same_upload_twice_is_one()
    {
        var call = await stand.Save(RecordingStand.Recorded("1.1"));
        var first = await stand.Arrives("1.1");
        var second = await stand.Arrives("1.1");

        Assert.That((first.Result, second.Result), Is.EqualTo((IntakeResult.Stored, IntakeResult.Known)));
        Assert.That(second.RecordingId, Is.EqualTo(first.RecordingId));
        Assert.That(await stand.Keys(), Has.Count.EqualTo(1));
        await One(call);
    }

    [Test]
    public async Task Two_uploads_at_once_are_one()
    {
        await stand.Save(RecordingStand.Recorded("1.1"));

        var intakes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stand.Arrives("1.1")));

        Assert.That(intakes.Count(intake => intake.Result == IntakeResult.Stored), Is.EqualTo(1));
        Assert.That(intakes.Count(intake => intake.Result == IntakeResult.Known), Is.EqualTo(7));
        Assert.That(await stand.Keys(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Other_sound_under_the_same_names_does_not_replace_the_first()
    {
        await stand.Save(RecordingStand.Recorded("1.1"));
        await stand.Arrives("1.1");
        var key = (await stand.Keys()).Single();

        Assert.That((await stand.Arrives("1.1", Wav.Tone(3, 1))).Result, Is.EqualTo(IntakeResult.Other));
        Assert.That(await stand.Keys(), Is.EqualTo(new[] { key }));
    }

    [Test]
    public async Task The_name_of_a_file_alone_binds_nothing()
    {
        const string file = "/monitor/same.raw";
        var one = await stand.Save(RecordingStand.Recorded("1.1", "101", file));
        var other = await stand.Save(RecordingStand.Recorded("2.1", "102", file));

        await stand.Intake.Take(RecordingStand.Arriving("2.1", file), new MemoryStream(Wav.Tone(1, 1)), default);

        Assert.That((await One(one)).State, Is.EqualTo("expected"));
        Assert.That((await One(other)).State, Is.EqualTo("ready"));
    }

    [Test]
    public async Task Sound_that_comes_before_its_call_waits_for_it()
    {
        var intake = await stand.Arrives("1.1");
        var unbound = await stand.List.Details(Manager, intake.RecordingId, default);
        var call = await stand.Save(RecordingStand.Recorded("1.1"));

        Assert.That(unbound!.Recording.CallId, Is.Null);
        Assert.That((await One(call)).Id, Is.EqualTo(intake.RecordingId));
        Assert.That((await One(call)).State, Is.EqualTo("ready"));
    }

    [Test]
    public async Task Sound_of_which_the_call_never_spoke_is_bound_by_its_leg()
    {
        // A message in a mailbox: AMI tells no file.
        var before = await stand.Intake.Take(RecordingStand.Arriving("1.1", "/vm/msg0000.wav") with { IsVoicemail = true }, new MemoryStream(Wav.Tone(1, 1)), default);
        var call = await stand.Save(RecordingStand.Missed("1.1") with { Result = CallResult.Voicemail, Recordings = [] });
        Assert.That(await stand.List.OfCall(Manager, call, default), Is.Empty);
        await stand.Missing.Run(default);
        var after = await stand.Intake.Take(RecordingStand.Arriving("1.1", "/vm/msg0001.wav") with { IsVoicemail = true }, new MemoryStream(Wav.Tone(1, 1)), default);

        var recordings = await stand.List.OfCall(Manager, call, default);
        Assert.That(recordings!.Select(recording => recording.Id), Is.EquivalentTo(new[] { before.RecordingId, after.RecordingId }));
        Assert.That(recordings!.All(recording => recording.IsVoicemail));
    }

    [Test]
    public async Task A_call_that_turns_out_to_be_a_part_of_another_takes_its_recordings_along()
    {
        var part = RecordingStand.Recorded("2.1");
        await stand.Save(part with { EndedAt = null });
        await stand.Arrives("2.1");
        var whole = RecordingStand.Recorded("1.1");
        var id = await stand.Save(part with { Revision = 2, MergedInto = whole.Key }, whole with { Recordings = [.. whole.Recordings, .. part.Recordings] });

        Assert.That((await stand.List.OfCall(Manager, id, default))!.Select(recording => recording.State), Is.EquivalentTo(new[] { "expected", "ready" }));
    }

    [Test]
    public async Task A_recording_that_does_not_come_in_time_is_missing_and_is_ready_when_it_comes_late()
    {
        var call = await stand.Save(RecordingStand.Recorded("1.1"));
        await stand.Missing.Run(default);
        var waiting = await One(call);
        stand.Clock.Advance(TimeSpan.FromMinutes(10));
        await stand.Missing.Run(default);
        var missing = await One(call);
        await stand.Arrives("1.1");
        var late = await One(call);

        Assert.That(waiting.State, Is.EqualTo("expected"));
        Assert.That((missing.State, missing.Why), Is.EqualTo(("missing", "no_file")));
        Assert.That((late.State, late.Why, late.MissingAt), Is.EqualTo(("ready", (string?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_call_that_goes_on_is_waited_for()
    {
        var call = await stand.Save(RecordingStand.Recorded("1.1") with { EndedAt = null });
        stand.Clock.Advance(TimeSpan.FromHours(5));
        await stand.Missing.Run(default);

        Assert.That((await One(call)).State, Is.EqualTo("expected"));
    }

    [Test]
    public async Task An_empty_file_of_a_call_that_nobody_took_is_no_fault()
    {
        var call = await stand.Save(RecordingStand.Missed("1.1"));
        var intake = await stand.Arrives("1.1", Wav.Tone(0, 1, 1));

        Assert.That(intake.Result, Is.EqualTo(IntakeResult.Empty));
        Assert.That(((await One(call)).State, (await One(call)).Why), Is.EqualTo(("missing", "no_talk")));
        Assert.That(await stand.Keys(), Is.Empty);
        Assert.That((await Lacking()), Is.Empty);
    }

    [Test]
    public async Task What_arrives_damaged_or_is_no_sound_leaves_nothing()
    {
        await stand.Save(RecordingStand.Recorded("1.1"));
        var arriving = RecordingStand.Arriving("1.1");
        var damaged = await stand.Intake.Take(arriving with { Sha256 = new string('0', 64) }, new MemoryStream(Wav.Tone(1, 1)), default);
        var page = await stand.Intake.Take(arriving, new MemoryStream("<html>Bad gateway</html>"u8.ToArray()), default);

        Assert.That((damaged.Result, page.Result), Is.EqualTo((IntakeResult.Damaged, IntakeResult.NotSound)));
        Assert.That(await stand.Keys(), Is.Empty);
    }

    [Test]
    public async Task Answered_calls_without_sound_are_listed_and_counted()
    {
        await stand.Save(RecordingStand.Recorded("ready"));
        await stand.Arrives("ready");
        await stand.Save(RecordingStand.Recorded("missing"));
        await stand.Save(RecordingStand.Answered("never-recorded"));
        await stand.Save(RecordingStand.Answered("inside") with { Direction = CallDirection.Internal, Client = null });
        await stand.Save(RecordingStand.Missed("missed"));
        stand.Clock.Advance(TimeSpan.FromMinutes(10));
        await stand.Missing.Run(default);
        await stand.Save(RecordingStand.Recorded("on-its-way"));

        var coverage = await stand.List.Coverage(Manager, RecordingStand.Noon, RecordingStand.Noon.AddDays(1), default);

        Assert.That(await Lacking(), Is.EquivalentTo(new[] { "missing", "never-recorded" }));
        Assert.That((coverage.Answered, coverage.WithoutAudio, coverage.Expected), Is.EqualTo((4, 2, 1)));
        Assert.That((await Page(new())).Select(row => row.Call.ExternalId), Is.EquivalentTo(new[] { "ready", "missing", "on-its-way" }));
    }

    [Test]
    public async Task The_list_of_recorded_calls_goes_on_page_by_page_and_by_filters()
    {
        foreach (var i in Enumerable.Range(1, 5))
            await stand.Save(RecordingStand.Recorded($"{i}") with { StartedAt = RecordingStand.Noon.AddMinutes(i), Did = $"+7495000000{i % 2}" });

        var first = await stand.List.Page(Manager, new(), Cursor.Start, 3, default);
        Assert.That(Cursor.TryParse(first.Next, out var next));
        var second = await stand.List.Page(Manager, new(), next, 3, default);

        Assert.That(first.Items.Concat(second.Items).Select(row => row.Call.ExternalId), Is.EqualTo(new[] { "5", "4", "3", "2", "1" }));
        Assert.That(second.Next, Is.Null);
        Assert.That((await Page(new() { Did = "+74950000000" })).Select(row => row.Call.ExternalId), Is.EqualTo(new[] { "4", "2" }));
        Assert.That(await Page(new() { Direction = "outbound" }), Is.Empty);
        Assert.That(await Page(new() { From = RecordingStand.Noon.AddMinutes(2), To = RecordingStand.Noon.AddMinutes(4) }), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Peaks_tell_client_and_agent_apart_by_the_leg_that_was_recorded()
    {
        await stand.Save(RecordingStand.Recorded("in"));
        var inbound = await stand.Arrives("in", Wav.Tone(1, 16_384, 4_096));
        // An agent's own call is recorded on the agent's leg.
        var call = RecordingStand.Recorded("out");
        await stand.Save(call with { Direction = CallDirection.Outbound, Legs = [new("out", PartyKind.Extension, "101", call.StartedAt)] });
        var outbound = await stand.Arrives("out", Wav.Tone(1, 16_384, 4_096));
        await stand.Save(RecordingStand.Recorded("mono"));
        var mono = await stand.Arrives("mono", Wav.Tone(1, 16_384));

        Assert.That(Sides(await stand.List.Peaks(Manager, inbound.RecordingId, default)), Is.EqualTo("client 128, agent 32"));
        Assert.That(Sides(await stand.List.Peaks(Manager, outbound.RecordingId, default)), Is.EqualTo("agent 128, client 32"));
        Assert.That(Sides(await stand.List.Peaks(Manager, mono.RecordingId, default)), Is.EqualTo("mixed 128"));
    }

    [Test]
    public async Task A_rule_tells_what_it_would_delete_deletes_that_and_writes_it_down()
    {
        var call = await stand.Save(RecordingStand.Recorded("1.1"));
        var old = await stand.Arrives("1.1");
        stand.Clock.Advance(TimeSpan.FromDays(31));
        var laterCall = RecordingStand.Recorded("2.1");
        var later = await stand.Save(laterCall with { Recordings = [new("2.1", RecordingStand.FileOf("2.1"), stand.Clock.GetUtcNow())] });
        await stand.Arrives("2.1");

        var preview = await stand.Retention.Preview(30, default);
        var withoutRule = await stand.Retention.Run(default);
        await stand.Rules.SetPolicy(Admin, new() { KeepDays = 30, MissingAfterMinutes = 10 }, default);
        var deleted = await stand.Retention.Run(default);
        var again = await stand.Retention.Run(default);

        var gone = await One(call);
        var journal = (await stand.Retention.Deletions(Cursor.Start, 50, default)).Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((preview.Recordings, preview.Bytes), Is.EqualTo((1L, old.Bytes)));
            Assert.That((withoutRule, deleted, again), Is.EqualTo((0, 1, 0)));
            Assert.That((gone.State, gone.Why, gone.MayPlay), Is.EqualTo(("deleted", "age", false)));
            Assert.That((journal.RecordingId, journal.CallId, journal.Rule, journal.Bytes, journal.Sha256), Is.EqualTo((old.RecordingId, (long?)call, "age 30", old.Bytes, old.Sha256)));
        });
        Assert.That((await One(later)).State, Is.EqualTo("ready"));
        Assert.That(await stand.Keys(), Has.Count.EqualTo(1));
        Assert.That((await stand.Arrives("1.1")).Result, Is.EqualTo(IntakeResult.Deleted), "what a rule deleted does not come back");
        Assert.That(await stand.Keys(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_check_finds_sound_that_is_gone_or_changed_and_a_new_upload_heals_it()
    {
        foreach (var id in new[] { "whole", "gone", "changed" })
        {
            await stand.Save(RecordingStand.Recorded(id));
            await stand.Arrives(id);
        }
        await Break("gone", File.Delete);
        await Break("changed", path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path)[..^1], 0]));
        var tooEarly = await stand.Check.Run(long.MaxValue, default);
        stand.Clock.Advance(TimeSpan.FromDays(8));

        var piece = await stand.Check.Run(bytesMax: 1, default);
        var rest = await stand.Check.Run(long.MaxValue, default);
        var nothingLeft = await stand.Check.Run(long.MaxValue, default);
        var report = await stand.Check.Report(Manager, default);
        var healed = await stand.Arrives("gone");
        var known = await stand.Arrives("whole");

        Assert.Multiple(() =>
        {
            Assert.That((tooEarly.Checked, piece.Checked, rest.Checked, nothingLeft.Checked), Is.EqualTo((0, 1, 2, 0)));
            Assert.That(piece.Damaged + rest.Damaged, Is.EqualTo(2));
            Assert.That(report.Damaged.Select(damaged => damaged.Damage), Is.EquivalentTo(new[] { "gone", "changed" }));
            Assert.That((report.Recordings, report.NeverChecked, report.Kind), Is.EqualTo((3L, 0L, "folder")));
            Assert.That((healed.Result, known.Result), Is.EqualTo((IntakeResult.Stored, IntakeResult.Known)));
        });
        Assert.That((await stand.Check.Report(Manager, default)).Damaged.Select(damaged => damaged.Damage), Is.EqualTo(new[] { "changed" }));
    }

    [Test]
    public async Task Blobs_that_belong_to_no_recording_are_counted()
    {
        await stand.Save(RecordingStand.Recorded("1.1"));
        await stand.Arrives("1.1");
        await stand.Blobs.Write("recordings/2026/01/01/stray", new MemoryStream([1]), default);
        stand.Clock.Advance(TimeSpan.FromDays(2));

        Assert.That(await stand.Check.CountStrays(default), Is.EqualTo(1));
    }

    async Task Break(string id, Action<string> how)
    {
        var key = await Scalar<string>("SELECT blob_key FROM recording WHERE leg_id = @id", new { id });
        how(stand.PathOf(key!));
    }

    async Task<RecordingItem> One(long call) => (await stand.List.OfCall(Manager, call, default))!.Single();

    async Task<IReadOnlyList<RecordedCall>> Page(RecordedCallFilter filter) => (await stand.List.Page(Manager, filter, Cursor.Start, 50, default)).Items;

    async Task<IEnumerable<string>> Lacking()
    {
        var rows = await Page(new() { LacksAudio = true });
        Assert.That(rows.All(row => row.LacksAudio));
        return rows.Select(row => row.Call.ExternalId);
    }

    static string Sides(RecordingPeaks? peaks) => string.Join(", ", peaks!.Channels.Select(channel => $"{channel.Side} {Convert.FromBase64String(channel.Values).Max()}"));
}
