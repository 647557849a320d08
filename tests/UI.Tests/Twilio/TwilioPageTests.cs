using System.Net.Http.Json;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Twilio;

/// <summary>An administrator connects Twilio, and is told what is wrong there.</summary>
internal sealed class TwilioPageTests : BrowserTests
{
    const string Sid = "AC00000000000000000000000000000001";
    const string Home = "https://crm.example.com/webhooks/twilio";

    readonly WireMockServer twilio = WireMockServer.Start();

    protected override async Task<RunningServer> StartServer()
    {
        var server = await RunningServer.Start(new Dictionary<string, string?>
        {
            ["PublicUrl"] = "https://crm.example.com",
            ["Twilio:Api:Base"] = twilio.Url,
            ["Twilio:Api:RetryDelay"] = "00:00:00.001",
        });
        await server.AddAccount("chief", Roles.Admin);
        return server;
    }

    [OneTimeTearDown]
    public void StopTwilio() => twilio.Dispose();

    [SetUp]
    public async Task Forget()
    {
        twilio.Reset();
        using var admin = await Server.SignIn("chief");
        foreach (var number in (await admin.GetFromJsonAsync<JsonElement[]>("/api/twilio/numbers"))!)
            await admin.DeleteAsync($"/api/twilio/numbers/{number.GetProperty("id")}");
        foreach (var account in (await admin.GetFromJsonAsync<TwilioAccountsPage>("/api/twilio/accounts"))!.Accounts)
            await admin.DeleteAsync($"/api/twilio/accounts/{account.Id}");
    }

