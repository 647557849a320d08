using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Missed;

/// <summary>A client who could not get through, in the header, in the ledger and at the next ring.</summary>
internal sealed class LostTests : OfficeTests
{
    static readonly PhoneReaction picksUp = new(PhoneAct.Answer, 2);

    // More than the way from the phone to the screen takes, less than the look that does not need it.
    static readonly TimeSpan pushed = TimeSpan.FromSeconds(5);

    [Test]
    public async Task A_caller_who_gives_up_is_pushed_to_header_ledger_and_day_and_calling_back_by_a_key_closes_all()
    {
        var page = await VisitAs("olga", "/lost");
        var before = await Count(page);
        await Lose(page, "79161110001");
        var since = Stopwatch.GetTimestamp();
        await Expect(Counter(page)).ToHaveAttributeAsync("data-lost-count", $"{before + 1}");
        await Expect(Row(page, "+7 916 111-00-01")).ToContainTextAsync("Gave up waiting");
        TestContext.Out.WriteLine($"seen {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms after the phone stopped");
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(pushed));
        Assert.That(await TaskState("+79161110001"), Is.EqualTo("open"));

        await page.Locator("[data-rail] a", new() { HasText = "My day" }).ClickAsync();
        await Expect(Callback(page, "+7 916 111-00-01")).ToContainTextAsync("Called, nobody answered");
        await Office.ClickToCall(agent: picksUp, client: picksUp);
        await Callback(page, "+7 916 111-00-01").Locator("[data-row]").FocusAsync();
        await page.Keyboard.PressAsync("d");
        await Office.SomebodyCalls();
        foreach (var seconds in new[] { 1, 2, 3 })
            Office.Pass(seconds);

        await Expect(Counter(page)).ToHaveAttributeAsync("data-lost-count", $"{before}");
        await Expect(Callback(page, "+7 916 111-00-01")).ToHaveCountAsync(0);
        Assert.That(await TaskState("+79161110001"), Is.EqualTo("done"));
        await page.GotoAsync("lost?state=returned_by_us");
        await Expect(Row(page, "+7 916 111-00-01")).ToContainTextAsync("We called back");
    }

    [Test]
    public async Task A_client_who_calls_again_pops_as_lost_before_and_being_answered_closes_it()
    {
        var page = await VisitAs("olga", "/lost");
        await Lose(page, "79161110002");
        await Row(page, "+7 916 111-00-02").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take on") }).ClickAsync();
        await Expect(Row(page, "+7 916 111-00-02")).ToContainTextAsync("Taken on");

        await Office.Ring(Office.Inbound("79161110002", answerAfter: 6));
        await Expect(page.Locator("[data-pop] .pop")).ToContainTextAsync("nobody answered");
        await Screenshot(page, "pop");
        Office.Pass(seconds: 8);

        await Expect(Row(page, "+7 916 111-00-02")).ToHaveCountAsync(0);
        Assert.That(await TaskState("+79161110002"), Is.EqualTo("done"));
        await page.GotoAsync("lost?state=returned_by_client");
        await Expect(Row(page, "+7 916 111-00-02")).ToContainTextAsync("The client got through");
        await page.GotoAsync("desk");
        await Expect(page.Locator(".day")).ToContainTextAsync("Due");
        await Expect(Callback(page, "+7 916 111-00-02")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_lost_call_is_closed_with_a_reason_by_keys_alone()
    {
        var page = await VisitAs("olga", "/lost");
        await Lose(page, "79161110003");
        await Row(page, "+7 916 111-00-03").Locator("[data-row]").FocusAsync();
        await page.Keyboard.PressAsync("e");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await Axe.FindsNothing(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Please fill this in");

        await dialog.GetByLabel("Reason").SelectOptionAsync("wrong_number");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Row(page, "+7 916 111-00-03")).ToHaveCountAsync(0);
        Assert.That(await TaskState("+79161110003"), Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Everybody_can_use_the_ledger([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var page = await VisitAs("olga", "/lost", screen);
        var number = 10 + Screen.All.ToList().IndexOf(screen);
        await Lose(page, $"791611100{number}");
        await Expect(Row(page, $"+7 916 111-00-{number}")).ToBeVisibleAsync();

        await Look(page, $"ledger {screen}");
        await page.GotoAsync("desk");
        await Expect(Callback(page, $"+7 916 111-00-{number}")).ToBeVisibleAsync();
        await Look(page, $"day {screen}");
    }

    static async Task Look(IPage page, string what)
    {
        await Screenshot(page, what);
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }

    async Task Lose(IPage page, string number)
    {
        await Office.Ring(Office.Inbound(number) with { Patience = 12, Phones = [] });
        await Expect(page.Locator("[data-pop] .pop")).ToBeVisibleAsync();
        Office.Pass(seconds: 15);
        await Expect(page.Locator("[data-pop] .pop")).ToContainTextAsync(new Regex("missed call|пропущенный звонок"));
    }

    async Task<string?> TaskState(string number)
    {
        await using var session = await Server.Services.GetRequiredService<Database>().Read(default);
        return await session.QueryFirst<string>(
            new("SELECT t.state FROM agent_task t JOIN call c ON c.id = t.call_id WHERE c.party_e164 = @number ORDER BY t.id DESC"), new { number }, default);
    }

    static async Task<int> Count(IPage page) => int.Parse((await Counter(page).GetAttributeAsync("data-lost-count"))!, CultureInfo.InvariantCulture);

    static ILocator Counter(IPage page) => page.Locator(".lost-counter");

    static ILocator Row(IPage page, string number) => page.Locator("tr[data-lost]").Filter(new() { HasText = number });

    static ILocator Callback(IPage page, string number) => page.Locator(".day-row").Filter(new() { HasText = number });

    static Task Screenshot(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"lost-{name.Replace(' ', '-')}.png") });
}
