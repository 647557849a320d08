using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Mail;

/// <summary>The mail server and the own address, as people set them up, against a real mail server.</summary>
internal sealed class MailPageTests : BrowserTests
{
    EximHost exim = null!;

    [OneTimeSetUp]
    public async Task OpenMailServer()
    {
        if (EximHost.Missing is { } reason)
            Assert.Ignore(reason);
        exim = await EximHost.Start();
        await Server.AddAccount("chief", Roles.Admin);
    }

    [OneTimeTearDown]
    public async Task CloseMailServer()
    {
        if (exim is not null)
            await exim.DisposeAsync();
    }

    [Test]
    public async Task An_admin_sets_the_server_up_learns_what_is_wrong_and_puts_it_right([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var text = UI.Platform.Texts.In(screen.Language).Mail;
        using var admin = await Server.SignIn("chief");
        await admin.DeleteAsync("/api/mail/server");
        var page = await VisitAs("chief", "/mail", screen);
        await Expect(page.Locator("main")).ToContainTextAsync(text.Off);
        await page.GetByLabel(text.Host, new() { Exact = true }).FillAsync("127.0.0.1");
        await page.GetByLabel(text.Port, new() { Exact = true }).FillAsync(exim.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel(text.Security, new() { Exact = true }).SelectOptionAsync("None");
        await page.GetByLabel(text.Username).FillAsync(EximHost.Username);
        await page.GetByLabel(text.Password, new() { Exact = true }).FillAsync("wrong");
        await page.GetByLabel(text.SenderAddress).FillAsync("crm");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("[aria-invalid=true]")).ToHaveCountAsync(1);
        await page.GetByLabel(text.SenderAddress).FillAsync(EximHost.AddressOf("crm"));
        await page.Keyboard.PressAsync("Control+Enter");

        await page.GetByLabel(text.TestTo, new() { Exact = true }).FillAsync(EximHost.AddressOf("boss"));
        await page.GetByRole(AriaRole.Button, new() { Name = text.Test, Exact = true }).ClickAsync();
        await Expect(page.Locator("main .notice.problem")).ToContainTextAsync(text.Fault(MailFaults.WrongCredentials));
        await Look(page, $"mail wrong {screen}");
        await page.GetByLabel(text.Password, new() { Exact = true }).FillAsync(EximHost.Password);
        await page.GetByLabel(text.Password, new() { Exact = true }).PressAsync("Control+Enter");
        await Expect(page.Locator("[role=status]").Filter(new() { HasText = text.Saved })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = text.Test, Exact = true }).ClickAsync();

        await Expect(page.Locator("main [role=status]")).ToContainTextAsync(text.TestDone(EximHost.AddressOf("boss")));
        await Look(page, $"mail right {screen}");
        await exim.Arrives("boss");
    }

    [Test]
    public async Task Who_gives_an_address_is_mailed_in_the_language_of_the_page_and_sees_it_in_the_task([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var text = UI.Platform.Texts.In(screen.Language);
        var login = $"mail-{screen.Language}-{screen.Theme}-{screen.Width}".ToLowerInvariant();
        using var admin = await Server.SignIn("chief");
        var server = new
        {
            host = "127.0.0.1",
            port = exim.Port,
            security = "none",
            username = EximHost.Username,
            password = EximHost.Password,
            senderAddress = EximHost.AddressOf("crm"),
        };
        (await admin.PutAsJsonAsync("/api/mail/server", server)).EnsureSuccessStatusCode();
        var id = await Server.AddAccount(login);
        using var agent = await Server.SignIn(login);
        var page = await VisitAs(login, "/desk", screen);
        await page.Locator(".profile summary").ClickAsync();
        await page.Locator(".menu-actions").GetByRole(AriaRole.Button, new() { Name = text.Mail.Own, Exact = true }).ClickAsync();
        await page.Locator("#own-mail-form input[type=email]").FillAsync(EximHost.AddressOf("anna"));
        await page.GetByRole(AriaRole.Button, new() { Name = text.Common.Save, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        var subject = $"Call about {login}";
        var task = new { kind = "call", subject, ownerId = id, dueAt = TimeProvider.System.GetUtcNow(), dueZone = "UTC", remindMinutesBefore = new[] { 0 } };
        (await agent.PostAsJsonAsync("/api/tasks", task)).EnsureSuccessStatusCode();
        await Server.Services.GetRequiredService<ReminderRound>().Run(CancellationToken.None);
        await Server.Services.GetRequiredService<ReminderMails>().Run(CancellationToken.None);
        string? Arrived() => exim.Box("anna").Select(mail => mail.Subject).FirstOrDefault(words => words?.EndsWith(subject, StringComparison.Ordinal) == true);
        await Until.True(() => Arrived() is not null, "the mail arrives");
        var isRussian = screen.Language == UI.Platform.Language.Russian;
        Assert.That(Arrived(), Does.StartWith(isRussian ? "Напоминание" : "Reminder"));

        await page.Locator(".day-open").ClickAsync();
        await Expect(page.Locator(".reminder-log li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".reminder-log")).ToContainTextAsync(isRussian ? $"письмо: {login}" : $"mailed to {login}");
        await Look(page, $"reminder log {screen}");
    }

    static async Task Look(IPage page, string what)
    {
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"{what}.png") });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
