using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>The relay script of asterisk-config against the product, without a PBX: what may go wrong between the two.</summary>
sealed class RelayTests
{
    static readonly byte[] samples = Wav.Tone(1, 10_000, 5_000)[44..];

    RunningServer server = null!;
    HttpClient admin = null!;
    RelayScript relay = null!;
    string token = "";
    string folder = "";

    [OneTimeSetUp]
    public async Task StartServer()
    {
        if (!Command.Exists("curl"))
            Assert.Ignore("there is no curl (tests/environment/install)");
        server = await RunningServer.Start();
        admin = await server.SignInAs(Roles.Admin);
        (await admin.PostAsJsonAsync("/api/pbx/links", new PbxLinkEdit
        {
            Name = "office",
            Host = "127.0.0.1",
            Username = "crm",
            Secret = "secret",
            IsEnabled = false,
        })).EnsureSuccessStatusCode();
        token = await RelayScript.NewToken(admin, "office");
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        admin?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }

    [SetUp]
    public async Task Begin()
    {
        folder = Directory.CreateTempSubdirectory("crm-relay-").FullName;
        relay = new(folder) { CelFile = Path.Combine(folder, "cel.csv") };
        await relay.Point(server.Address, token);
    }

    [TearDown]
    public async Task End()
    {
        await relay.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task What_the_pbx_recorded_arrives_as_it_is_and_leaves_the_pbx()
    {
        var file = await Recorded("70.1", samples);

        var (exitCode, _) = await relay.Once();

        var recording = (await Recordings("70.1")).Single();
        Assert.That(exitCode, Is.Zero);
        Assert.That((recording.State, recording.Channels, recording.DurationSeconds, recording.Bytes), Is.EqualTo(("ready", 2, 1.0, (long)samples.Length + 44)));
        Assert.That(recording.RecordedAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(70)), "a unique id begins with the second of its birth");
        Assert.That(File.Exists(file), Is.False);
        Assert.That(relay.Waiting, Is.Empty);
    }

    [Test]
    public async Task Nothing_is_lost_while_the_crm_is_away_and_the_pbx_never_waits()
    {
        await relay.Point("http://127.0.0.1:9", token);
        await Recorded("71.1", samples);
        await Recorded("71.2", samples);

        var away = await relay.Once();
        var waiting = relay.Waiting.Count;
        await relay.Point(server.Address, token);
        var back = await relay.Once();

        Assert.That((away.ExitCode, back.ExitCode), Is.EqualTo((1, 0)));
        Assert.That(away.Words, Does.Contain("out of reach"));
        Assert.That(waiting, Is.GreaterThanOrEqualTo(4));
        Assert.That(relay.Waiting, Is.Empty);
        Assert.That((await Recordings("71.1")).Concat(await Recordings("71.2")).Select(recording => recording.State), Is.EqualTo(new[] { "ready", "ready" }));
    }

    [Test]
    public async Task Thirty_recordings_that_waited_come_once_each()
    {
        await relay.Point("http://127.0.0.1:9", token);
        string[] legs = [.. Enumerable.Range(1, 30).Select(i => $"79.{i}")];
        foreach (var leg in legs)
        {
            await Recorded(leg, samples);
            await relay.Once();
        }
        await relay.Point(server.Address, token);

        await relay.Once();

        Assert.That(relay.Waiting.Concat(relay.Refused), Is.Empty);
        foreach (var leg in legs)
            Assert.That((await Recordings(leg)).Select(recording => (recording.State, recording.Bytes)), Is.EqualTo(new[] { ("ready", samples.Length + 44L) }), leg);
    }

    [Test]
    public async Task An_upload_that_was_killed_in_the_middle_begins_anew()
    {
        var sound = Wav.Tone(60, 10_000, 5_000)[44..];
        await using var slow = new RelayScript(folder) { BytesPerSecond = sound.Length / 4 };
        await slow.Point(server.Address, token);
        await Recorded("80.1", sound);
        await slow.Start();
        await Until.True(() => Unfinished().Any(length => length > sound.Length / 8), "a part of it has arrived");

        await slow.Kill();
        await Until.True(() => !Unfinished().Any(), "the part is gone");
        Assert.That(await Recordings("80.1"), Is.Empty);
        File.Delete(Path.Combine(folder, ".curlrc"));
        await relay.Once();

        Assert.That((await Recordings("80.1")).Select(recording => (recording.State, recording.Bytes)), Is.EqualTo(new[] { ("ready", sound.Length + 44L) }));
        Assert.That(relay.Waiting.Concat(relay.Refused), Is.Empty);
    }

