using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Deals;

/// <summary>Deals on the board, through the gate, on their page and in the list.</summary>
internal sealed class DealTests : BrowserTests
{
    static readonly JsonSerializerOptions wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
    static int made;

    HttpClient chief = null!;
    HttpClient ivan = null!;
    Funnel funnel = null!;
    ClientCard client = null!;
    string delivery = "";

    FunnelStage New => funnel.Stages[0];

    FunnelStage Offer => funnel.Stages[1];

    [OneTimeSetUp]
    public async Task MakeFunnel()
    {
        chief = await Server.SignInAs(Roles.Admin, "chief");
        ivan = await Server.SignInAs(Roles.Supervisor, "ivan");
        await Server.AddAccount("olga", Roles.Supervisor, "Olga Demidova");
        var field = await Send<IdAnswer>(HttpMethod.Post, "/api/custom-fields", new CustomFieldEdit { Name = "Delivery date", Kind = FieldKind.Date });
        delivery = string.Create(CultureInfo.InvariantCulture, $"f{field.Id}");
        funnel = await Send<Funnel>(HttpMethod.Post, "/api/funnels", new FunnelEdit
        {
            Name = "Sales",
            Stages =
            [
                new() { Id = -1, Name = "New", LimitHours = 24, Tasks = [new() { Kind = AgentTaskKind.Document, Subject = "Send the price list", IsRequired = true }] },
                new() { Id = -2, Name = "Offer", Color = "amber", Probability = 60, Fields = [new() { Field = DealFields.Amount }, new() { Field = delivery }] },
                new() { Id = -3, Name = "Won", Kind = StageKind.Won, Color = "green", Probability = 100 },
                new() { Id = -4, Name = "Lost", Kind = StageKind.Lost, Color = "red" },
            ],
        });
        await chief.PutAsJsonAsync("/api/loss-reasons", new LossReason[] { new() { Name = "Price › Too dear" }, new() { Name = "Price › No budget" }, new() { Name = "No need" } });
        client = await Send<ClientCard>(HttpMethod.Post, "/api/clients", new ClientEdit { Name = "Анна Петрова", Numbers = ["+79161230001"] });
    }

    [OneTimeTearDown]
    public void SignOut()
    {
        chief?.Dispose();
        ivan?.Dispose();
    }

