using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Shell;

/// <summary>What holds for every page: everybody can use it, in both languages and themes, on a desk and on a phone.</summary>
internal sealed class EveryPageTests : OfficeTests
{
    // Neighbours are different pages: that one has taken the other's place can then be seen.
    static readonly string[] agentPages = ["clients", "lost", "calls", "clients?search=nobody-has-this-name", "calls?result=failed", "clients/new", "recordings", "no-such-page", "deals", "pbx", "deals/new", "desk"];
    static readonly string[] funnelPages = ["funnels", "funnels/new", "funnels/fields", "funnels/reasons", "funnels/rights", "funnels/currencies", "deals/import"];
    static readonly string[] adminPages = ["extensions", "pbx/new", "twilio", "pbx/quarantine", "twilio/accounts/new", "pbx/1", "twilio/numbers/new", "calendars", "agents", "presence", "mail", "outcomes", "recordings", "recordings/rules", "pbx", "recordings?noAudio=true"];

    [Test]
    public async Task An_agent_can_use_every_page([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        await Office.Ring(Office.Inbound("79071112233", answerAfter: 3));
        Office.Pass(seconds: 4);
        var page = await VisitAs("olga", "/desk", screen);
        await Expect(page.Locator(".call-card")).ToBeVisibleAsync();
        await Look(page, "the desk with a call");
        await Office.EndAllCalls();

        await LookAtAll(page, agentPages);
        await page.GotoAsync("calls");
        await page.Locator(".calls tbody a").First.ClickAsync();
        await page.Locator(".steps").WaitForAsync();
        await Look(page, "a call");
        await page.Locator(".page-heading a").ClickAsync();
        await page.Locator(".client-page").WaitForAsync();
        await Look(page, "a client");
        await page.Locator(".page-heading button").ClickAsync();
        await page.Locator(".client-form").WaitForAsync();
        await Look(page, "a client's form");
    }

    [Test]
    public async Task An_administrator_can_use_every_page([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var page = await VisitAs("chief", "/pbx", screen);

        await LookAtAll(page, adminPages);
    }

    [Test]
    public async Task Funnels_and_their_settings_can_be_used_by_everybody([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var page = await VisitAs("chief", "/pbx", screen);

        await LookAtAll(page, funnelPages);
    }

    [Test]
    public async Task The_menu_and_the_dialogs_can_be_used_by_everybody([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var page = await VisitAs("olga", "/calls", screen);
        await page.Locator(".profile summary").ClickAsync();
        await Look(page, "the menu");
        await page.Locator(".menu-actions button").Nth(1).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Look(page, "the password");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Locator(".profile summary").ClickAsync();
        await page.Locator(".menu-actions button").Nth(2).ClickAsync();
        await Expect(page.Locator("#own-mail-form")).ToBeVisibleAsync();
        await Look(page, "the own mail");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Look(page, "the keys");
    }

    [TestCase(Roles.Agent, "My day")]
    [TestCase(Roles.Supervisor, "My day")]
    [TestCase(Roles.Manager, "Calls")]
    [TestCase(Roles.Admin, "PBX links")]
    public async Task Each_role_lands_on_its_own_start_page(string role, string heading)
    {
        await Server.AddAccount($"a-{role}", role);

        var page = await VisitAs($"a-{role}");

        await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
    }

    [Test]
    public async Task The_theme_of_the_system_is_followed_at_once()
    {
        var page = await VisitAs("olga", "/calls", Screen.Desktop with { Theme = "system" });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    static async Task LookAtAll(IPage page, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            await GoTo(page, path);
            await Look(page, path);
        }
    }

    // Inside the program, as a person goes: loading it anew for each page would take most of the test's time.
    static async Task GoTo(IPage page, string path)
    {
        await page.EvaluateAsync("path => { document.querySelector('#main').firstElementChild.setAttribute('data-left', ''); Blazor.navigateTo(path); }", path);
        await page.Locator("#main > :first-child:not([data-left])").WaitForAsync();
        await page.Locator(".page h1").WaitForAsync();
        await Expect(page.Locator(".waiting")).ToHaveCountAsync(0);
    }

    static async Task Look(IPage page, string what)
    {
        TestContext.Out.WriteLine(what);
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