    [Test]
    public async Task A_full_disk_loses_nothing_and_empties_itself()
    {
        string[] apart = ["-rm", "env", .. relay.Environment, $"FOLDER={folder}", "sh", "-euc"];
        if (!await Command.Succeeds("unshare", [.. apart, "mount -t tmpfs none \"$SPOOL\""]))
            Assert.Ignore("no file system of the test's own can be mounted here");
        await File.WriteAllBytesAsync(Path.Combine(folder, "a.raw"), samples);
        await File.WriteAllBytesAsync(Path.Combine(folder, "b.raw"), samples);
        await File.WriteAllBytesAsync(Path.Combine(folder, "c.raw"), samples);

        // A spool with room for one recording and a half, and another file system than Asterisk's: bringing a file there copies it.
        var said = await Command.Output("unshare", [.. apart, """
            mount -t tmpfs -o size=64k none "$SPOOL"
            sh "$RELAY" keep talk "$FOLDER/a.raw" 81.1 81.1 2>&1
            sh "$RELAY" keep talk "$FOLDER/b.raw" 81.2 81.2 2>&1
            [ -s "$FOLDER/b.raw" ] && echo b is where it was
            head -c 65536 /dev/zero >"$SPOOL/filler" 2>/dev/null || echo full
            sh "$RELAY" keep talk "$FOLDER/c.raw" 81.3 81.3 2>&1
            [ -s "$FOLDER/c.raw" ] && echo c is where it was
            sh "$RELAY" once
            rm "$SPOOL/filler"
            for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                if [ ! -e "$FOLDER/b.raw" ] || [ ! -e "$FOLDER/c.raw" ]; then sh "$RELAY" once; fi
                [ -e "$FOLDER/b.raw" ] || [ -e "$FOLDER/c.raw" ] || break
                sleep 1
            done
            sh "$RELAY" once
            ls "$SPOOL"
            """]);

        Assert.That(said, Does.Contain("b is where it was").And.Contain("full").And.Contain("c is where it was").And.EndsWith("lines\n"));
        foreach (var leg in (string[])["81.1", "81.2", "81.3"])
            Assert.That((await Recordings(leg)).Select(recording => (recording.State, recording.Bytes)), Is.EqualTo(new[] { ("ready", samples.Length + 44L) }), leg);
    }

    [Test]
    public async Task A_file_that_the_crm_refuses_does_not_hold_up_the_others()
    {
        var bad = Path.Combine(folder, "bad.wav");
        await File.WriteAllTextAsync(bad, "this is no sound, whatever its name says");
        await relay.Keep("talk", bad, "72.1", "72.1");
        await Recorded("72.2", samples);

        await relay.Once();

        Assert.That((await Recordings("72.2")).Single().State, Is.EqualTo("ready"));
        Assert.That(relay.Waiting, Is.Empty);
        Assert.That(relay.Refused.Select(Path.GetExtension), Is.EquivalentTo(new[] { ".sound", ".about", ".answer" }));
        Assert.That(await File.ReadAllTextAsync(relay.Refused.Single(name => name.EndsWith(".answer", StringComparison.Ordinal))), Does.Contain("not_sound"));
    }

