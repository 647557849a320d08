using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Recordings;

/// <summary>What an admin sets for recordings: teams, rights, how long they are kept, and the token of a PBX's relay.</summary>
internal sealed class RulesPageTests : BrowserTests
{
    HttpClient admin = null!;

    [OneTimeSetUp]
    public async Task MakeAccounts()
    {
        admin = await Server.SignInAs(Roles.Admin, "irina");
        await Server.AddAccount("sonja", Roles.Supervisor, "Sonja Petrova");
        (await admin.PostAsJsonAsync("/api/pbx/links", new PbxLinkEdit { Name = "office", Host = "127.0.0.1", Username = "crm", Secret = "secret", IsEnabled = false }))
            .EnsureSuccessStatusCode();
    }

    [OneTimeTearDown]
    public void Leave() => admin?.Dispose();

    [Test]
    public async Task A_supervisor_is_put_into_a_new_team()
    {
        var page = await VisitAs("irina", "/agents");
        await page.GetByLabel("Name of a new team").FillAsync("Night shift");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Name of the team Night shift")).ToHaveValueAsync("Night shift");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sonja Petrova" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Team").SelectOptionAsync("Night shift");
        await Axe.FindsNothing(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator("tr", new() { HasText = "Sonja Petrova" })).ToContainTextAsync("Night shift");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Delete the team Night shift" })).ToBeDisabledAsync();
        Assert.That((await admin.GetFromJsonAsync<TeamItem[]>("/api/teams"))!.Single(team => team.Name == "Night shift").Members, Is.EqualTo(1));
    }

    [Test]
    public async Task A_role_gets_another_scope_and_recordings_an_end()
    {
        var page = await VisitAs("irina", "/recordings/rules");
        await page.GetByLabel("Whose recordings: Manager").SelectOptionAsync("own team");
        await page.GetByLabel("Share: Agent").CheckAsync();
        await page.GetByLabel("Days that recordings are kept").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".has-error")).ToContainTextAsync("from 1 to 36500");
        await page.GetByLabel("Days that recordings are kept").FillAsync("180");
        await page.GetByRole(AriaRole.Button, new() { Name = "What would be deleted?" }).ClickAsync();
        await Expect(page.GetByText("Nothing would be deleted now.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".has-error")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(page.GetByLabel("Days that recordings are kept")).ToHaveValueAsync("180");
        var rights = (await admin.GetFromJsonAsync<ListeningRight[]>("/api/recordings/rights"))!.ToDictionary(right => right.Role);
        Assert.That((rights[Roles.Manager].Scope, rights[Roles.Agent].MayShare), Is.EqualTo(("team", true)));
    }

    [Test]
    public async Task A_token_for_the_relay_is_shown_once_and_can_be_revoked()
    {
        var link = (await admin.GetFromJsonAsync<PbxLinkItem[]>("/api/pbx/links"))!.Single();
        var page = await VisitAs("irina", $"/pbx/{link.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "New token" }).ClickAsync();
        await Expect(page.Locator(".token")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^ccr_[0-9a-f]{64}$"));
        await Axe.FindsNothing(page);
        await page.ReloadAsync();
        await Expect(page.GetByText("not used yet")).ToBeVisibleAsync();
        await Expect(page.Locator(".token")).ToHaveCountAsync(0);

        page.Dialog += (_, question) => question.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();

        await Expect(page.GetByText("not used yet")).ToHaveCountAsync(0);
        Assert.That((await admin.GetFromJsonAsync<RelayTokenItem[]>("/api/pbx/relay-tokens"))!.All(token => token.RevokedAt is not null));
    }
}
