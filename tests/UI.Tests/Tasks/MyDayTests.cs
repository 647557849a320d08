using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Tasks;

/// <summary>What an agent has to do, and is reminded of.</summary>
internal sealed class MyDayTests : OfficeTests
{
    [Test]
    public async Task The_day_can_be_used_by_everybody([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var login = $"day-{screen.Language}-{screen.Theme}-{screen.Width}".ToLowerInvariant();
        await Server.AddAccount(login, Roles.Supervisor);
        using var agent = await Server.SignIn(login);
        await Give(agent, "Send the price list", dueInMinutes: -14);
        await Give(agent, "Call about the delivery on Friday", dueInMinutes: 3);
        await Give(agent, "Meet at their office", dueInMinutes: 3 * 24 * 60);
        var page = await VisitAs(login, "/desk", screen);
        await Expect(page.Locator(".day-row")).ToHaveCountAsync(3);
        await Look(page, $"day {screen}");

        await page.Locator(".day-head .mud-button-root").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Look(page, $"task {screen}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await Server.Services.GetRequiredService<ReminderRound>().Run(CancellationToken.None);
        await Expect(page.Locator(".reminders summary strong")).ToHaveTextAsync("1");
        await page.Locator(".reminders summary").ClickAsync();
        await Look(page, $"reminders {screen}");
    }

    [Test]
    public async Task A_task_is_made_walked_to_and_done_without_a_mouse()
    {
        await Server.AddAccount("anna");
        using var anna = await Server.SignIn("anna");
        await Give(anna, "first", dueInMinutes: -2);
        await Give(anna, "second", dueInMinutes: -1);
        var page = await VisitAs("anna", "/desk");
        await page.Locator(".day-open").First.FocusAsync();

        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".day-open").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("What is to be done");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Locator(".day-open").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("e");

        await Expect(page.Locator(".day-row")).ToHaveCountAsync(1);
        await Expect(page.Locator(".day-row")).ToContainTextAsync("first");
        await Expect(page.Locator(".day-row")).ToContainTextAsync("late 2 min");
    }

    [Test]
    public async Task The_next_step_with_a_client_is_planned_on_the_card_and_told_in_its_story([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var login = $"next-{screen.Language}-{screen.Theme}-{screen.Width}".ToLowerInvariant();
        await Server.AddAccount(login);
        using var agent = await Server.SignIn(login);
        var created = await agent.PostAsJsonAsync("/api/clients", new { name = "Anna Petrova", numbers = Array.Empty<string>() });
        var client = (await created.Content.ReadFromJsonAsync<ClientCard>())!;
        var page = await VisitAs(login, $"/clients/{client.Id}", screen);
        await page.Locator(".next-step .mud-button-root").ClickAsync();
        await page.Locator("#task-form input[type=text]").FillAsync("Call about the delivery");

        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator(".next-step")).ToContainTextAsync("Call about the delivery");
        await Expect(page.Locator(".timeline-row")).ToContainTextAsync("Call about the delivery");
        await Look(page, $"next step {screen}");
    }

    [Test]
    public async Task A_reminder_appears_at_once_and_is_gone_when_answered()
    {
        await Server.AddAccount("boris");
        using var boris = await Server.SignIn("boris");
        var page = await VisitAs("boris", "/calls");
        await Expect(page.Locator(".reminders summary")).ToContainTextAsync("0 reminders");

        await Give(boris, "Call Ivanov", dueInMinutes: 0);
        await Server.Services.GetRequiredService<ReminderRound>().Run(CancellationToken.None);

        await Expect(page.Locator(".reminders summary")).ToContainTextAsync("1 reminder");
        await page.Locator(".reminders summary").ClickAsync();
        await Expect(page.Locator(".reminders .menu-body")).ToContainTextAsync("Call Ivanov");
        await page.GetByRole(AriaRole.Button, new() { Name = "Got it" }).ClickAsync();
        await Expect(page.Locator(".reminders summary")).ToContainTextAsync("0 reminders");
    }

    static async Task Give(HttpClient agent, string subject, int dueInMinutes)
    {
        var me = (await agent.GetFromJsonAsync<Me>("/api/me"))!;
        var edit = new
        {
            kind = "call",
            subject,
            ownerId = me.Id,
            dueAt = TimeProvider.System.GetUtcNow().AddMinutes(dueInMinutes),
            dueZone = "UTC",
            remindMinutesBefore = new[] { 0 },
        };
        (await agent.PostAsJsonAsync("/api/tasks", edit)).EnsureSuccessStatusCode();
    }

    static async Task Look(IPage page, string what)
    {
        await page.ScreenshotAsync(new() { Path = Testing.Repository.File("artifacts", "screens", $"{what}.png") });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
