using System.Text.RegularExpressions;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Desk;

/// <summary>The ringing call in the corner of the page.</summary>
internal sealed partial class PopTests : OfficeTests
{
    [Test]
    public async Task An_unknown_caller_pops_without_taking_the_keyboard()
    {
        var page = await VisitAs("olga", "/calls");
        await page.Locator("#search").FillAsync("somebody");

        await Office.Ring(Office.Inbound("79123456789"));

        await Expect(Pop(page).Locator("h2")).ToHaveTextAsync("+7 912 345-67-89");
        await Expect(Pop(page)).ToContainTextAsync("Never called before");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await Expect(page.Locator("#search")).ToHaveValueAsync("somebody");
        await Expect(page.Locator("[role=alert].visually-hidden")).ToContainTextAsync("Incoming call, +7 912 345-67-89");
        await Expect(page).ToHaveTitleAsync(Calling());
        await Axe.FindsNothing(page);

        await page.Keyboard.PressAsync("F6");
        await Expect(Pop(page).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
    }

    [Test]
    public async Task Each_phone_that_rings_shows_it_and_who_did_not_answer_learns_who_did()
    {
        var olga = await VisitAs("olga");
        var ivan = await VisitAs("ivan");

        await Office.Ring(new CallScript { Number = "79031112233", Line = Office.SupportLine, Phones = Office.Answers(("102", 6)), Talk = [new HangUp(60, Party.Client)] });
        await Expect(Pop(olga)).ToContainTextAsync("queue support");
        await Expect(Pop(ivan)).ToContainTextAsync("queue support");
        Office.Pass(seconds: 8);

        await Expect(Pop(olga)).ToContainTextAsync("Taken by ivan");
        await Expect(Pop(olga)).ToHaveCountAsync(0);
        await Expect(ivan.Locator(".call-card")).ToContainTextAsync("Talking");
    }

    [Test]
    public async Task A_caller_who_gives_up_is_told_as_missed()
    {
        var page = await VisitAs("olga");

        await Office.Ring(Office.Inbound("79034445566") with { Patience = 5, Phones = [] });
        await Expect(Pop(page)).ToBeVisibleAsync();
        Office.Pass(seconds: 8);

        await Expect(Pop(page)).ToContainTextAsync("The caller hung up: a missed call");
        await Expect(Pop(page)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_hidden_number_pops_as_such()
    {
        var page = await VisitAs("olga");

        await Office.Ring(Office.Inbound(number: null));

        await Expect(Pop(page).Locator("h2")).ToHaveTextAsync("Hidden number");
    }

    [Test]
    public async Task A_transferred_call_says_who_it_comes_from()
    {
        var page = await VisitAs("olga");
        var script = new CallScript
        {
            Number = "79037778899",
            Line = Office.SupportLine,
            Phones = Office.Answers(("102", 2), ("101", 60)),
            Talk = [new TransferBlind(5, "101"), new HangUp(60, Party.Client)],
        };

        await Office.Ring(script);
        Office.Pass(seconds: 4);
        Office.Pass(seconds: 6);

        await Expect(Pop(page)).ToContainTextAsync("Transferred by ivan");
    }

    [Test]
    public async Task A_call_of_a_colleague_asks_for_no_client()
    {
        var page = await VisitAs("olga");

        await Office.Ring(new CallScript { Direction = CallDirection.Internal, Agent = "102", Number = "101", Phones = Office.Answers(("101", 3)), Talk = [new HangUp(60, Party.Agent)] });
        await Expect(Pop(page).Locator("h2")).ToHaveTextAsync("ivan");
        Office.Pass(seconds: 4);

        await Expect(page.Locator(".call-card")).ToContainTextAsync("Internal");
        await Expect(page.Locator(".quick-card, .link-client")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Silence_stays_silent_and_the_call_stays_visible()
    {
        var page = await VisitAs("olga");
        await Office.Ring(Office.Inbound("79051234567"));

        await Pop(page).GetByRole(AriaRole.Button, new() { Name = "Silence" }).ClickAsync();

        await Expect(Pop(page).GetByRole(AriaRole.Button, new() { Name = "Silenced" })).ToBeDisabledAsync();
    }

    [Test]
    public async Task Of_two_tabs_one_leads_and_the_touched_one_takes_over()
    {
        var first = await VisitAs("olga", "/calls");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/calls");
        await second.Locator(".rail").WaitForAsync();
        await Office.Ring(Office.Inbound("79052223344"));
        await Expect(Pop(first)).ToBeVisibleAsync();
        await Expect(Pop(second)).ToBeVisibleAsync();

        await second.Locator("h1").ClickAsync();
        await Expect(second).ToHaveTitleAsync(Calling());
        await Expect(first).Not.ToHaveTitleAsync(Calling());

        await second.CloseAsync();
        await Expect(first).ToHaveTitleAsync(Calling());
    }

    [Test]
    public async Task While_the_live_line_is_down_a_ring_is_still_seen()
    {
        var page = await Visit();
        await page.RouteWebSocketAsync("**/hubs/desk", socket => _ = socket.CloseAsync());
        await page.ReloadAsync();
        await SignIn(page, "olga", Testing.RunningServer.Password);
        await Expect(page.Locator(".strip.warning")).ToContainTextAsync("Live data stopped");

        await Office.Ring(Office.Inbound("79053334455"));

        await Expect(Pop(page).Locator("h2")).ToHaveTextAsync("+7 905 333-44-55");
    }

    static ILocator Pop(IPage page) => page.Locator("[data-pop] .pop");

    [GeneratedRegex(@"^\(◉ \d+:\d\d\) ")]
    private static partial Regex Calling();
}