    [Test]
    public async Task A_deal_that_lacks_something_is_stopped_told_why_completed_and_moved([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var deal = await Make();
        var page = await Board(deal, screen);
        await Expect(Tile(page, deal)).ToBeVisibleAsync();
        await Look(page, "board", screen);

        await Tile(page, deal).Locator("[data-move]").ClickAsync();
        await Expect(page.Locator("[data-move-menu]")).ToBeVisibleAsync();
        await Look(page, "move menu", screen);
        await page.Locator("[data-move-menu] button").Nth(1).ClickAsync();
        await Expect(page.Locator(".gate-task")).ToContainTextAsync("Send the price list");
        await Expect(Go(page)).ToBeDisabledAsync();
        await Expect(page.Locator("#gate-why")).ToContainTextAsync("Delivery date");
        await Look(page, "gate", screen);

        await page.Locator(".gate .field-grid input[type=text]").FillAsync("120000");
        await page.Locator(".gate input[type=date]").FillAsync("2026-12-24");
        await Expect(Go(page)).ToBeDisabledAsync();
        await page.Locator(".gate-task .choice-row button").Nth(1).ClickAsync();
        await Go(page).ClickAsync();

        await Expect(Column(page, Offer).Locator($"[data-tile='{deal.Deal.Id}'] a")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-board-says]")).ToContainTextAsync("Offer");
        await Expect(Tile(page, deal)).ToContainTextAsync(new Regex("120.000"));
        var card = await Card(deal);
        Assert.That(card.Values[delivery], Is.EqualTo("2026-12-24"));
        Assert.That(card.Tasks.Single().Task.State, Is.EqualTo(AgentTaskState.Done));
    }

    [Test]
    public async Task Who_may_not_excuse_a_deal_asks_for_it_at_the_gate()
    {
        await Server.AddAccount("asya", Roles.Agent, "Asya");
        var deal = await Make();
        var page = await VisitAs("asya", $"/deals?search={deal.Deal.Title}");
        await Tile(page, deal).Locator("a").FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask to excuse" }).ClickAsync();
        await page.GetByLabel("Why it is not needed").FillAsync("He has the price list already");
        await page.Locator("[data-ask-excuse]").ClickAsync();

        await Expect(page.Locator(".gate-task")).ToContainTextAsync("Asked.");
        await Expect(Go(page)).ToBeDisabledAsync();
        Assert.That((await Card(deal)).Tasks.Select(task => task.Task.Subject), Does.Contain("He has the price list already · Send the price list"));
    }

    [Test]
    public async Task A_deal_is_dragged_to_another_column_and_back()
    {
        var deal = await Make(complete: true);
        var page = await Board(deal);

        await Tile(page, deal).DragToAsync(Column(page, Offer));
        await Expect(Column(page, Offer).Locator("[data-tile]")).ToHaveCountAsync(1);
        await Tile(page, deal).DragToAsync(Column(page, New));

        await Expect(Column(page, New).Locator("[data-tile]")).ToHaveCountAsync(1);
        Assert.That((await Card(deal)).Deal.StageId, Is.EqualTo(New.Id));
    }

    [Test]
    public async Task A_deal_is_moved_and_opened_by_keys_alone()
    {
        var search = $"keys{++made}";
        var (first, second) = (await Make(search), await Make(search));
        var page = await VisitAs("olga", $"/deals?search={search}");
        await Tile(page, first).Locator("a").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(Tile(page, second).Locator("a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(Tile(page, first).Locator("a")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("2");
        await Expect(page.GetByLabel("Amount")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("5 000,50");
        await page.GetByLabel("Delivery date").FillAsync("2026-12-24");
        await page.Keyboard.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(Column(page, Offer).Locator($"[data-tile='{first.Deal.Id}'] a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("h");
        await Expect(Tile(page, second).Locator("a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/deals/{first.Deal.Id}");
        await Expect(page.Locator(".stage-bar [aria-current=step]")).ToHaveTextAsync("Offer");
        await Expect(page.Locator(".deal-figures")).ToContainTextAsync("5,000.50");
    }

    [Test]
    public async Task Escape_asks_before_what_was_typed_at_the_gate_is_gone_and_the_card_keeps_the_focus()
    {
        var deal = await Make();
        var page = await Board(deal);
        var asked = 0;
        page.Dialog += async (_, question) =>
        {
            if (++asked == 1)
                await question.DismissAsync();
            else
                await question.AcceptAsync();
        };
        await MoveByMenu(page, deal, 1);
        await page.GetByLabel("Amount").FillAsync("1");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByLabel("Amount")).ToHaveValueAsync("1");
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Column(page, New).Locator($"[data-tile='{deal.Deal.Id}'] a")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-board-says]")).ToContainTextAsync("Blocked: Amount, Delivery date");
        Assert.That(asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_two_who_move_the_same_deal_the_second_sees_what_changed_and_keeps_what_was_typed([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var deal = await Make();
        var page = await Board(deal, screen);
        await MoveByMenu(page, deal, 1);
        await page.Locator(".gate .field-grid input[type=text]").FillAsync("777");
        await Send<DealCard>(HttpMethod.Put, $"/api/deals/{deal.Deal.Id}", new DealEdit { Version = deal.Deal.Version, Values = new Dictionary<string, string?> { ["amount"] = "900", [delivery] = "2026-12-31" } }, ivan);
        await page.Locator(".gate-task .choice-row button").Nth(1).ClickAsync();
        await page.Locator(".gate input[type=date]").FillAsync("2026-12-24");
        await Go(page).ClickAsync();

        var news = page.Locator(".gate .conflict");
        await Expect(news).ToContainTextAsync("ivan");
        await Expect(news).ToContainTextAsync("900");
        await Expect(page.Locator(".gate .field-grid input[type=text]")).ToHaveValueAsync("777");
        await Look(page, "gate conflict", screen);
        await news.Locator($"[name='contested-{delivery}']").Nth(1).CheckAsync();
        await Go(page).ClickAsync();

        await Expect(Column(page, Offer).Locator("[data-tile]")).ToHaveCountAsync(1);
        var card = await Card(deal);
        Assert.That((card.Values["amount"], card.Values[delivery]), Is.EqualTo(("777", "2026-12-31")));
    }

    [Test]
    public async Task A_refusal_needs_a_reason_and_the_deal_can_be_opened_again([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var deal = await Make();
        var page = await Board(deal, screen);
        await MoveByMenu(page, deal, 3);
        await Expect(Go(page)).ToBeDisabledAsync();
        await page.Locator(".loss-fields select").First.SelectOptionAsync("Price");
        await Expect(Go(page)).ToBeDisabledAsync();
        await page.Locator(".loss-fields select").Nth(1).SelectOptionAsync("Too dear");
        await Look(page, "lost", screen);
        await Go(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GotoAsync($"deals/{deal.Deal.Id}");
        await Expect(page.Locator(".deal-side")).ToContainTextAsync("Price › Too dear");
        Assert.That((await Card(deal)).Loss!.OfferAgainOn, Is.EqualTo(DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date.AddDays(90))));
        await Look(page, "lost deal", screen);
        await page.Locator(".stage-bar button").First.ClickAsync();

        await Expect(page.Locator(".stage-bar [aria-current=step]")).ToHaveTextAsync("New");
        Assert.That((await Card(deal)).Deal.ClosedAt, Is.Null);
    }

    [Test]
    public async Task A_deals_page_is_edited_with_items_and_tells_who_else_changed_it([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var deal = await Make();
        var page = await VisitAs("olga", $"/deals/{deal.Deal.Id}", screen);
        await page.Locator(".lines-field > button").ClickAsync();
        await page.Locator(".lines input").First.FillAsync("Door");
        await page.Locator(".lines input").Nth(1).FillAsync("3");
        await page.Locator(".lines input").Nth(2).FillAsync("1 000");
        await page.Locator(".lines input").Nth(3).FillAsync("700,5");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".deal-figures")).ToContainTextAsync(new Regex("898.50|898,50"));
        await Look(page, "deal", screen);

        await page.Locator("form [maxlength='200']").First.FillAsync("My title");
        await Send<DealCard>(HttpMethod.Put, $"/api/deals/{deal.Deal.Id}", new DealEdit { Version = (await Card(deal)).Deal.Version, Values = new Dictionary<string, string?> { ["title"] = "His title" } }, ivan);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".conflict")).ToContainTextAsync("His title");
        await Look(page, "deal conflict", screen);
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("My title");
        await Expect(page.Locator(".deal-events").Last).ToContainTextAsync("ivan");
    }

    [Test]
    public async Task A_stage_of_the_bar_leads_through_the_gate_and_a_task_of_the_deal_is_done_there()
    {
        var deal = await Make(complete: true, tasks: false);
        var page = await VisitAs("olga", $"/deals/{deal.Deal.Id}");
        await page.Locator(".stage-bar button").Nth(1).ClickAsync();
        await Expect(page.Locator("#gate-why")).ToContainTextAsync("Send the price list");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".deal-events")).ToContainTextAsync("Could not go to Offer");
        await page.Locator(".deal-tasks").GetByRole(AriaRole.Button, new() { Name = "Done: Send the price list" }).ClickAsync();
        await Expect(page.Locator(".deal-tasks .done")).ToHaveCountAsync(1);
        await page.Locator(".stage-bar button").Nth(1).ClickAsync();

        await Expect(page.Locator(".stage-bar [aria-current=step]")).ToHaveTextAsync("Offer");
        await page.GetByRole(AriaRole.Button, new() { Name = "New task" }).ClickAsync();
        await page.GetByLabel("What is to be done").FillAsync("Ask for the contract");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".deal-tasks")).ToContainTextAsync("Ask for the contract");
        Assert.That((await Card(deal)).Deal.NextStepSubject, Is.EqualTo("Ask for the contract"));
    }

    [Test]
    public async Task Who_may_moves_a_deal_past_its_gate_with_a_reason_that_stays()
    {
        await chief.PutAsJsonAsync("/api/gate-rights", new GateRight[] { new() { Role = Roles.Admin, MayOverride = true, MayExcuse = true } });
        var deal = await Make();
        var page = await VisitAs("chief", $"/deals?search={deal.Deal.Title}");
        await MoveByMenu(page, deal, 1);
        await page.GetByLabel("Move it anyway").CheckAsync();
        await Expect(Go(page)).ToBeDisabledAsync();
        await page.GetByLabel("Why it may pass").FillAsync("the director said so");
        await Go(page).ClickAsync();

        await Expect(Column(page, Offer).Locator("[data-tile]")).ToHaveCountAsync(1);
        Assert.That((await Card(deal)).Events[0].Reason, Is.EqualTo("the director said so"));
    }

    [Test]
    public async Task A_new_deal_begins_on_the_clients_card([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var title = $"Begun on the card {++made}";
        var page = await VisitAs("olga", $"/clients/{client.Id}", screen);
        await page.Locator(".client-deals .section-head a").ClickAsync();
        await page.Locator("form [maxlength='200']").First.FillAsync(title);
        await Look(page, "new deal", screen);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);

        await page.GotoAsync($"clients/{client.Id}");
        await Expect(page.Locator(".client-deals")).ToContainTextAsync(title);
        await Look(page, "deals of a client", screen);
    }

    [Test]
    public async Task Many_are_moved_at_once_and_each_has_its_answer([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var search = $"bulk{++made}";
        var (complete, incomplete) = (await Make(search, complete: true), await Make(search));
        var page = await VisitAs("olga", $"/deals?view=list&search={search}", screen);
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(2);
        foreach (var box in await page.Locator("[data-deal] input[type=checkbox]").AllAsync())
            await box.CheckAsync();
        await Look(page, "list", screen);
        await page.Locator(".bulk button").First.ClickAsync();
        await page.Locator("#bulk-form select").SelectOptionAsync(Offer.Id.ToString(CultureInfo.InvariantCulture));
        await page.Locator("[data-bulk-go]").ClickAsync();

        await Expect(page.Locator(".bulk-answers tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".bulk-answers tbody tr").First).ToContainTextAsync("Delivery date");
        await Look(page, "bulk answers", screen);
        Assert.That((await Card(complete)).Deal.StageId, Is.EqualTo(Offer.Id));
        Assert.That((await Card(incomplete)).Deal.StageId, Is.EqualTo(New.Id));
    }

    [Test]
    public async Task A_filter_is_kept_under_a_name_and_found_again()
    {
        var page = await VisitAs("olga", "/deals?view=list");
        await page.GetByLabel("Attention").SelectOptionAsync("old");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Slow ones");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page.GetByLabel("Attention")).ToHaveValueAsync("");

        await page.GetByLabel("Saved views").SelectOptionAsync(new SelectOptionValue { Label = "Slow ones" });
        await Expect(page.GetByLabel("Attention")).ToHaveValueAsync("old");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByLabel("Saved views").Locator("option")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_column_of_hundreds_paints_only_what_is_seen_and_loads_the_rest_when_scrolled_to()
    {
        var search = $"many{++made}";
        foreach (var _ in Enumerable.Range(0, 90))
            await Make(search);
        var page = await VisitAs("olga", $"/deals?search={search}");
        await Expect(Column(page, New).Locator(".column-count")).ToHaveAttributeAsync("data-count", "90");
        Assert.That(await page.Locator("[data-tile]").CountAsync(), Is.LessThan(25));

        var last = Column(page, New).Locator("[data-column]");
        await Expect(Column(page, New).Locator("[data-more]")).ToHaveCountAsync(1);
        for (var tries = 0; tries < 20 && await Column(page, New).Locator("[data-more]").CountAsync() > 0; tries++)
        {
            await last.EvaluateAsync("column => column.scrollTop = column.scrollHeight");
            await page.WaitForTimeoutAsync(100);
        }

        await Expect(Column(page, New).Locator("[data-more]")).ToHaveCountAsync(0);
        Assert.That(await page.Locator("[data-tile]").CountAsync(), Is.LessThan(25));
    }

    async Task<DealCard> Make(string? title = null, bool complete = false, bool tasks = true)
    {
        var values = new Dictionary<string, string?> { ["title"] = title ?? $"deal{++made}" };
        if (complete)
            (values["amount"], values[delivery]) = ("1000", "2026-12-24");
        var deal = await Send<DealCard>(HttpMethod.Post, "/api/deals", new NewDeal { FunnelId = funnel.Id, ClientId = client.Id, Values = values });
        if (complete && tasks)
            (await chief.PostAsJsonAsync($"/api/tasks/{deal.Tasks[0].Task.Id}/complete", new AgentTaskEnd { Version = deal.Tasks[0].Task.Version })).EnsureSuccessStatusCode();
        return deal;
    }

    async Task<DealCard> Card(DealCard deal) => (await chief.GetFromJsonAsync<DealCard>($"/api/deals/{deal.Deal.Id}", wire))!;

    async Task<T> Send<T>(HttpMethod method, string path, object body, HttpClient? who = null)
    {
        var response = await (who ?? chief).SendAsync(new(method, path) { Content = JsonContent.Create(body, options: wire) });
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>(wire))!;
    }

    Task<IPage> Board(DealCard deal, Screen? screen = null) => VisitAs("olga", $"/deals?search={deal.Deal.Title}", screen);

    static async Task MoveByMenu(IPage page, DealCard deal, int stage)
    {
        await Tile(page, deal).Locator("[data-move]").ClickAsync();
        await page.Locator("[data-move-menu] button").Nth(stage).ClickAsync();
        await page.Locator("#gate-form").WaitForAsync();
    }

    static ILocator Tile(IPage page, DealCard deal) => page.Locator($"[data-tile='{deal.Deal.Id}']");

    static ILocator Column(IPage page, FunnelStage stage) => page.Locator($"[data-drop='{stage.Id}']");

    static ILocator Go(IPage page) => page.Locator("[data-gate-go]");

    static async Task Look(IPage page, string what, Screen screen)
    {
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"deals {what} {screen}.png") });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
