using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Demo;

sealed class DemoTests
{
    [Test]
    public async Task A_newcomer_signs_in_as_shown_and_sees_calls_within_seconds()
    {
        await using var server = await RunningServer.Start(isDemo: true);
        using var browser = server.Browser();
        var accounts = (await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.DemoAccounts;
        Assert.That(accounts.Select(account => account.Role).Distinct(), Is.EquivalentTo(Roles.All));

        var agent = accounts.First(account => account.Extension is not null);
        (await browser.PostAsJsonAsync("/api/sign-in", new SignIn { Login = agent.Login, Password = agent.Password })).EnsureSuccessStatusCode();

        await Until.True(async () => (await browser.GetFromJsonAsync<DeskState>("/api/desk", DeskWatcher.Json))!.Cards.Count > 0, "a call is on the desk");
        var clients = (await browser.GetFromJsonAsync<Page<ClientItem>>("/api/clients"))!;
        Assert.That(clients.Items.Count(client => client.Name.Length > 0), Is.GreaterThan(3));
        Assert.That((await browser.GetFromJsonAsync<Page<CallItem>>("/api/calls"))!.Items, Is.Not.Empty);
    }

    [Test]
    public async Task Deals_stand_in_every_stage_of_a_funnel_with_gates()
    {
        await using var server = await RunningServer.Start(isDemo: true);
        using var browser = server.Browser();
        var manager = (await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.DemoAccounts.First(account => account.Role == Roles.Manager);
        (await browser.PostAsJsonAsync("/api/sign-in", new SignIn { Login = manager.Login, Password = manager.Password })).EnsureSuccessStatusCode();

        var funnel = (await browser.GetFromJsonAsync<IReadOnlyList<Funnel>>("/api/funnels", DeskWatcher.Json))!.Single();
        Assert.That(funnel.Stages.SelectMany(stage => stage.Fields), Is.Not.Empty);
        Assert.That((await browser.GetFromJsonAsync<DealBoard>($"/api/deals/board?funnelId={funnel.Id}", DeskWatcher.Json))!.Columns.Select(column => column.Deals), Is.All.GreaterThan(0));
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var report = (await browser.GetFromJsonAsync<FunnelReport>($"/api/funnels/{funnel.Id}/report?from={today.AddDays(-60):yyyy-MM-dd}&to={today:yyyy-MM-dd}", DeskWatcher.Json))!;
        Assert.That((report.Won, report.Lost, report.Invalid), Is.EqualTo((2, 2, 1)));
    }

    [Test]
    public async Task What_was_said_can_be_heard()
    {
        await using var server = await RunningServer.Start(isDemo: true);
        using var browser = server.Browser();
        var manager = (await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.DemoAccounts.First(account => account.Role == Roles.Manager);
        (await browser.PostAsJsonAsync("/api/sign-in", new SignIn { Login = manager.Login, Password = manager.Password })).EnsureSuccessStatusCode();

        RecordingItem? ready = null;
        await Until.True(
            async () => (ready = (await browser.GetFromJsonAsync<Page<RecordedCall>>("/api/recordings"))!.Items.SelectMany(call => call.Recordings).FirstOrDefault(recording => recording.State == "ready")) is not null,
            "a recording is ready");

        Assert.That(ready!.Channels, Is.EqualTo(2));
        Assert.That(ready.DurationSeconds, Is.GreaterThan(1));
        Assert.That((await browser.GetFromJsonAsync<RecordingPeaks>($"/api/recordings/{ready.Id}/peaks"))!.Channels, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_demonstration_begins_anew_each_time()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        await using (await RunningServer.Start(folder: folder, isDemo: true))
        {
        }

        await using (var again = await RunningServer.Start(folder: folder, isDemo: true))
        {
            using var browser = again.Browser();
            Assert.That((await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.NeedsSetUp, Is.False);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_folder_with_somebody_elses_files_is_not_emptied()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "demo")).FullName, "thesis.txt");
        File.WriteAllText(file, "years of work");

        Assert.That(async () => await RunningServer.Start(folder: folder, isDemo: true), Throws.TypeOf<SettingException>());

        Assert.That(File.ReadAllText(file), Is.EqualTo("years of work"));
        Directory.Delete(folder, recursive: true);
    }
}
