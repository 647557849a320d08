using Microsoft.Playwright;

namespace ContactCenterCrm.UI.Tests;

/// <summary>A real Chromium without a window, driven by Playwright. One for a fixture; each person at a screen is a context of it.</summary>
public sealed class ChromiumHost : IAsyncDisposable
{
    // Debian's, because Playwright's own would have to be downloaded.
    const string Program = "/usr/bin/chromium";

    readonly IPlaywright playwright;
    readonly IBrowser browser;

    ChromiumHost(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// <summary>Why no browser can be started on this machine; null when one can.</summary>
    public static string? Missing { get; } = File.Exists(Program) ? null : "Chromium is not installed (tests/environment/install)";

    public static async Task<ChromiumHost> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Headless = true,
            // No sandbox: containers have no user namespaces, and the only pages are our own. The rest keeps it from talking to anybody else.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        return new ChromiumHost(playwright, browser);
    }

    /// <summary>One person's browser: cookies and storage of its own. Keep it for a fixture: the second page then loads from its cache.</summary>
    /// <param name="language">As the browser asks for it: en, ru.</param>
    public Task<IBrowserContext> NewPerson(string address, string language = "en", int width = 1366, int height = 768) =>
        browser.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = language,
            ViewportSize = new() { Width = width, Height = height },
        });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
