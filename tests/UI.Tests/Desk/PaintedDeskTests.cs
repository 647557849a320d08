using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Desk;

/// <summary>Desks as a server may paint them, on every screen: each kind of pop and each state of a card.</summary>
internal sealed class PaintedDeskTests : BrowserTests
{
    static readonly JsonSerializerOptions wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
    static readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    static readonly ClientItem anna = new()
    {
        Id = 900_001,
        Status = "contact",
        Name = "Anna Petrova",
        Company = "OOO Lada",
        MainNumber = "+79161234567",
        OwnerName = "Олег Константинопольский",
        CreatedAt = now,
        LastContactAt = now,
    };

    static readonly DeskCard ringing = new()
    {
        CallId = 1,
        Revision = 1,
        State = DeskCardState.Ringing,
        Kind = PopKind.Known,
        Direction = "inbound",
        NumberDisplay = "+7 916 123-45-67",
        NumberRegion = "Moscow, UTC+3",
        Line = "+7 495 123-45-01",
        Queue = "support",
        Client = anna,
        MatchReason = "exact",
        LastNote = new() { Id = 1, Text = "Price is fine, waits for the delivery date. " + new string('x', 300), AuthorName = "Oleg", At = now },
        StartedAt = now,
        RingingSince = now,
    };

    static readonly DeskCard several = ringing with
    {
        Kind = PopKind.SeveralMatches,
        Client = null,
        MatchReason = null,
        LastNote = null,
        Matches = [.. Enumerable.Range(1, 5).Select(number => new ClientMatch { Client = anna with { Id = 900_000 + number, Name = $"Person {number}" }, Reason = "company" })],
    };

    [OneTimeSetUp]
    public Task MakeAccounts() => Server.AddAccount("olga");

    [Test]
    public async Task Every_kind_of_pop_fits_every_screen_and_can_be_used_by_everybody([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        DeskCard[] kinds =
        [
            ringing,
            ringing with { Kind = PopKind.Unknown, Client = null, LastNote = null },
            ringing with { Kind = PopKind.Hidden, Client = null, NumberDisplay = null, LastNote = null },
            ringing with { TransferredBy = "Ivan", TransferredNote = "Wants a discount, angry about the late delivery." },
            ringing with { State = DeskCardState.Withdrawn, WithdrawnBecause = "answered_elsewhere", TakenBy = "Ivan" },
            several,
        ];
        var page = await Visit("/calls", screen);
        foreach (var card in kinds)
        {
            await Paint(page, card);
            await Expect(page.Locator(".pop")).ToBeVisibleAsync();
            await Axe.FindsNothing(page);
            await Axe.FitsTheScreen(page);
        }
    }

    [Test]
    public async Task Every_state_of_the_card_fits_every_screen([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        DeskCard[] states =
        [
            ringing with { State = DeskCardState.Talking, TalkingSince = now },
            several with { State = DeskCardState.OnHold, TalkingSince = now },
            ringing with { State = DeskCardState.WrapUp, Kind = PopKind.Unknown, Client = null, EndedAt = now },
        ];
        var page = await Visit("/desk", screen);
        foreach (var card in states)
        {
            await Paint(page, card, ringing with { CallId = 2, IsSecondCall = true });
            await Expect(page.Locator(".call-card")).ToBeVisibleAsync();
            await Expect(page.Locator(".second-call")).ToBeVisibleAsync();
            await Axe.FindsNothing(page);
            await Axe.FitsTheScreen(page);
        }
    }

    [Test]
    public async Task A_figure_chooses_among_several_clients_only_while_the_list_has_the_focus()
    {
        var page = await Visit("/desk");
        var chosen = new TaskCompletionSource<string?>();
        await page.RouteAsync("**/api/desk/1/client", route =>
        {
            chosen.TrySetResult(route.Request.PostData);
            return route.FulfillAsync(new() { Status = 204 });
        });
        await Paint(page, several with { State = DeskCardState.Talking, TalkingSince = now });

        await page.Locator("[data-note]").PressAsync("2");
        await Expect(page.Locator("[data-note]")).ToHaveValueAsync("2");
        Assert.That(chosen.Task.IsCompleted, Is.False);
        await page.Locator(".matches button").First.PressAsync("2");

        Assert.That(await chosen.Task.WaitAsync(Until.Patience), Does.Contain("900002"));
    }

    [Test]
    public async Task Without_a_phone_the_desk_says_whom_to_ask()
    {
        var page = await Visit("/desk");

        await Paint(page);

        await Expect(page.Locator("main")).ToContainTextAsync("No phone is assigned to you");
        await Axe.FindsNothing(page);
    }

    [Test]
    public async Task A_lost_pbx_is_told_to_everybody()
    {
        var page = await Visit("/calls");

        await Show(page, new() { Cards = [], LinksDown = [new() { Pbx = "office", Since = now }], ServerTime = now });

        await Expect(page.Locator(".strip.problem")).ToContainTextAsync("Calls of “office” are not seen since");
        await Axe.FindsNothing(page);
    }

    static Task Paint(IPage page, params DeskCard[] cards) => Show(page, new() { Cards = cards, ServerTime = now });

    /// <summary>The live line is closed, so the browser asks for its desk, and gets this one.</summary>
    static async Task Show(IPage page, DeskState desk)
    {
        await page.UnrouteAsync("**/api/desk");
        await page.RouteAsync("**/api/desk", route => route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(desk, wire) }));
        if (await page.Locator(".top-bar").CountAsync() > 0)
        {
            await page.ReloadAsync();
            await page.Locator(".top-bar").WaitForAsync();
            return;
        }

        await page.RouteWebSocketAsync("**/hubs/desk", socket => _ = socket.CloseAsync());
        await page.ReloadAsync();
        await SignIn(page, "olga", RunningServer.Password);
        await page.Locator(".top-bar").WaitForAsync();
    }
}
