using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Calls;

/// <summary>A call that nobody heard comes with the PBX's diary, and the list says what it lacks.</summary>
internal sealed class CompletenessTests : OfficeTests
{
    [Test]
    public async Task A_call_that_nobody_heard_is_marked_and_the_list_says_how_complete_it_is()
    {
        using var chief = await Server.SignIn("chief");
        await BringDiary(chief, await RelayScript.NewToken(chief, "office"));
        await LeaveGap();
        await Until.True(async () => (await chief.GetFromJsonAsync<CallCompleteness>("/api/calls/completeness"))!.Calls == 1, "the diary has been compared");

        foreach (var screen in Screen.All)
        {
            var isEnglish = screen.Language == UI.Platform.Language.English;
            var page = await VisitAs("chief", "/calls", screen);
            await Expect(page.Locator("tr", new() { HasText = "+7 916 111-22-33" })).ToContainTextAsync(isEnglish ? "added later" : "добавлен позже");
            await Expect(page.Locator(".completeness")).ToContainTextAsync(isEnglish ? "Complete: 100 % of 1 call in" : "Полнота: 100 % из 1 звонка по");
            await Expect(page.Locator(".completeness .notice")).ToContainTextAsync(isEnglish ? "office was not heard" : "office: связи не было");
            await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"completeness {screen}.png") });
            await Axe.FindsNothing(page);
            await Axe.FitsTheScreen(page);
        }
    }

    /// <summary>A client rang 101 an hour ago and gave up, while nobody listened.</summary>
    async Task BringDiary(HttpClient chief, string token)
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-1);
        string[] lines =
        [
            Line("CHAN_START", 0, "PJSIP/trunk-1", "1.1", "79161112233", "74951234501"),
            Line("CHAN_START", 0.01, "PJSIP/101-2", "1.2", "101", "s"),
            Line("HANGUP", 9.99, "PJSIP/101-2", "1.2", "101", "74951234501", "AppDial", """{"hangupcause":127,"hangupsource":"","dialstatus":""}"""),
            Line("CHAN_END", 9.99, "PJSIP/101-2", "1.2", "101", "74951234501", "AppDial"),
            Line("HANGUP", 10, "PJSIP/trunk-1", "1.1", "79161112233", "74951234501", "", """{"hangupcause":127,"hangupsource":"PJSIP/trunk-1","dialstatus":"CANCEL"}"""),
            Line("CHAN_END", 10, "PJSIP/trunk-1", "1.1", "79161112233", "74951234501"),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/relay/lines")
        {
            Content = new StringContent(string.Join('\n', lines)),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        request.Headers.Add("X-Relay-Kind", "cel");
        (await chief.SendAsync(request)).EnsureSuccessStatusCode();

        string Line(string what, double second, string channel, string leg, string number, string extension, string application = "", string extra = "") =>
            string.Join(',', new[]
            {
                what, (at.AddSeconds(second) - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture), number, extension, "from-trunk",
                channel, application, "", leg, "1.1", "", extra,
            }.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    /// <summary>As if the line had just come up again.</summary>
    async Task LeaveGap()
    {
        var link = (await Server.Services.GetRequiredService<PbxLinkStore>().List(CancellationToken.None)).Single();
        var gaps = Server.Services.GetRequiredService<PbxGapStore>();
        await gaps.Hear([(link, TimeProvider.System.GetUtcNow())], CancellationToken.None);
        await gaps.Hear([(link, TimeProvider.System.GetUtcNow().AddMinutes(7))], CancellationToken.None);
    }
}