    [Test]
    public async Task An_account_is_connected_and_a_number_described_without_a_mouse()
    {
        var page = await VisitAs("chief", "/twilio/accounts/new");
        await page.GetByLabel("Name").FillAsync("cloud");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".error")).ToHaveCountAsync(2);
        await page.GetByLabel("Account SID").FillAsync(Sid);
        await page.GetByLabel("Auth token").FillAsync("token");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Twilio");
        await Expect(page.Locator(".link-panel")).ToContainTextAsync(Sid);

        await page.GotoAsync("twilio/numbers/new");
        await page.GetByLabel("Number", new() { Exact = true }).FillAsync("+1 202 555 0100");
        await page.GetByLabel("Line name").FillAsync("Sales");
        await page.GetByLabel("Ring these").FillAsync("client:alice\nbob");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".error")).ToContainTextAsync("“bob” is none of");
        await page.GetByLabel("Ring these").FillAsync("client:alice");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator("table")).ToContainTextAsync("client:alice");
        await Expect(page.Locator("table")).ToContainTextAsync("voicemail");
        await page.Locator("[data-row]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Line name")).ToHaveValueAsync("Sales");
    }

    [Test]
    public async Task Secrets_are_not_shown_again()
    {
        await Connect();
        var page = await VisitAs("chief", "/twilio");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();

        await Expect(page.GetByLabel("Auth token")).ToHaveValueAsync("");
        await Expect(page.GetByLabel("Name")).ToBeDisabledAsync();
        await page.GetByLabel("Secondary token").FillAsync("second");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.GetByLabel("Forget the secondary token")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_name_that_a_pbx_has_is_refused_at_its_field_and_what_was_typed_stays()
    {
        using (var admin = await Server.SignIn("chief"))
            await admin.PostAsJsonAsync("/api/pbx/links", new PbxLinkEdit { Name = "office", Host = "127.0.0.1", Port = 1, Username = "crm", Secret = "s", IsEnabled = false });
        var page = await VisitAs("chief", "/twilio/accounts/new");
        await page.GetByLabel("Name").FillAsync("office");
        await page.GetByLabel("Account SID").FillAsync(Sid);
        await page.GetByLabel("Auth token").FillAsync("token");

        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator(".field.has-error")).ToContainTextAsync("There is one with this name already");
        await Expect(page.GetByLabel("Account SID")).ToHaveValueAsync(Sid);
    }

    [Test]
    public async Task What_is_wrong_at_Twilio_is_told_and_set_right_from_here()
    {
        await Connect(withNumber: true);
        TwilioAccountIs("active");
        Numbers(null, """ "voice_url": "https://demo.twilio.com/welcome", "voice_method": "POST" """);
        twilio.Given(Request.Create().UsingPost()).InScenario("numbers").WillSetStateTo("set").RespondWith(Json("{}"));
        Numbers("set", $"""
            "voice_url": "{Home}/voice/incoming", "voice_method": "POST", "voice_fallback_url": "{Home}/voice/incomingFallback",
            "status_callback": "{Home}/voice/numberStatus#rc=3&rp=ct,rt,5xx", "status_callback_method": "POST", "sms_url": "{Home}/message/incoming"
            """);
        var page = await VisitAs("chief", "/twilio");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Expect(page.Locator(".notice.problem")).ToContainTextAsync("Twilio asks another server about calls");
        await Expect(page.Locator(".notice.problem")).ToContainTextAsync("https://demo.twilio.com/welcome");
        await Axe.FindsNothing(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it for me" }).ClickAsync();

        await Expect(page.Locator(".notice.problem")).ToHaveCountAsync(0);
        await Expect(page.Locator("table")).ToContainTextAsync("Works");
    }

    [Test]
    public async Task Every_page_of_it_can_be_used_by_everybody([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        await Connect(withNumber: true);
        twilio.Given(Request.Create().UsingGet()).RespondWith(Json("""{"code": 20003, "message": "Authenticate"}""").WithStatusCode(401));
        var page = await VisitAs("chief", "/twilio", screen);
        await Look(page, "not checked");
        await page.Locator(".link-panel button").ClickAsync();
        await Expect(page.Locator(".notice.problem")).ToHaveCountAsync(2);
        await Look(page, "wrong credentials");
        await page.Locator("[data-row]").ClickAsync();
        await page.Locator("form").WaitForAsync();
        await page.Locator("form select").Nth(1).SelectOptionAsync("Queue");
        await Look(page, "number");
        await page.Locator("form select").Nth(1).SelectOptionAsync("Voicemail");
        await page.GotoAsync("twilio");
        await page.Locator(".link-panel a").ClickAsync();
        await page.Locator("form").WaitForAsync();
        await Look(page, "account");
    }

    async Task Connect(bool withNumber = false)
    {
        using var admin = await Server.SignIn("chief");
        await admin.PostAsJsonAsync("/api/twilio/accounts", new TwilioAccountEdit { Name = "cloud", AccountSid = Sid, AuthToken = "token", Region = "US" });
        var account = (await admin.GetFromJsonAsync<TwilioAccountsPage>("/api/twilio/accounts"))!.Accounts.Single();
        if (!withNumber)
            return;
        (await admin.PostAsJsonAsync("/api/twilio/numbers", new TwilioNumberEdit
        {
            AccountId = account.Id,
            E164 = "+12025550100",
            LineName = "Sales and support",
            Endpoints = ["client:alice", "sip:6001@pbx.example.com", "+12025550199"],
            IsClosed = true,
            IsRecorded = true,
        })).EnsureSuccessStatusCode();
    }

    void TwilioAccountIs(string status) => twilio.Given(Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{Sid}.json"))
        .RespondWith(Json($$"""{"sid": "{{Sid}}", "friendly_name": "Office", "status": "{{status}}"}"""));

    /// <param name="state">Null: as it was before anybody set it.</param>
    void Numbers(string? state, string settings)
    {
        var numbers = twilio.Given(Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{Sid}/IncomingPhoneNumbers.json")).InScenario("numbers");
        (state is null ? numbers : numbers.WhenStateIs(state)).RespondWith(Json($$"""{"incoming_phone_numbers": [{"sid": "PN1", "phone_number": "+12025550100", {{settings}}}], "next_page_uri": null}"""));
    }

    static IResponseBuilder Json(string body) => Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithBody(body);

    static async Task Look(IPage page, string what)
    {
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"twilio {what} {page.ViewportSize!.Width} {await page.Locator("html").GetAttributeAsync("lang")}.png"), FullPage = true });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
