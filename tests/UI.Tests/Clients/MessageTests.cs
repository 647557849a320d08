using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Clients;

/// <summary>What a client wrote, and what became of the answer.</summary>
internal sealed class MessageTests : BrowserTests
{
    static readonly Message question = new()
    {
        Source = "cloud",
        ExternalId = "SM1",
        Direction = MessageDirection.Inbound,
        Channel = MessageChannel.Whatsapp,
        PartyNumber = "+447700900123",
        PartyE164 = "+447700900123",
        PartyName = "Zoë Ångström",
        Line = "+442079460000",
        Body = "Call me <b>back</b> please 🙏 & thanks",
        Media = [new("image/jpeg", "ME1")],
        Status = "received",
        At = new(2026, 10, 13, 11, 5, 0, TimeSpan.Zero),
    };

    static readonly Message answer = question with
    {
        ExternalId = "SM2",
        Direction = MessageDirection.Outbound,
        PartyName = null,
        Body = null,
        Media = [],
        Status = "failed",
        ErrorCode = 63016,
        At = new(2026, 10, 13, 11, 6, 0, TimeSpan.Zero),
    };

    [OneTimeSetUp]
    public async Task Write()
    {
        await Server.AddAccount("olga");
        await Server.Services.GetRequiredService<MessageStore>().Save([question, answer], default);
    }

    [Test]
    public async Task Messages_stand_in_the_history_of_the_client([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var page = await VisitAs("olga", "/clients", screen);
        await page.GetByText("Zoë Ångström").First.ClickAsync();

        await Expect(page.Locator(".timeline-row")).ToHaveCountAsync(3);
        await Expect(page.Locator(".note-text")).ToHaveTextAsync(question.Body!);
        await Expect(page.Locator(".timeline-row .badge")).ToContainTextAsync("63016");
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);

        await page.Locator(".timeline-filter button").Nth(2).ClickAsync();
        await Expect(page.Locator(".timeline-row")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task A_client_who_does_not_want_to_be_recorded_is_marked_by_key()
    {
        var page = await VisitAs("olga", "/clients");
        await page.GetByText("Zoë Ångström").First.ClickAsync();
        await page.Locator(".page-heading button").ClickAsync();
        await page.GetByLabel("Do not record").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator(".client-facts")).ToContainTextAsync("Do not record");
    }
}
