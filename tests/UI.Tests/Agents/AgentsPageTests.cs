using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Agents;

internal sealed class AgentsPageTests : BrowserTests
{
    [OneTimeSetUp]
    public async Task MakeAccounts()
    {
        await Server.AddAccount("irina", Roles.Admin, "Irina Orlova");
        await Server.AddAccount("olga", name: "Olga Smirnova");
    }

    [Test]
    public async Task A_new_account_can_sign_in()
    {
        var page = await VisitAs("irina", "/agents");
        await page.GetByRole(AriaRole.Button, new() { Name = "New account" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Ivan Kuznetsov");
        await dialog.GetByLabel("Login").FillAsync("ivan");
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync("twelve letters long");
        await Axe.FindsNothing(page);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator("table")).ToContainTextAsync("Ivan Kuznetsov");
        var ivans = await VisitAs("ivan", password: "twelve letters long");
        await Expect(ivans.Locator("h1")).ToHaveTextAsync("My day");
    }

    [Test]
    public async Task A_login_that_somebody_has_is_refused_and_what_was_typed_stays()
    {
        var page = await VisitAs("irina", "/agents");
        await page.GetByRole(AriaRole.Button, new() { Name = "New account" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Another Olga");
        await dialog.GetByLabel("Login").FillAsync("olga");
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync("twelve letters long");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody has this login already");
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Another Olga");
    }

    [Test]
    public async Task Who_has_no_right_is_told_so()
    {
        var page = await VisitAs("olga", "/agents");

        await Expect(page.Locator("h1")).ToHaveTextAsync("This page is not open to you");
        await Expect(page.Locator(".rail")).Not.ToContainTextAsync("People");
    }
}