    [Test]
    public async Task An_answer_that_was_lost_is_given_again()
    {
        await Recorded("73.1", samples);
        await relay.Once();
        await Recorded("73.1", samples);

        var (exitCode, _) = await relay.Once();

        Assert.That(exitCode, Is.Zero);
        Assert.That(relay.Waiting, Is.Empty);
        Assert.That(await Recordings("73.1"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_file_of_a_call_that_nobody_took_goes_without_a_trace()
    {
        await Recorded("74.1", []);

        var (exitCode, _) = await relay.Once();

        Assert.That(exitCode, Is.Zero);
        Assert.That(relay.Waiting.Concat(relay.Refused), Is.Empty);
        Assert.That((await Recordings("74.1")).Single().State, Is.EqualTo("missing"));
    }

    [Test]
    public async Task A_message_stays_in_its_mailbox_too()
    {
        var message = Path.Combine(folder, "msg0000.wav");
        await File.WriteAllBytesAsync(message, Wav.Tone(2, 8_000));
        await relay.Keep("voicemail", message, "75.1", "75.1");

        await relay.Once();

        Assert.That(File.Exists(message));
        Assert.That((await Recordings("75.1")).Single().IsVoicemail);
    }

    [Test]
    public async Task A_token_that_was_revoked_loses_nothing()
    {
        var other = await RelayScript.NewToken(admin, "office");
        var id = (await admin.GetFromJsonAsync<RelayTokenItem[]>("/api/pbx/relay-tokens"))!.Max(item => item.Id);
        await admin.DeleteAsync($"/api/pbx/relay-tokens/{id}");
        await relay.Point(server.Address, other);
        await Recorded("76.1", samples);

        var refused = await relay.Once();
        await relay.Point(server.Address, token);
        await relay.Once();

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Words, Does.Contain("401").And.Not.Contain(other));
        Assert.That(relay.Refused, Is.Empty);
        Assert.That((await Recordings("76.1")).Single().State, Is.EqualTo("ready"));
    }

    [Test]
    public async Task A_relay_token_opens_nothing_but_the_relays_doors()
    {
        using var program = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };

        Assert.That(await program.GetAsync("/api/calls").Outcome(), Is.EqualTo("401 not_signed_in"));
        Assert.That(await program.GetAsync("/api/recordings").Outcome(), Is.EqualTo("401 not_signed_in"));
        Assert.That(await program.PostAsync("/api/relay/lines", new StringContent("")).Outcome(), Is.EqualTo("400 validation"));
        Assert.That(await admin.PostAsync("/api/relay/lines", new StringContent("")).Outcome(), Is.EqualTo("403 not_allowed").Or.EqualTo("401 not_signed_in"), "not even an admin is a relay");
    }

    [Test]
    public async Task Each_line_of_the_diary_is_kept_once_however_often_it_comes()
    {
        await File.WriteAllTextAsync(relay.CelFile, "\"CHAN_START\",\"77.1\"\n\"ANSWER\",\"77.1\"\n");
        await relay.Once();
        await relay.Once();
        // What Asterisk writes later comes into a new file; one line comes once more.
        await File.WriteAllTextAsync(relay.CelFile, "\"ANSWER\",\"77.1\"\n\"HANGUP\",\"77.1\"\n");
        await relay.Once();
        await relay.Once();

        await using var session = await server.Services.GetRequiredService<Database>().Read(default);
        var lines = await session.Query<string>(new("SELECT body FROM inbox WHERE source = 'cel:office' AND body LIKE '%77.1%' ORDER BY id"), null, default);
        Assert.That(lines, Is.EqualTo(new[] { "\"CHAN_START\",\"77.1\"", "\"ANSWER\",\"77.1\"", "\"HANGUP\",\"77.1\"" }));
        Assert.That(relay.Waiting, Is.Empty);
        Assert.That(File.Exists(relay.CelFile), Is.False);
    }

    [Test]
    public async Task Nothing_is_sent_in_the_clear_to_another_machine()
    {
        await relay.Point("http://crm.example", token);

        var (exitCode, words) = await relay.Once();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(words, Does.Contain("https"));
    }

    /// <summary>The lengths of what is arriving in the storage.</summary>
    IEnumerable<long> Unfinished() => new DirectoryInfo(Path.Combine(server.DataFolder, "blobs", ".unfinished")).EnumerateFiles().Select(file => file.Length);

    /// <summary>A file as MixMonitor makes it, handed to the relay.</summary>
    async Task<string> Recorded(string leg, byte[] sound)
    {
        var file = Path.Combine(folder, $"in-79161234567-{leg}.raw");
        await File.WriteAllBytesAsync(file, sound);
        await relay.Keep("talk", file, leg, leg);
        return file;
    }

    async Task<IReadOnlyList<RecordingItem>> Recordings(string leg)
    {
        await using var session = await server.Services.GetRequiredService<Database>().Read(default);
        var ids = await session.Query<long>(new("SELECT id FROM recording WHERE leg_id = @leg"), new { leg }, default);
        List<RecordingItem> items = [];
        foreach (var id in ids)
            items.Add((await admin.GetFromJsonAsync<RecordingDetails>($"/api/recordings/{id}"))!.Recording);
        return items;
    }
}
