using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>
/// Who hears what, over HTTP: Olga talks on 101 and is in the sales team, as is the supervisor Sonja; Pavel talks on 102, in support,
/// with the supervisor Semyon.
/// </summary>
sealed class ListeningTests
{
    static readonly byte[] sound = Wav.Tone(4, 10_000, 5_000);

    // Near the real time: a browser drops cookies that have expired by its own clock.
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow().AddHours(-1));
    readonly Dictionary<string, HttpClient> people = [];
    readonly Dictionary<string, long> ids = [];
    RunningServer server = null!;
    long olgasCall;
    long olgas;

    [SetUp]
    public async Task Start()
    {
        server = await RunningServer.Start(services: services => services.AddSingleton<TimeProvider>(clock));
        var (sales, support) = (await NewTeam("Sales"), await NewTeam("Support"));
        await Hire("admin", Roles.Admin, null);
        await Hire("olga", Roles.Agent, sales, "101");
        await Hire("sonja", Roles.Supervisor, sales);
        await Hire("pavel", Roles.Agent, support, "102");
        await Hire("semyon", Roles.Supervisor, support);
        await Hire("maria", Roles.Manager, null);
        foreach (var login in ids.Keys)
            people[login] = await server.SignIn(login);
        clock.Advance(TimeSpan.FromMinutes(5));
        (olgasCall, olgas) = await Record("1.1", "101");
    }

    [TearDown]
    public async Task Stop()
    {
        foreach (var person in people.Values)
            person.Dispose();
        people.Clear();
        ids.Clear();
        await server.DisposeAsync();
    }

    [TestCase("olga", "200", "403 may_not_listen", "403 may_not_listen")]
    [TestCase("sonja", "200", "200", "403 may_not_listen")]
    [TestCase("maria", "200", "200", "200")]
    [TestCase("admin", "200", "200", "200")]
    [TestCase("pavel", "403 may_not_listen", "403 may_not_listen", "403 may_not_listen")]
    [TestCase("semyon", "403 may_not_listen", "403 may_not_listen", "403 may_not_listen")]
    public async Task Each_role_does_with_a_recording_what_it_may(string login, string play, string download, string share)
    {
        Assert.Multiple(async () =>
        {
            Assert.That(await Post(login, "play"), Is.EqualTo(play));
            Assert.That(await Post(login, "download"), Is.EqualTo(download));
            Assert.That(await people[login].PostAsJsonAsync($"/api/recordings/{olgas}/shares", new RecordingShareEdit { AgentId = ids["pavel"] }).Outcome(), Is.EqualTo(share));
            Assert.That((await people[login].GetAsync($"/api/recordings/{olgas}/peaks")).IsSuccessStatusCode, Is.EqualTo(play == "200"));
        });
        var item = await people[login].GetAsync($"/api/calls/{olgasCall}/recordings");
        if (login == "pavel")
            Assert.That(await item.Outcome(), Is.EqualTo("404 not_found"));
        else
        {
            var told = (await item.Content.ReadFromJsonAsync<RecordingItem[]>())!.Single();
            Assert.That((told.MayPlay, told.MayDownload, told.MayShare), Is.EqualTo((play == "200", download == "200", share == "200")));
        }
    }

    [Test]
    public async Task The_list_shows_whoever_asks_the_calls_of_the_own_scope()
    {
        await Record("2.1", "102");

        Assert.That(await Listed("olga"), Is.EqualTo(new[] { "1.1" }));
        Assert.That(await Listed("sonja"), Is.EqualTo(new[] { "1.1" }));
        Assert.That(await Listed("pavel"), Is.EqualTo(new[] { "2.1" }));
        Assert.That(await Listed("semyon"), Is.EqualTo(new[] { "2.1" }));
        Assert.That(await Listed("maria"), Is.EquivalentTo(new[] { "1.1", "2.1" }));
    }

    [Test]
    public async Task Every_use_and_every_refusal_is_written_down_with_who_what_when_and_from_where()
    {
        await Post("sonja", "play");
        await Post("sonja", "download");
        await Post("pavel", "play");

        var events = (await people["admin"].GetFromJsonAsync<Page<AuditEvent>>($"/api/audit?subject=recording&subjectId={olgas}"))!.Items;

        Assert.That(events.Select(one => (one.ActorName, one.Action, one.Outcome)), Is.EquivalentTo(new[]
        {
            ("sonja", "play", "done"), ("sonja", "download", "done"), ("pavel", "play", "refused"),
        }));
        Assert.That(events.Select(one => (one.HappenedAt, one.ActorKind, one.Address)).Distinct(), Is.EqualTo(new[] { (Server.Platform.Data.TimeText.ToMilliseconds(clock.GetUtcNow()), "person", "127.0.0.1") }));
        Assert.That(await people["sonja"].GetAsync("/api/audit").Outcome(), Is.EqualTo("403 not_allowed"));
    }

    [Test]
    public async Task Sound_comes_whole_and_in_parts_with_its_type_and_is_kept_by_nobody()
    {
        var url = (await Ticket("sonja", "play")).Url;

        using var whole = await people["sonja"].GetAsync(url);
        using var part = await people["sonja"].SendAsync(new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(1_000, 1_999) } });
        using var end = await people["sonja"].SendAsync(new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(null, 100) } });
        using var beyond = await people["sonja"].SendAsync(new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(sound.Length, null) } });

        Assert.Multiple(async () =>
        {
            Assert.That(await whole.Content.ReadAsByteArrayAsync(), Is.EqualTo(sound));
            Assert.That(whole.Content.Headers.ContentType!.ToString(), Is.EqualTo("audio/wav"));
            Assert.That(whole.Headers.AcceptRanges, Is.EqualTo(new[] { "bytes" }));
            Assert.That(whole.Headers.CacheControl!.ToString(), Does.Contain("no-store").And.Contain("private"));
            Assert.That(whole.Content.Headers.ContentDisposition, Is.Null);
            Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(part.Content.Headers.ContentRange!.ToString(), Is.EqualTo($"bytes 1000-1999/{sound.Length}"));
            Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(sound[1_000..2_000]));
            Assert.That(await end.Content.ReadAsByteArrayAsync(), Is.EqualTo(sound[^100..]));
            Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        });
    }

    [Test]
    public async Task A_download_has_a_name_without_the_clients_number()
    {
        using var response = await people["sonja"].GetAsync((await Ticket("sonja", "download")).Url);

        Assert.That(response.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(response.Content.Headers.ContentDisposition.FileName, Does.EndWith(".wav").And.Not.Contain("7916"));
    }

    [Test]
    public async Task An_address_is_of_use_to_the_one_who_asked_for_it_alone_and_for_a_while()
    {
        var url = (await Ticket("sonja", "play")).Url;
        using var stranger = server.Browser();

        Assert.That(await stranger.GetAsync(url).Outcome(), Is.EqualTo("401 not_signed_in"));
        Assert.That(await people["maria"].GetAsync(url).Outcome(), Is.EqualTo("404 not_found"), "though she may hear it");
        Assert.That(await people["sonja"].GetAsync(url[..^2] + "AA").Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await people["sonja"].GetAsync(url).Outcome(), Is.EqualTo("200"));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await people["sonja"].GetAsync(url).Outcome(), Is.EqualTo("410 ticket_expired"));
    }

    [Test]
    public async Task A_right_that_was_taken_away_ends_what_is_playing()
    {
        var url = (await Ticket("sonja", "play")).Url;
        await SetRight(new() { Role = Roles.Supervisor, Scope = "none", MayPlay = true });

        Assert.That(await people["sonja"].GetAsync(url).Outcome(), Is.EqualTo("403 may_not_listen"));
        Assert.That(await Post("sonja", "play"), Is.EqualTo("403 may_not_listen"));
        Assert.That(await Listed("sonja"), Is.Empty);
    }

    [Test]
    public async Task An_admin_gives_a_role_another_scope_and_that_is_written_down()
    {
        await SetRight(new() { Role = Roles.Agent, Scope = "all", MayPlay = true, MayDownload = true });

        Assert.That(await Post("pavel", "download"), Is.EqualTo("200"));
        var rights = await people["admin"].GetFromJsonAsync<ListeningRight[]>("/api/recordings/rights");
        Assert.That(rights!.Select(right => $"{right.Role} {right.Scope}"), Is.EqualTo(new[] { "agent all", "supervisor team", "manager all", "admin all" }));
        var audited = (await people["admin"].GetFromJsonAsync<Page<AuditEvent>>("/api/audit?action=listening_right"))!.Items.Single();
        Assert.That((audited.ActorName, audited.Detail), Is.EqualTo(("admin", "agent: all play download")));
    }

    [Test]
    public async Task A_colleague_hears_what_was_shared_until_the_time_is_over_and_may_not_pass_it_on()
    {
        var share = await Share("maria", "pavel", hours: 2);

        var details = await people["pavel"].GetFromJsonAsync<RecordingDetails>($"/api/recordings/{olgas}");
        Assert.That((share.Link, details!.Recording.MayPlay, details.Recording.MayDownload, details.Call), Is.EqualTo(($"/recordings/{olgas}", true, false, (CallItem?)null)));
        Assert.That(details.Share!.FromAgentName, Is.EqualTo("maria"));
        Assert.That(await Post("pavel", "play"), Is.EqualTo("200"));
        Assert.That(await Post("pavel", "download"), Is.EqualTo("403 may_not_listen"));
        Assert.That(await Post("semyon", "play"), Is.EqualTo("403 may_not_listen"), "it was shown to Pavel alone");
        clock.Advance(TimeSpan.FromHours(2));
        Assert.That(await Post("pavel", "play"), Is.EqualTo("403 may_not_listen"));
        Assert.That(await people["pavel"].GetAsync($"/api/recordings/{olgas}").Outcome(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task Who_shared_a_recording_can_take_it_back()
    {
        var share = await Share("maria", "pavel", hours: 2);

        Assert.That(await people["sonja"].DeleteAsync($"/api/recordings/{olgas}/shares/{share.Id}").Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await people["maria"].DeleteAsync($"/api/recordings/{olgas}/shares/{share.Id}").Outcome(), Is.EqualTo("204"));
        Assert.That(await Post("pavel", "play"), Is.EqualTo("403 may_not_listen"));
    }

    [Test]
    public async Task An_agent_sees_who_listened_to_the_own_calls_if_the_policy_says_so()
    {
        await Post("sonja", "play");

        var uses = await people["olga"].GetFromJsonAsync<RecordingUse[]>($"/api/recordings/{olgas}/uses");
        Assert.That(uses!.Select(use => (use.AgentName, use.Action, use.Refused)), Is.EqualTo(new[] { ("sonja", "play", false) }));
        Assert.That(await people["pavel"].GetAsync($"/api/recordings/{olgas}/uses").Outcome(), Is.EqualTo("404 not_found"));
        await people["admin"].PutAsJsonAsync("/api/recordings/policy", new RecordingPolicy { MissingAfterMinutes = 10, AgentsSeeListeners = false });
        Assert.That(await people["olga"].GetAsync($"/api/recordings/{olgas}/uses").Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await people["sonja"].GetAsync($"/api/recordings/{olgas}/uses").Outcome(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Who_takes_a_phone_over_does_not_get_the_talks_of_the_one_before()
    {
        await Assign("101", "pavel");

        Assert.That(await Post("pavel", "play"), Is.EqualTo("403 may_not_listen"));
        Assert.That(await Post("semyon", "play"), Is.EqualTo("403 may_not_listen"));
    }

    [Test]
    public async Task A_recording_that_is_not_there_says_why()
    {
        var call = await Save(RecordingStand.At(clock.GetUtcNow(), RecordingStand.Recorded("3.1")));
        var recording = (await people["admin"].GetFromJsonAsync<RecordingItem[]>($"/api/calls/{call}/recordings"))!.Single();
        Assert.That(await people["admin"].PostAsync($"/api/recordings/{recording.Id}/play", null).Outcome(), Is.EqualTo("409 recording_expected"));
        clock.Advance(TimeSpan.FromMinutes(30));
        await server.Services.GetRequiredService<MissingRecordings>().Run(default);
        Assert.That(await people["admin"].PostAsync($"/api/recordings/{recording.Id}/play", null).Outcome(), Is.EqualTo("409 recording_missing"));
        Assert.That(await people["admin"].PostAsync("/api/recordings/999/play", null).Outcome(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task A_team_with_people_in_it_stays()
    {
        var teams = (await people["admin"].GetFromJsonAsync<TeamItem[]>("/api/teams"))!;
        Assert.That(teams.Select(team => (team.Name, team.Members)), Is.EqualTo(new[] { ("Sales", 2), ("Support", 2) }));
        Assert.That(await people["admin"].DeleteAsync($"/api/teams/{teams[0].Id}").Outcome(), Is.EqualTo("409 team_has_members"));
        Assert.That(await people["admin"].PostAsJsonAsync("/api/teams", new TeamEdit { Name = "Sales" }).Outcome(), Is.EqualTo("409 name_taken"));
        var empty = await NewTeam("Night shift");
        Assert.That(await people["admin"].PutAsJsonAsync($"/api/teams/{empty}", new TeamEdit { Name = "Support" }).Outcome(), Is.EqualTo("409 name_taken"));
        Assert.That(await people["admin"].DeleteAsync($"/api/teams/{empty}").Outcome(), Is.EqualTo("204"));
        Assert.That(await people["admin"].PostAsJsonAsync("/api/agents", new AgentEdit { Login = "xx", Name = "X", Password = RunningServer.Password, TeamId = empty }).Outcome(), Is.EqualTo("400 validation"));
    }

    async Task<string> Post(string login, string use) => await people[login].PostAsync($"/api/recordings/{olgas}/{use}", null).Outcome();

    async Task<RecordingTicket> Ticket(string login, string use) =>
        (await (await people[login].PostAsync($"/api/recordings/{olgas}/{use}", null)).Content.ReadFromJsonAsync<RecordingTicket>())!;

    async Task<RecordingShareItem> Share(string from, string to, int hours) =>
        (await (await people[from].PostAsJsonAsync($"/api/recordings/{olgas}/shares", new RecordingShareEdit { AgentId = ids[to], Hours = hours }))
            .Content.ReadFromJsonAsync<RecordingShareItem>())!;

    async Task<IEnumerable<string>> Listed(string login) =>
        (await people[login].GetFromJsonAsync<Page<RecordedCall>>("/api/recordings"))!.Items.Select(row => row.Call.ExternalId);

    async Task SetRight(ListeningRight right) => (await people["admin"].PutAsJsonAsync($"/api/recordings/rights/{right.Role}", right)).EnsureSuccessStatusCode();

    async Task<long> NewTeam(string name) => (await server.Services.GetRequiredService<TeamStore>().Add(name, default))!.Id;

    async Task Hire(string login, string role, long? team, string? extension = null)
    {
        ids[login] = await server.AddAccount(login, role);
        await server.Services.GetRequiredService<AgentStore>().Change(ids[login], new() { Login = login, Name = login, Role = role, TeamId = team }, null, default);
        if (extension is not null)
            await Assign(extension, login);
    }

    Task Assign(string extension, string login) =>
        server.Services.GetRequiredService<AgentStore>().AssignExtension(RecordingStand.Pbx, extension, ids[login], default);

    async Task<(long Call, long Recording)> Record(string id, string extension)
    {
        var call = await Save(RecordingStand.At(clock.GetUtcNow().AddMinutes(-2), RecordingStand.Recorded(id, extension)));
        var intake = await server.Services.GetRequiredService<RecordingIntake>().Take(RecordingStand.Arriving(id), new MemoryStream(sound), default);
        return (call, intake.RecordingId);
    }

    async Task<long> Save(Telephony.Calls.Call call)
    {
        var saved = await server.Services.GetRequiredService<CallStore>().Save([new(call)], default);
        foreach (var watcher in server.Services.GetServices<ICallWatcher>().OfType<RecordingWatch>())
            await watcher.Saved(saved, default);
        return saved.Single().CallId;
    }
}
