using System.Collections.Concurrent;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Recordings;

/// <summary>Recordings are heard in a real browser: the sound comes from the running product, by ranges.</summary>
internal sealed class PlayerTests : OfficeTests
{
    /// <summary>Somebody speaks in the first 200 seconds and the last 200; between them it is silent. 19 MB.</summary>
    const int Seconds = 600;

    const string Number = "+79162220001";
    long callId;

    [OneTimeSetUp]
    public async Task Record()
    {
        await Server.AddAccount("boss", Roles.Manager);
        callId = await Talk(Number);
        await Server.Deliver(callId, RecordedSound.Talk(Seconds));
    }

    [Test]
    public async Task A_recording_plays_seeks_by_a_range_and_goes_faster()
    {
        var page = await VisitAs("boss", "/recordings");
        var ranges = RangesOf(page);
        await page.Locator("tbody [data-play]").First.ClickAsync();
        await Passes(page, 0.5, "the sound goes on by itself");
        await Expect(page.Locator(".player-time").First).ToContainTextAsync("/ 10:00");
        Assert.That(ranges, Has.Some.StartsWith("bytes=0-"));

        await page.Locator(".player-slider input").FillAsync("550");
        await Passes(page, 550.5, "it goes on from there");
        Assert.That(ranges.Select(Beginning).Max(), Is.GreaterThan(10_000_000), string.Join(", ", ranges));

        await page.Locator(".player select").SelectOptionAsync("2");
        Assert.That(await page.EvaluateAsync<double>("() => document.querySelector('[data-player] audio').playbackRate"), Is.EqualTo(2));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the player" }).ClickAsync();
        await Expect(page.Locator("[data-player]")).ToBeHiddenAsync();
    }

