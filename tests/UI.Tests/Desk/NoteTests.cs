using System.Net.Http.Json;
using System.Text.Json;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Desk;

/// <summary>The note that is typed during a call.</summary>
internal sealed class NoteTests : OfficeTests
{
    [Test]
    public async Task An_answered_call_opens_the_desk_and_its_note_saves_itself()
    {
        var page = await Talking("79060000001", "/calls");
        await Expect(page.Locator("h1")).ToHaveTextAsync("My day");

        await page.Keyboard.PressAsync("F9");
        await page.Keyboard.TypeAsync("wants a discount");
        await Expect(page.Locator(".note-state")).ToContainTextAsync("Saved");

        Assert.That(await DraftAtServer(), Is.EqualTo("wants a discount"));
        Assert.That(await Kept(page), Is.Empty);
    }

    [Test]
    public async Task Somebody_who_types_is_not_taken_away_by_an_answered_call()
    {
        var page = await VisitAs("olga", "/calls");
        await page.Locator("#search").FillAsync("in the middle of it");
        await Office.Ring(Office.Inbound("79060000002", answerAfter: 5));
        await Expect(page.Locator("[data-pop] .pop")).ToBeVisibleAsync();
        Office.Pass(seconds: 6);

        await Expect(page.Locator("[data-call-bar]")).ToContainTextAsync("Talking");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Calls");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await page.Locator("[data-call-bar] a").ClickAsync();
        await Expect(page.Locator(".call-card")).ToContainTextAsync("+7 906 000-00-02");
    }

    [Test]
    public async Task A_note_outlives_a_server_that_does_not_take_it_and_a_reload()
    {
        var page = await Talking("79060000003");
        await page.RouteAsync("**/api/desk/*/note", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"code":"database_away"}""" }));

        await page.Locator("[data-note]").FillAsync("important");
        await Expect(page.Locator(".note-state")).ToContainTextAsync("Kept in this browser");
        Assert.That(await Kept(page), Is.EqualTo(new[] { "important" }));
        await page.ReloadAsync();
        await Expect(page.Locator("[data-note]")).ToHaveValueAsync("important");
        await page.UnrouteAllAsync();

        await Expect(page.Locator(".note-state")).ToContainTextAsync("Saved");
        Assert.That(await DraftAtServer(), Is.EqualTo("important"));
        Assert.That(await Kept(page), Is.Empty);
    }

    [Test]
    public async Task Another_page_and_another_language_lose_no_letter()
    {
        var page = await Talking("79060000004");
        await page.Locator("[data-note]").FillAsync("half a sen");
        await page.Locator(".rail a", new() { HasText = "Clients" }).ClickAsync();
        await Expect(page.Locator("[data-call-bar]")).ToBeVisibleAsync();
        await page.Locator(".profile summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Русский" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("F9");

        await Expect(page.Locator("[data-note]")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-note]")).ToHaveValueAsync("half a sen");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Мой день");
    }

    async Task<IPage> Talking(string number, string path = "/desk")
    {
        var page = await VisitAs("olga", path);
        await Office.Ring(Office.Inbound(number, answerAfter: 5));
        await Expect(page.Locator("[data-pop] .pop")).ToBeVisibleAsync();
        Office.Pass(seconds: 6);
        await Expect(page.Locator(".call-card")).ToContainTextAsync("Talking");
        return page;
    }

    async Task<string?> DraftAtServer()
    {
        using var browser = await Server.SignIn("olga");
        var desk = await browser.GetFromJsonAsync<JsonElement>("/api/desk");
        return desk.GetProperty("cards").EnumerateArray().Single(card => card.GetProperty("state").GetString() == "talking").GetProperty("noteDraft").GetString();
    }

    static Task<string[]> Kept(IPage page) =>
        page.EvaluateAsync<string[]>("Object.entries(localStorage).filter(([key]) => key.startsWith('note-')).map(([, text]) => text)");
}
