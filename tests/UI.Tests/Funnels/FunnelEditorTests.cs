using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Funnels;

/// <summary>A manager makes a funnel, sees whom a rule would stop, and is not overrun by another one.</summary>
internal sealed class FunnelEditorTests : FunnelTests
{
    [Test]
    public async Task A_funnel_with_a_field_gate_and_a_task_gate_is_made_and_is_there_afterwards([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var name = $"Sales {screen.Width} {screen.Theme}";
        var page = await VisitAs("maria", "/funnels/new", screen);
        await Look(page, screen, "new");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByLabel(isEnglish ? "Name" : "Название").FillAsync(name);
        await Expect(page.Locator(".stage-toggle")).ToHaveCountAsync(5);

        var offer = page.Locator(".stage-row").Nth(2);
        await offer.Locator(".stage-toggle").ClickAsync();
        await offer.GetByLabel(isEnglish ? "Amount" : "Сумма").CheckAsync();
        await offer.GetByLabel(isEnglish ? "Items" : "Позиции").CheckAsync();
        await offer.Locator(".task-add").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save" : "Сохранить", Exact = true }).ClickAsync();
        await Expect(offer.Locator(".stage-task .error")).ToBeVisibleAsync();
        await Look(page, screen, "errors");
        await offer.GetByLabel(isEnglish ? "What is to be done" : "Что сделать").FillAsync("Call about the offer");
        await offer.GetByLabel(isEnglish ? "Only with a call" : "Только со звонком").FillAsync("30");
        await Look(page, screen, "stage");
        await offer.Locator(".stage-up").ClickAsync();
        await Expect(page.Locator(".stage-toggle").Nth(1)).ToContainTextAsync(isEnglish ? "Offer" : "Предложение");
        await Expect(page.Locator(".stage-up").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+Enter");

        await page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator(".versions li")).ToHaveCountAsync(1);
        var funnel = (await Manager.GetFromJsonAsync<Funnel[]>("/api/funnels", Wire))!.Single(funnel => funnel.Name == name);
        Assert.Multiple(() =>
        {
            Assert.That(funnel.Stages.Select(stage => stage.Name), Is.EqualTo(isEnglish ? new[] { "New", "Offer", "Qualified", "Won", "Lost" } : ["Новая", "Предложение", "Квалификация", "Успех", "Отказ"]));
            Assert.That(funnel.Stages[1].Fields.Select(field => field.Field), Is.EquivalentTo(new[] { DealFields.Amount, DealFields.Items }));
            Assert.That(funnel.Stages[1].Tasks.Single(), Has.Property("CallSeconds").EqualTo(30).And.Property("IsRequired").True);
        });
        await Look(page, screen, "saved");
        await page.Locator(".versions button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Call about the offer");
        await Look(page, screen, "version");
        await page.GotoAsync("/funnels");
        await Expect(page.Locator("tr", new() { HasText = name })).ToBeVisibleAsync();
        await Look(page, screen, "list");
    }

    [Test]
    public async Task Who_would_be_stuck_is_shown_before_a_save([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var funnel = await Make($"Stuck {screen.Width} {screen.Theme}");
        var deal = await MakeDeal(funnel, "New roof");
        var page = await VisitAs("maria", $"/funnels/{funnel.Id}", screen);
        await page.Locator(".stage-toggle").Nth(1).ClickAsync();
        await page.Locator(".stage-row").Nth(1).GetByLabel(isEnglish ? "Amount" : "Сумма").CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Show who" : "Показать, кто" }).ClickAsync();

        await Expect(page.Locator(".stuck-deals a")).ToHaveTextAsync("New roof");
        await Expect(page.Locator(".stuck-deals li")).ToContainTextAsync(isEnglish ? "Amount" : "Сумма");
        await Expect(page.Locator(".stuck-deals a")).ToHaveAttributeAsync("href", $"deals/{deal.Id}");
        await Look(page, screen, "preview");
    }

    [Test]
    public async Task What_was_typed_stays_when_somebody_else_saved_first_and_goes_over_it_when_asked([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var funnel = await Make($"Two {screen.Width} {screen.Theme}");
        var page = await VisitAs("maria", $"/funnels/{funnel.Id}", screen);
        var name = page.GetByLabel(isEnglish ? "Name" : "Название").First;
        await name.FillAsync($"Mine {screen}");
        using var other = await Server.SignInAs(Roles.Manager, $"boris{screen.Width}{screen.Theme}");
        (await other.PutAsJsonAsync($"/api/funnels/{funnel.Id}", EditOf(funnel) with { Name = "Theirs" }, Wire)).EnsureSuccessStatusCode();

        await name.PressAsync("Control+Enter");

        await Expect(page.Locator(".conflict")).ToContainTextAsync($"boris{screen.Width}{screen.Theme}");
        await Expect(page.Locator(".conflict")).ToContainTextAsync("Theirs");
        await Expect(name).ToHaveValueAsync($"Mine {screen}");
        await Look(page, screen, "conflict");
        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save mine" : "Сохранить мою" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"Mine {screen}");
        Assert.That((await Manager.GetFromJsonAsync<Funnel>($"/api/funnels/{funnel.Id}", Wire))!, Has.Property("Version").EqualTo(3));
    }

    [Test]
    public async Task A_stage_that_has_deals_is_not_removed()
    {
        var funnel = await Make("Kept");
        await MakeDeal(funnel, "Fence");
        var page = await VisitAs("maria", $"/funnels/{funnel.Id}");
        page.Dialog += (_, question) => question.AcceptAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the stage “New”" }).ClickAsync();
        await Expect(page.Locator(".stage-toggle")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator(".funnel-side .notice")).ToContainTextAsync("Deals are in the stage “New”");
    }

    [Test]
    public async Task Who_is_no_manager_reads_a_funnel_and_is_told_why_it_cannot_be_changed()
    {
        var funnel = await Make("Read only");
        await Server.AddAccount("olga");
        var page = await VisitAs("olga", $"/funnels/{funnel.Id}");

        await Expect(page.Locator(".notice")).ToContainTextAsync("Managers and administrators");
        await Expect(page.Locator(".stage-facts")).ToHaveCountAsync(4);
        await Axe.FindsNothing(page);
    }
}
