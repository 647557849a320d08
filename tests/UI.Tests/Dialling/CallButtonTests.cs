using System.Text.Json.Nodes;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing.Pbx;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Dialling;

/// <summary>The call button beside every number: by mouse and by key, each step in words, and why it did not work.</summary>
internal sealed class CallButtonTests : OfficeTests
{
    static readonly PhoneReaction picksUp = new(PhoneAct.Answer, 2);

    [SetUp]
    public async Task ClearTheDesk()
    {
        using var olga = await Server.SignIn("olga");
        foreach (var card in JsonNode.Parse(await olga.GetStringAsync("/api/desk"))!["cards"]!.AsArray())
            (await olga.PostAsync($"/api/desk/{card!["callId"]}/close", null)).EnsureSuccessStatusCode();
    }

    [Test]
    public async Task A_row_of_the_list_is_called_by_a_key_and_each_step_is_told([Values("en", "ru")] string language)
    {
        var number = language == "en" ? "79161110001" : "79161110002";
        await Missed(number);
        await Office.ClickToCall(agent: picksUp, client: picksUp);
        var page = await VisitAs("olga", "/calls", language == "en" ? Screen.Desktop : Screen.DarkRussianDesktop);
        await page.Locator("tbody tr", new() { HasText = Readable(number) }).Locator("[data-row]").FocusAsync();

        await page.Keyboard.PressAsync("d");
        await Office.SomebodyCalls();
        Office.Pass(seconds: 1);
        await Expect(page.Locator(".call-bar")).ToContainTextAsync(language == "en" ? "Your phone 101 rings: pick it up" : "Звонит ваш телефон 101: снимите трубку");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
        Office.Pass(seconds: 2);
        await Expect(page.Locator(".call-bar")).ToContainTextAsync((language == "en" ? "Calling " : "Звоним ") + Readable(number));
        Office.Pass(seconds: 3);

        await Expect(page.Locator(".call-card")).ToContainTextAsync(language == "en" ? "Talking" : "Разговор");
        await Expect(page.Locator(".call-card")).ToContainTextAsync(Readable(number));
    }

    [Test]
    public async Task An_own_phone_that_was_not_picked_up_is_told_and_can_be_tried_again([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        await Missed("79161110003");
        await Office.ClickToCall(agent: new(PhoneAct.RingOut, 0), client: picksUp);
        var page = await VisitAs("olga", "/calls", screen);
        await page.Locator("tbody tr", new() { HasText = Readable("79161110003") }).First.Locator("[data-call]").ClickAsync();
        await Office.SomebodyCalls();

        Office.Pass(seconds: 1);
        Office.Pass(seconds: 31);
        await page.Locator(".call-bar a").ClickAsync();

        var warning = page.Locator(".call-head .notice");
        await Expect(warning).ToContainTextAsync(screen.Language == Language.English ? "Your phone 101 did not answer" : "Ваш телефон 101 не ответил");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
        await warning.GetByRole(AriaRole.Button).ClickAsync();
        await Office.SomebodyCalls();
        Office.Pass(seconds: 1);
        await Expect(page.Locator(".dial-step").First).ToContainTextAsync("101");
    }

    [Test]
    public async Task A_phone_that_is_not_there_is_told_on_the_page_where_it_was_asked_for()
    {
        await Server.AddPerson("petr", "office", "105");
        var page = await VisitAs("petr", "/clients");
        await Known(page, "Petrova", "+7 916 111-00-04");
        await page.Locator(".client-facts [data-call]").ClickAsync();

        var bar = page.Locator(".dial-bar");
        await Expect(bar).ToContainTextAsync("Your phone 105 cannot be reached. Is it switched on and registered?");
        await Expect(bar.GetByRole(AriaRole.Button, new() { Name = "Call again" })).ToBeVisibleAsync();
        await Axe.FindsNothing(page);
        await page.ReloadAsync();
        await Expect(bar).ToContainTextAsync("cannot be reached");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(bar).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_client_who_does_not_want_to_be_called_is_not_called()
    {
        var page = await VisitAs("olga", "/clients");
        await Known(page, "Sidorov", "+7 916 111-00-05");
        await Expect(page.Locator(".client-facts [data-call]")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await page.GetByLabel("Do not call").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save client" }).ClickAsync();
        await Expect(page.Locator(".client-facts")).ToContainTextAsync("Do not call");
        await Expect(page.Locator(".client-facts [data-call]")).ToHaveCountAsync(0);

        await page.GotoAsync("/clients?search=Sidorov");
        await page.Locator("tbody [data-call]").First.ClickAsync();
        await Expect(page.Locator(".dial-bar")).ToContainTextAsync("This client does not want to be called.");
    }

    [Test]
    public async Task Who_has_several_phones_says_which_one_shall_ring()
    {
        await Server.AddPerson("anna", "office", "103");
        await Server.GivePhone("anna", "office", "104");
        await Office.ClickToCall(agent: picksUp, client: picksUp);
        var page = await VisitAs("anna", "/clients");
        await Known(page, "Anybody", "+7 916 111-00-07");
        await page.Locator(".client-facts [data-call]").ClickAsync();

        await page.Locator(".dial-bar").GetByRole(AriaRole.Button, new() { Name = "Phone 104" }).ClickAsync();
        await Office.SomebodyCalls();
        Office.Pass(seconds: 1);

        await Expect(page.Locator(".call-bar")).ToContainTextAsync("Your phone 104 rings");
    }

    /// <summary>A call that stands in the list.</summary>
    async Task Missed(string number)
    {
        await Office.Ring(Office.Inbound(number, answerAfter: 100) with { Patience = 3 });
        Office.Pass(seconds: 5);
        await Office.EndAllCalls();
    }

    /// <summary>A client with a number, whose card is open.</summary>
    static async Task Known(IPage page, string name, string number)
    {
        await page.GotoAsync("/clients/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.Locator(".client-form input[inputmode=tel]").First.FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save client" }).ClickAsync();
        await page.Locator(".client-facts").WaitForAsync();
    }

    static string Readable(string number) => $"+7 {number[1..4]} {number[4..7]}-{number[7..9]}-{number[9..]}";
}
