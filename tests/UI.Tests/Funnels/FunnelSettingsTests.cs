using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Funnels;

/// <summary>What holds for all funnels: own fields, reasons of refusal, rights at gates, currencies.</summary>
internal sealed class FunnelSettingsTests : FunnelTests
{
    [Test]
    public async Task A_field_of_ones_own_is_made_and_a_stage_can_ask_it([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var name = $"Roof {screen.Width} {screen.Theme}";
        var funnel = await Make($"Roofs {screen.Width} {screen.Theme}");
        var page = await VisitAs("maria", "/funnels/fields", screen);
        await page.Locator(".page-heading button").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel(isEnglish ? "Name" : "Название").FillAsync(name);
        await dialog.GetByLabel(isEnglish ? "Kind" : "Вид").SelectOptionAsync(nameof(FieldKind.Choice));
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save" : "Сохранить" }).ClickAsync();
        await Expect(dialog.Locator(".error")).ToBeVisibleAsync();
        await dialog.GetByLabel(isEnglish ? "Choices" : "Варианты").FillAsync("Tiles\nMetal");
        await Look(page, screen, "field dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save" : "Сохранить" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator("tr", new() { HasText = name })).ToBeVisibleAsync();
        await Look(page, screen, "fields");

        await page.GotoAsync($"/funnels/{funnel.Id}");
        await page.Locator(".stage-toggle").Nth(1).ClickAsync();
        await page.Locator(".stage-row").Nth(1).GetByLabel(name).CheckAsync();
        await page.Locator("[data-finish]").ClickAsync();
        await Expect(page.Locator(".versions li")).ToHaveCountAsync(2);

        var stored = (await Manager.GetFromJsonAsync<Funnel>($"/api/funnels/{funnel.Id}", Wire))!;
        var field = (await Manager.GetFromJsonAsync<CustomFieldItem[]>("/api/custom-fields", Wire))!.Single(item => item.Field.Name == name);
        Assert.That(stored.Stages[1].Fields.Single().Field, Is.EqualTo($"f{field.Id}"));
        Assert.That(field.Field.Options, Is.EqualTo(new[] { "Tiles", "Metal" }));
    }

    [Test]
    public async Task A_field_that_somebody_else_changed_meanwhile_keeps_what_was_typed()
    {
        await Manager.PostAsJsonAsync("/api/custom-fields", new CustomFieldEdit { Name = "Colour" }, Wire);
        var item = (await Manager.GetFromJsonAsync<CustomFieldItem[]>("/api/custom-fields", Wire))!.Single(item => item.Field.Name == "Colour");
        var page = await VisitAs("maria", "/funnels/fields");
        await page.GetByRole(AriaRole.Button, new() { Name = "Colour" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Paint");
        (await Manager.PutAsJsonAsync($"/api/custom-fields/{item.Id}", item.Field with { Help = "of the wall" }, Wire)).EnsureSuccessStatusCode();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.Locator(".notice")).ToContainTextAsync("meanwhile");
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Paint");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Paint" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Reasons_of_refusal_are_a_tree_in_their_order([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        await Manager.PutAsJsonAsync("/api/loss-reasons", Array.Empty<LossReason>());
        var page = await VisitAs("maria", "/funnels/reasons", screen);
        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Begin with" : "Начать с" }).ClickAsync();
        await Expect(page.Locator(".reasons li")).ToHaveCountAsync(8);
        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Add a reason" : "Добавить причину" }).ClickAsync();
        await page.Locator(".reasons li:last-child input.control").FillAsync("Season > Winter");
        await page.Locator(".reasons li:last-child button").First.ClickAsync();
        await Expect(page.Locator(".reasons li:nth-child(8) button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Look(page, screen, "reasons");

        var stored = (await Manager.GetFromJsonAsync<LossReason[]>("/api/loss-reasons"))!;
        Assert.That(stored, Has.Length.EqualTo(9));
        Assert.That(stored[7].Name, Is.EqualTo("Season › Winter"));
        Assert.That(stored[8].IsValid, Is.False);
    }

    [Test]
    public async Task An_administrator_gives_the_right_to_pass_gates([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var chief = $"chief-{screen.Theme}";
        await Server.AddAccount(chief, Roles.Admin);
        var page = await VisitAs(chief, "/funnels/rights", screen);
        var box = page.Locator("tbody tr").Nth(1).Locator("input").First;
        await box.SetCheckedAsync(false);
        await box.CheckAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Look(page, screen, "rights");
        await page.ReloadAsync();

        await Expect(box).ToBeCheckedAsync();
        Assert.That((await Manager.GetFromJsonAsync<GateRight[]>("/api/gate-rights"))!.Single(right => right.Role == Roles.Supervisor).MayOverride, Is.True);
    }

    [Test]
    public async Task A_rate_is_written_with_a_comma_or_a_point([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var page = await VisitAs("maria", "/funnels/currencies", screen);
        await page.Locator(".currency-add input").First.FillAsync("eu");
        await page.Locator(".currency-add input").Nth(1).FillAsync("98,5");
        await page.Locator(".currency-add button").ClickAsync();
        await Expect(page.Locator(".currency-add .error")).ToBeVisibleAsync();
        await page.Locator(".currency-add input").First.FillAsync("eur");
        await page.Locator(".currency-add input").First.PressAsync("Enter");

        await Expect(page.GetByLabel(isEnglish ? "Rate of EUR" : "Курс EUR")).ToHaveValueAsync("98.5");
        await Look(page, screen, "currencies");
    }
}
