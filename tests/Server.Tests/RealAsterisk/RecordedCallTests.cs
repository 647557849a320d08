using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>
/// A call with sound on both sides, recorded by a real Asterisk, brought by the real relay, kept in the real storage, heard by those who may.
/// </summary>
[Category("RealAsterisk")]
[TestFixture("folder"), TestFixture("azure")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class RecordedCallTests(string storage)
{
    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    AsteriskHost? pbx;
    RunningServer server = null!;
    HttpClient admin = null!;
    RelayScript relay = null!;

    AsteriskHost Pbx => pbx!;

    [SetUp]
    public async Task Start()
    {
        if ((AsteriskHost.Missing ?? (storage == "azure" ? AzuriteHost.Missing : null)) is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.StartWithRelay();
        server = await RunningServer.Start(storage == "folder" ? null : new Dictionary<string, string?>
        {
            ["Blobs:Kind"] = "azure",
            ["Blobs:ConnectionString"] = (await AzuriteHost.Shared).ConnectionString,
            ["Blobs:Container"] = AzuriteHost.NewContainer(),
        });
        admin = await server.SignInAs(Roles.Admin);
        await admin.ConnectTo(Pbx, "office");
        relay = await Pbx.Relay(server, admin, "office");
    }

    [TearDown]
    public async Task Stop()
    {
        if (pbx is null)
            return;
        if (TestContext.CurrentContext.Result.FailCount > 0)
            TestContext.Out.WriteLine(string.Join('\n', (string[])[.. relay.Waiting, .. relay.Refused, Read("relay.log"), Pbx.Log]));
        await relay.DisposeAsync();
        admin.Dispose();
        await server.DisposeAsync();
        await Pbx.DisposeAsync();
    }

    [Test]
    public async Task A_call_is_heard_on_both_sides_by_those_who_may()
    {
        await relay.Start();
        using var olga = await server.Hire(admin, "olga", Roles.Agent, "Sales");
        using var sonja = await server.Hire(admin, "sonja", Roles.Supervisor, "Sales");
        using var pavel = await server.Hire(admin, "pavel", Roles.Agent, "Support");
        await server.GivePhone("olga", "office", "101");
        await server.GivePhone("pavel", "office", "102");
        var call = await Speak("79161110001");

        var recording = await Ready(call.Id);
        var ticket = await (await sonja.PostAsync($"/api/recordings/{recording.Id}/play", null)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RecordingTicket>();
        using var whole = await sonja.GetAsync(ticket!.Url);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        using var part = await sonja.SendAsync(new(HttpMethod.Get, ticket.Url) { Headers = { Range = new RangeHeaderValue(8_000, 15_999) } });
        using var refused = await pavel.PostAsync($"/api/recordings/{recording.Id}/play", null);
        var uses = (await admin.GetFromJsonAsync<Page<AuditEvent>>($"/api/audit?subject=recording&subjectId={recording.Id}"))!.Items;
        var peaks = (await sonja.GetFromJsonAsync<RecordingPeaks>($"/api/recordings/{recording.Id}/peaks"))!.Channels.ToDictionary(channel => channel.Side, Loudness);

        Assert.Multiple(async () =>
        {
            Assert.That((recording.ContentType, recording.Channels), Is.EqualTo(("audio/wav", 2)));
            Assert.That(recording.DurationSeconds, Is.EqualTo(call.TalkSeconds).Within(0.75));
            Assert.That(whole.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(whole.Headers.ETag!.Tag, Is.EqualTo($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""), "the hash of what is heard is the one taken at arrival");
            Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes[8_000..16_000]));
            // The caller speaks four times as loud as the agent.
            Assert.That(peaks["client"], Is.InRange(120, 140));
            Assert.That(peaks["agent"], Is.InRange(25, 45));
            Assert.That(await refused.Outcome(), Is.EqualTo("403 may_not_listen"));
            Assert.That(uses.Select(use => (use.ActorName, use.Action, use.Outcome)), Is.EquivalentTo(new[] { ("sonja", "play", "done"), ("pavel", "play", "refused") }));
        });
        await Until.True(() => relay.Waiting.All(file => file.Contains("/lines/", StringComparison.Ordinal)), "the relay has let its copy go");
        Assert.That(Directory.EnumerateFiles(Path.Combine(Pbx.Folder, "spool", "monitor"), "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(relay.Refused, Is.Empty);
    }

    [Test]
    public async Task What_is_recorded_while_the_crm_cannot_be_reached_arrives_later()
    {
        var token = await RelayScript.NewToken(admin, "office");
        await relay.Point("http://127.0.0.1:9", token);
        await relay.Start();
        var call = await Speak("79161110002");
        await Until.True(() => Read("relay.log").Contains("out of reach", StringComparison.Ordinal), "the relay has tried");
        Assert.That((await Recordings(call.Id)).Single().State, Is.EqualTo("expected"));

        await relay.DisposeAsync();
        await relay.Point(server.Address, token);
        await relay.Start();

        Assert.That((await Ready(call.Id)).DurationSeconds, Is.EqualTo(call.TalkSeconds).Within(0.75));
    }

    [Test]
    public async Task A_message_in_a_mailbox_comes_as_one()
    {
        await relay.Start();
        await Pbx.Phone("102").Register(SipBehaviour.Busy);
        await Pbx.Trunk.Call(new("74951234508") { From = "79161110003", Talk = 12 * second, Speaks = true });
        var call = await admin.EndedCall("+79161110003");
        await Until.True(async () =>
        {
            await server.Services.GetRequiredService<Server.Recordings.MissingRecordings>().Run(default);
            return (await Recordings(call.Id)).Any(recording => recording.IsVoicemail);
        }, "the message has come and is bound to its call");

        var message = (await Recordings(call.Id)).Single(recording => recording.IsVoicemail);
        Assert.That(call.Result, Is.EqualTo("voicemail"));
        Assert.That((message.State, message.MayPlay), Is.EqualTo(("ready", true)));
        Assert.That(message.DurationSeconds, Is.GreaterThan(2));
    }

    /// <summary>A client calls 101, both speak, the client hangs up.</summary>
    async Task<CallItem> Speak(string number)
    {
        await Pbx.Phone("101").Register(SipBehaviour.AnswerAndSpeak(ring: second));
        await Pbx.Trunk.Call(new("74951234501") { From = number, Talk = 4 * second, Speaks = true });
        return await admin.EndedCall("+" + number);
    }

    async Task<RecordingItem> Ready(long callId)
    {
        RecordingItem? ready = null;
        await Until.True(async () => (ready = (await Recordings(callId)).FirstOrDefault(recording => recording.State == "ready")) is not null, "the recording is ready");
        return ready!;
    }

    async Task<RecordingItem[]> Recordings(long callId) => (await admin.GetFromJsonAsync<RecordingItem[]>($"/api/calls/{callId}/recordings"))!;

    string Read(string file) => File.Exists(Path.Combine(Pbx.Folder, file)) ? File.ReadAllText(Path.Combine(Pbx.Folder, file)) : "";

    static int Loudness(ChannelPeaks channel) => Convert.FromBase64String(channel.Values).Max();
}
