using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests;

/// <summary>The tests' own browser.</summary>
internal sealed class ChromiumHostTests
{
    [Test]
    public async Task A_page_shows_what_it_holds_in_the_language_of_the_person()
    {
        if (ChromiumHost.Missing is { } reason)
            Assert.Ignore(reason);
        await using var chromium = await ChromiumHost.Start();
        await using var person = await chromium.NewPerson("http://127.0.0.1", language: "ru");
        var page = await person.NewPageAsync();

        await page.SetContentAsync("<h1></h1><script>document.querySelector('h1').textContent = navigator.language</script>");

        Assert.That(await page.Locator("h1").TextContentAsync(), Is.EqualTo("ru"));
    }
}
