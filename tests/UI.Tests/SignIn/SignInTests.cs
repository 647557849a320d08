using System.Text.RegularExpressions;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.SignIn;

internal sealed partial class SignInTests : BrowserTests
{
    [OneTimeSetUp]
    public async Task MakeAccounts()
    {
        await Server.AddAccount("olga", name: "Olga Smirnova");
        await Server.AddAccount("careless");
    }

    [Test]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        var page = await Visit("/calls");

        await SignIn(page, "olga", RunningServer.Password);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Calls");
        Assert.That(page.Url, Does.EndWith("/calls"));
    }

    [Test]
    public async Task A_wrong_password_is_told_in_words_and_nothing_typed_is_lost()
    {
        var page = await Visit();

        await SignIn(page, "olga", "not this one");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The login or the password is wrong.");
        await Expect(page.Locator("[name=username]")).ToHaveValueAsync("olga");
        await Axe.FindsNothing(page);
    }

    [Test]
    public async Task After_too_many_wrong_passwords_the_page_tells_until_when_it_is_locked()
    {
        var page = await Visit();
        var alert = page.GetByRole(AriaRole.Alert);

        for (var attempt = 0; attempt < 12 && !(await alert.AllInnerTextsAsync()).Any(text => Until().IsMatch(text)); attempt++)
        {
            var answer = page.WaitForResponseAsync("**/api/sign-in");
            await SignIn(page, "careless", $"wrong {attempt}");
            await answer;
            await Expect(page.Locator("form button[type=submit]")).ToBeEnabledAsync();
        }

        await Expect(alert).ToContainTextAsync(Until());
    }

    [Test]
    public async Task An_empty_form_goes_to_its_first_wrong_field()
    {
        var page = await Visit();

        await page.Locator("form button[type=submit]").ClickAsync();

        await Expect(page.Locator("[name=username]")).ToBeFocusedAsync();
        await Expect(page.Locator("[name=username]")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Test]
    public async Task Password_managers_find_their_fields()
    {
        var page = await Visit();

        await Expect(page.Locator("[name=username]")).ToHaveAttributeAsync("autocomplete", "username");
        await Expect(page.Locator("[name=password]")).ToHaveAttributeAsync("autocomplete", "current-password");
    }

    [Test]
    public async Task The_language_changes_at_once_and_stays_after_a_reload()
    {
        var page = await Visit();
        await page.Locator("[name=username]").FillAsync("olga");

        await page.GetByText("Русский").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Вход");
        await Expect(page.Locator("[name=username]")).ToHaveValueAsync("olga");
        await page.ReloadAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Вход");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
    }

    [Test]
    public async Task A_session_that_ended_leads_to_the_sign_in_and_back()
    {
        var page = await VisitAs("olga", "/calls");
        await page.Context.ClearCookiesAsync();

        // The page may have asked for something by itself already, and be gone.
        await page.EvaluateAsync("document.querySelector('.page-heading button')?.click()");
        await Expect(page.Locator(".notice")).ToContainTextAsync("Your session ended");
        await SignIn(page, "olga", RunningServer.Password);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Calls");
    }

    [GeneratedRegex(@"try again at \d\d:\d\d")]
    private static partial Regex Until();
}
