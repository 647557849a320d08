using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Clients;

/// <summary>One person on two cards: proposed, compared, merged, separated. And a note that is corrected.</summary>
internal sealed class MergeTests : BrowserTests
{
    HttpClient chief = null!;

    [OneTimeSetUp]
    public async Task SignInChief() => chief = await Server.SignInAs(Roles.Supervisor, "chief");

    [OneTimeTearDown]
    public void SignOutChief() => chief?.Dispose();

    [Test]
    public async Task Two_cards_of_one_person_become_one_and_two_again([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var address = $"petrova{screen.Width}{screen.Theme}@acme.ru";
        var anna = await Create(new() { Name = "Анна Петрова", Company = "Acme", Email = address, Numbers = [$"+7916{(screen.Theme == "dark" ? 1 : 2)}0{screen.Width:00000}"] });
        var form = await Create(new() { Name = "A. Petrova", Email = address.ToUpperInvariant(), DoNotCall = true });
        await chief.PostAsJsonAsync($"/api/clients/{form.Id}/notes", new NewNote { Text = "asks for the price list" });

        var page = await VisitAs("chief", $"/clients/{anna.Id}", screen);
        await Expect(page.Locator(".same-person")).ToContainTextAsync("A. Petrova");
        await Look(page, screen, "hint");
        await page.Locator(".same-person a").ClickAsync();
        await Expect(page.Locator(".merge-row")).ToHaveCountAsync(7);
        await Expect(page.Locator(".merge-row .badge")).ToHaveCountAsync(3);
        await Look(page, screen, "compare");

        await page.Locator("[name=merge-name]").Nth(1).CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("A. Petrova");
        await Expect(page.Locator(".client-facts")).ToContainTextAsync("Acme");
        await Expect(page.Locator(".note-text")).ToHaveTextAsync("asks for the price list");
        await Look(page, screen, "merged");

        await page.GotoAsync($"/clients/{form.Id}");
        await page.WaitForURLAsync($"**/clients/{anna.Id}");
        await page.Locator(".merged-with button").ClickAsync();
        await page.WaitForURLAsync($"**/clients/{form.Id}");
        await Expect(page.Locator(".note-text")).ToHaveTextAsync("asks for the price list");
        await Expect(page.Locator(".merged-with")).ToHaveCountAsync(0);

        await page.Locator(".same-person button").ClickAsync();
        await Expect(page.Locator(".same-person")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_note_is_corrected_and_what_it_said_before_is_shown([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var client = await Create(new() { Name = "Борис" });
        var note = (await (await chief.PostAsJsonAsync($"/api/clients/{client.Id}/notes", new NewNote { Text = "wants 5" })).Content.ReadFromJsonAsync<NoteItem>())!;
        var page = await VisitAs("chief", $"/clients/{client.Id}", screen);

        await page.Locator(".timeline-row .text-button").ClickAsync();
        await page.Locator(".timeline-row textarea").FillAsync("wants 50");
        await chief.PutAsJsonAsync($"/api/clients/{client.Id}/notes/{note.Id}", new NoteEdit { Version = 1, Text = "wants 15" });
        await page.Locator(".timeline-row textarea").PressAsync("Control+Enter");
        await Expect(page.Locator(".timeline-row .notice")).ToContainTextAsync("wants 15");
        await Look(page, screen, "note conflict");
        await page.Locator(".timeline-row textarea").PressAsync("Control+Enter");

        await Expect(page.Locator(".timeline-row .note-text").First).ToHaveTextAsync("wants 50");
        await page.Locator(".note-versions summary").ClickAsync();
        await Expect(page.Locator(".note-versions .note-text")).ToHaveTextAsync(["wants 15", "wants 5"]);
        await Look(page, screen, "note versions");
    }

    [Test]
    public async Task Whose_client_it_is_must_be_said_and_a_change_meanwhile_is_shown()
    {
        var (olga, ivan) = (await Server.AddAccount("olga"), await Server.AddAccount("ivan"));
        var one = await Create(new() { Name = "Clara", OwnerId = olga });
        var other = await Create(new() { Name = "Klara", OwnerId = ivan });
        var page = await VisitAs("chief", $"/clients/{one.Id}/merge/{other.Id}");

        await page.Locator(".merge-go").ClickAsync();
        await Expect(page.Locator(".merge-row .error")).ToBeVisibleAsync();
        await page.Locator("[name=merge-owner]").Nth(1).CheckAsync();
        await chief.PutAsJsonAsync($"/api/clients/{other.Id}", new ClientEdit { Version = 1, Name = "Klara K.", OwnerId = ivan });
        await page.Locator(".merge-go").ClickAsync();
        await Expect(page.Locator(".merge .notice")).ToBeVisibleAsync();
        await Expect(page.Locator(".merge")).ToContainTextAsync("Klara K.");
        await page.Locator(".merge-go").ClickAsync();

        await Expect(page.Locator(".client-facts")).ToContainTextAsync("ivan");
    }

    async Task<ClientCard> Create(ClientEdit edit) => (await (await chief.PostAsJsonAsync("/api/clients", edit)).Content.ReadFromJsonAsync<ClientCard>())!;

    static async Task Look(IPage page, Screen screen, string what)
    {
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"merge {what} {screen}.png"), FullPage = true });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