    [Test]
    public async Task It_can_be_played_without_a_mouse_and_goes_on_over_pages()
    {
        var page = await VisitAs("boss", $"/calls/{callId}");
        await page.Locator("[data-play]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Passes(page, 0.2, "it plays");
        await page.Locator(".player-slider input").FocusAsync();

        await page.Keyboard.PressAsync(" ");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Player" }).GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true })).ToBeVisibleAsync();
        await page.Locator(".player-slider input").FillAsync("100");
        await page.Keyboard.PressAsync("ArrowRight");
        await IsAt(page, 105);
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await IsAt(page, 120);
        await page.Keyboard.PressAsync("ArrowLeft");
        await IsAt(page, 115);
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator(".player select")).ToHaveValueAsync("1.25");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".player select")).ToHaveValueAsync("1");

        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("#player-comment")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Price was named here");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".player-comments ol")).ToContainTextAsync("Price was named here");
        await page.Locator(".player-slider input").FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play from 1:55" }).ClickAsync();
        await IsAt(page, 115);

        await page.Keyboard.PressAsync("Alt+1");
        await Expect(page.Locator("h1")).Not.ToContainTextAsync("Incoming call");
        await Expect(page.Locator(".player-what a")).ToContainTextAsync("+7 916 222-00-01");
        await page.Locator(".player-slider input").FocusAsync();
        await page.Keyboard.PressAsync(" ");
        await Passes(page, 115.3, "it plays on another page, too");
    }

    [Test]
    public async Task Silence_is_skipped()
    {
        var page = await VisitAs("boss", "/recordings");
        await page.Locator("tbody [data-play]").First.ClickAsync();
        await Passes(page, 0.1, "it plays");

        await page.GetByRole(AriaRole.Button, new() { Name = "Skip silence" }).ClickAsync();
        await page.Locator(".player-slider input").FillAsync("201");

        await Passes(page, 399, "the silence is jumped over");
    }

    [Test]
    public async Task Everybody_can_use_the_page_and_the_player([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var page = await VisitAs("boss", "/recordings", screen);
        await page.Locator("tbody [data-play]").First.ClickAsync();
        await Passes(page, 0.1, "it plays");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);

        await page.Locator(".player-comments summary").ClickAsync();
        await page.Locator("#player-comment").FillAsync("?");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
        await page.GotoAsync($"/calls/{callId}");
        await page.Locator(".recordings .listeners summary").ClickAsync();
        await Expect(page.Locator(".recordings .listeners li").First).ToContainTextAsync("boss");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }

    [Test]
    public async Task An_agent_hears_the_own_talk_from_the_timeline_and_sees_who_listened()
    {
        var page = await VisitAs("olga", $"/calls/{callId}");
        await page.Locator(".page-heading a").ClickAsync();
        await page.Locator(".timeline-row [data-play]").First.ClickAsync();
        await Passes(page, 0.1, "it plays");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToHaveCountAsync(0);

        await page.GotoAsync($"/calls/{callId}");
        await page.Locator(".listeners summary").ClickAsync();
        await Expect(page.Locator(".listeners li").First).ToContainTextAsync("olga");
    }

    [Test]
    public async Task A_colleague_hears_what_was_shared_and_cannot_pass_it_on()
    {
        var boss = await VisitAs("boss", $"/calls/{callId}");
        await boss.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        var dialog = boss.GetByRole(AriaRole.Dialog);
        var share = dialog.GetByRole(AriaRole.Button, new() { Name = "Share" });
        await share.ClickAsync();
        await Expect(dialog.Locator(".error")).ToHaveCountAsync(1);
        await dialog.GetByLabel("Colleague").SelectOptionAsync(new SelectOptionValue { Label = "ivan" });
        await Axe.FindsNothing(boss);
        await share.ClickAsync();
        var link = await dialog.GetByLabel("Address of the recording").InputValueAsync();
        await Axe.FindsNothing(boss);

        var ivan = await VisitAs("ivan", new Uri(link).AbsolutePath);
        await Expect(ivan.Locator(".page .notice")).ToContainTextAsync("boss");
        await ivan.Locator("[data-play]").ClickAsync();
        await Passes(ivan, 0.1, "it plays");
        foreach (var name in (string[])["Share", "Download"])
            await Expect(ivan.GetByRole(AriaRole.Button, new() { Name = name })).ToHaveCountAsync(0);
    }

    [Test]
    public async Task What_has_not_arrived_or_is_not_for_the_listener_is_said_in_words()
    {
        var expected = await Talk("+79162220002");
        var boss = await VisitAs("boss", $"/calls/{expected}");
        await Expect(boss.Locator(".recordings")).ToContainTextAsync("Expected: it usually arrives within a minute");
        var ivan = await VisitAs("ivan", $"/calls/{callId}");
        await Expect(ivan.Locator(".page .notice")).ToContainTextAsync("not open to you");

        var admin = await Server.SignIn("chief");
        (await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(admin, "/api/recordings/rights/manager", new ListeningRight { Role = "manager", Scope = "none" })).EnsureSuccessStatusCode();
        try
        {
            await boss.GotoAsync($"/calls/{callId}");
            await Expect(boss.Locator(".recordings")).ToContainTextAsync("You may not listen to this");
        }
        finally
        {
            var all = new ListeningRight { Role = "manager", Scope = "all", MayPlay = true, MayDownload = true, MayShare = true };
            (await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(admin, "/api/recordings/rights/manager", all)).EnsureSuccessStatusCode();
            admin.Dispose();
        }
    }

    [Test]
    public async Task The_filters_stay_in_the_address()
    {
        var page = await VisitAs("boss", "/recordings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answered, but no audio" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("noAudio=true"));
        await Expect(page.Locator(".empty")).ToContainTextAsync("Every answered call here has its sound");

        await page.ReloadAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answered, but no audio" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    /// <summary>Olga talks with a client; the PBX says that it records. Returns the call's id.</summary>
    async Task<long> Talk(string number)
    {
        await Office.Ring(Office.Inbound(number.TrimStart('+'), answerAfter: 2) with { Talk = [new HangUp(20, Party.Client)] });
        Office.Pass(seconds: 3);
        await Office.EndAllCalls();
        using var chief = await Server.SignIn("chief");
        return (await chief.EndedCall(number)).Id;
    }

    static ConcurrentQueue<string> RangesOf(IPage page)
    {
        var ranges = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/recordings/sound/", StringComparison.Ordinal) && request.Headers.TryGetValue("range", out var range))
                ranges.Enqueue(range);
        };
        return ranges;
    }

    static long Beginning(string range) => long.Parse(range["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);

    static Task<double> Position(IPage page) => page.EvaluateAsync<double>("() => document.querySelector('[data-player] audio').currentTime");

    static Task Passes(IPage page, double seconds, string what) => Until.True(async () => await Position(page) > seconds, what);

    static Task IsAt(IPage page, double seconds) => Until.True(async () => Math.Abs(await Position(page) - seconds) < 1, $"it is at {seconds}");
}
