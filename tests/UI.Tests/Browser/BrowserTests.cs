using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Platform;
using Microsoft.Playwright;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace ContactCenterCrm.UI.Tests.Browser;

/// <summary>
/// Tests of pages in a real Chromium, on the whole product at a free port. A person keeps one browser for a fixture, so only the
/// first page loads the program. A test that fails leaves a picture of each open page in artifacts/screens.
/// </summary>
[Category("Browser")]
public abstract class BrowserTests
{
    readonly List<IPage> pages = [];
    readonly List<string> crashes = [];
    ChromiumHost? chromium;
    RunningServer? server;

    protected RunningServer Server => server!;

    protected ChromiumHost Chromium => chromium!;

    [OneTimeSetUp]
    public async Task OpenBrowser()
    {
        if (ChromiumHost.Missing is { } reason)
            Assert.Ignore(reason);
        chromium = await ChromiumHost.Start();
        server = await StartServer();
        Assertions.SetDefaultExpectTimeout((float)Until.Patience.TotalMilliseconds);
    }

    [OneTimeTearDown]
    public async Task CloseBrowser()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    [TearDown]
    public async Task LookAtWhatIsLeft()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            foreach (var (number, page) in pages.Where(page => !page.IsClosed).Index())
                await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"{TestContext.CurrentContext.Test.Name}-{number}.png") });
        }

        foreach (var page in pages.Where(page => !page.IsClosed))
            await page.Context.CloseAsync();
        pages.Clear();
        var broken = crashes.ToList();
        crashes.Clear();
        Assert.That(broken, Is.Empty, "No script may crash.");
    }

    protected virtual Task<RunningServer> StartServer() => RunningServer.Start();

    /// <summary>A page of somebody who is not signed in.</summary>
    protected async Task<IPage> Visit(string path = "/", Screen? screen = null)
    {
        var (language, theme, width, height) = screen ?? Screen.Desktop;
        var person = await Chromium.NewPerson(Server.Address.ToString(), language.Tag(), width, height);
        await person.AddInitScriptAsync($$"""localStorage.getItem('preferences') ?? localStorage.setItem('preferences', '{"language":"{{language.Tag()}}","theme":"{{theme}}"}')""");
        var page = await person.NewPageAsync();
        page.PageError += (_, error) => crashes.Add(error);
        pages.Add(page);
        await page.GotoAsync(path);
        await page.Locator("main:not(.splash) h1").WaitForAsync();
        return page;
    }

    /// <summary>A page of an account that exists, signed in with <see cref="RunningServer.Password"/>.</summary>
    protected async Task<IPage> VisitAs(string login, string path = "/", Screen? screen = null, string password = RunningServer.Password)
    {
        var page = await Visit(path, screen);
        await SignIn(page, login, password);
        await page.Locator(".top-bar").WaitForAsync();
        return page;
    }

    protected static async Task SignIn(IPage page, string login, string password)
    {
        await page.Locator("[name=username]").FillAsync(login);
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("[name=password]").PressAsync("Enter");
    }

    /// <summary>The element that has the focus, by its accessible text or id.</summary>
    protected static Task<string> Focused(IPage page) =>
        page.EvaluateAsync<string>("() => { const at = document.activeElement; return at.id || at.getAttribute('aria-label') || at.textContent.trim(); }");
}

/// <summary>What somebody looks at.</summary>
public sealed record Screen(Language Language, string Theme, int Width, int Height)
{
    public static readonly Screen Desktop = new(Language.English, "light", 1366, 768);
    public static readonly Screen DarkRussianDesktop = new(Language.Russian, "dark", 1366, 768);
    public static readonly Screen RussianPhone = new(Language.Russian, "light", 360, 740);
    public static readonly Screen DarkPhone = new(Language.English, "dark", 360, 740);

    public static readonly IReadOnlyList<Screen> All = [Desktop, DarkRussianDesktop, RussianPhone, DarkPhone];

    /// <summary>Both languages, themes and widths in two: for what takes long.</summary>
    public static readonly IReadOnlyList<Screen> Opposites = [Desktop, new(Language.Russian, "dark", 360, 740)];

    public override string ToString() => $"{Language} {Theme} {Width}x{Height}";
}
