using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Shell;

/// <summary>A day of work without a mouse.</summary>
internal sealed class KeyboardTests : OfficeTests
{
    [Test]
    public async Task From_sign_in_to_a_saved_client_without_a_mouse()
    {
        var page = await Visit();
        await Expect(page.Locator("[name=username]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("olga");
        await TabTo(page, "Password");
        await page.Keyboard.TypeAsync(Testing.RunningServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("My day");

        await Office.Ring(Office.Inbound("79081112233", answerAfter: 4));
        await Expect(page.Locator("[data-pop] .pop")).ToBeVisibleAsync();
        Office.Pass(seconds: 5);
        await Expect(page.Locator(".call-card")).ToContainTextAsync("Talking");

        await page.Keyboard.PressAsync("F9");
        await page.Keyboard.TypeAsync("call again on Tuesday");
        await TabTo(page, "Name");
        await page.Keyboard.TypeAsync("Anna Petrova");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".call-who h2")).ToHaveTextAsync("Anna Petrova");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("petrov");
        await Expect(page.Locator(".finder-option").First).ToContainTextAsync("Anna Petrova");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Anna Petrova");
    }

    [Test]
    public async Task Lists_are_walked_with_J_and_K_and_opened_with_Enter()
    {
        await OlgaHadCalls("79082000001", "79082000002", "79082000003");
        var page = await VisitAs("olga", "/calls");
        await page.Locator(".calls tbody a").First.FocusAsync();

        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".calls tbody a").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".calls tbody a").Nth(2)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToContainTextAsync("+7 908 200-00-02");
    }

    [Test]
    public async Task Single_letter_keys_can_be_switched_off()
    {
        await OlgaHadCalls("79083000001", "79083000002");
        var page = await VisitAs("olga", "/calls");
        await page.Locator(".profile summary").ClickAsync();
        await page.GetByLabel("Single-letter keys in lists").UncheckAsync();
        await page.Locator(".calls tbody a").First.FocusAsync();

        await page.Keyboard.PressAsync("j");

        await Expect(page.Locator(".calls tbody a").First).ToBeFocusedAsync();
    }

    [Test]
    public async Task Sections_search_help_and_the_skip_link_have_keys()
    {
        var page = await VisitAs("olga", "/desk");
        await page.Keyboard.PressAsync("Alt+2");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Clients");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Keys");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await page.Locator(".rail").WaitForAsync();
        await page.Locator(".skip-link").FocusAsync();
        await Expect(page.Locator(".skip-link")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Keys_work_in_the_Russian_layout()
    {
        await OlgaHadCalls("79084000001", "79084000002");
        var page = await VisitAs("olga", "/calls");
        await page.Locator(".calls tbody a").First.FocusAsync();

        // The key of J, as a browser tells it while the layout is Russian.
        await page.Locator(".calls tbody a").First.DispatchEventAsync("keydown", new { key = "о", code = "KeyJ", bubbles = true });

        await Expect(page.Locator(".calls tbody a").Nth(1)).ToBeFocusedAsync();
    }

    async Task OlgaHadCalls(params string[] numbers)
    {
        foreach (var number in numbers)
        {
            await Office.Ring(Office.Inbound(number, answerAfter: 2));
            await Office.EndAllCalls();
        }
    }

    /// <summary>Presses Tab until the field with this label has the focus.</summary>
    static async Task TabTo(IPage page, string label)
    {
        for (var presses = 0; presses < 20; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.labels?.[0]?.textContent ?? ''") == label)
                return;
        }

        Assert.Fail($"Tab does not come to “{label}”.");
    }
}
