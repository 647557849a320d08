using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Presence;

/// <summary>What an agent is doing stands in the header, and the agent says there what is to come.</summary>
internal sealed class StateButtonTests : OfficeTests
{
    [OneTimeSetUp]
    public async Task SetRules()
    {
        using var chief = await Server.SignIn("chief");
        var rules = new PresenceRules { Breaks = [new() { Name = "Lunch", Minutes = 30 }], WrapUps = [new() { Seconds = 600 }] };
        (await chief.PutAsJsonAsync("/api/presence/rules", rules)).EnsureSuccessStatusCode();
    }

    [Test]
    public async Task It_follows_the_phone_and_a_break_waits_for_the_end_of_the_call()
    {
        var page = await VisitAs("olga");
        var button = page.Locator(".presence summary");
        await Expect(button).ToHaveAttributeAsync("data-state", "Ready");

        await Office.Ring(Office.Inbound("79163330001", answerAfter: 2) with { Talk = [new HangUp(20, Party.Client)] });
        await Expect(button).ToHaveAttributeAsync("data-state", "Ringing");
        Office.Pass(seconds: 3);
        await Expect(button).ToHaveAttributeAsync("data-state", "Talking");
        await button.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lunch" }).ClickAsync();
        await button.ClickAsync();
        await Expect(page.Locator(".presence .menu-head")).ToContainTextAsync("Lunch after this call");
        Office.Pass(seconds: 30);
        await Expect(button).ToHaveAttributeAsync("data-state", "WrapUp");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish wrap-up" }).ClickAsync();

        await Expect(button).ToContainTextAsync("Lunch");
        await button.ClickAsync();
        await page.Locator(".presence").GetByRole(AriaRole.Button, new() { Name = "Ready" }).ClickAsync();
        await Expect(button).ToHaveAttributeAsync("data-state", "Ready");
    }

    [Test]
    public async Task Everybody_can_use_it([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var page = await VisitAs("ivan", "/", screen);
        await page.Locator(".presence summary").ClickAsync();
        await Expect(page.Locator(".presence .menu-actions button").First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"state {page.ViewportSize!.Width} {await page.Locator("html").GetAttributeAsync("lang")}.png") });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }

    [Test]
    public async Task An_admin_names_the_breaks()
    {
        var page = await VisitAs("chief", "/presence");
        await page.GetByLabel("Other wrap-up for queues").FillAsync("support");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".error")).ToContainTextAsync("“support” is no name");
        await page.GetByLabel("Other wrap-up for queues").FillAsync("support, 90");
        await page.GetByLabel("Breaks", new() { Exact = true }).FillAsync("Lunch, 30\nCoffee");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".error")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(page.GetByLabel("Breaks", new() { Exact = true })).ToHaveValueAsync("Lunch, 30\nCoffee");
        await Expect(page.GetByLabel("Other wrap-up for queues")).ToHaveValueAsync("support, 90");
    }
}
