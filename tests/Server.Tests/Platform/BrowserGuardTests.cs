using System.Net.Http.Json;
using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Platform;

sealed class BrowserGuardTests
{
    RunningServer server = null!;
    HttpClient browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        browser = await server.SignInAs(Roles.Admin);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("http://evil.example")]
    [TestCase("http://127.0.0.1:1")]
    [TestCase("null")]
    public async Task A_page_of_another_site_changes_nothing_even_with_the_cookie(string origin)
    {
        Assert.That(await Unlock(("Origin", origin)).Outcome(), Is.EqualTo("403 foreign_origin"));
    }

    [Test]
    public async Task A_browser_that_says_cross_site_is_believed()
    {
        Assert.That(await Unlock(("Sec-Fetch-Site", "cross-site")).Outcome(), Is.EqualTo("403 foreign_origin"));
    }

    [Test]
    public async Task Our_own_page_and_a_program_without_origin_are_let_through()
    {
        Assert.That(await Unlock(("Origin", server.Address.GetLeftPart(UriPartial.Authority))).Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await Unlock().Outcome(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task A_form_cannot_post()
    {
        using var form = new StringContent("""{"login":"x"}""", Encoding.UTF8, "text/plain");

        Assert.That(await browser.PostAsync("/api/agents", form).Outcome(), Is.EqualTo("415 not_json"));
    }

    [Test]
    public async Task Every_response_carries_the_headers_that_protect_the_page()
    {
        foreach (var path in new[] { "/", "/api/me", "/api/nothing", "/health" })
        {
            var response = await browser.GetAsync(path);
            Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'"), path);
            Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"), path);
        }
        Assert.That((await browser.GetAsync("/api/me")).Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task An_address_that_no_part_of_the_api_has_is_an_error_and_any_other_is_a_page()
    {
        Assert.That(await browser.GetAsync("/api/nothing").Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await browser.DeleteAsync("/api/me").Outcome(), Is.EqualTo("405 method_not_allowed"));
        Assert.That((await browser.GetAsync("/clients/5")).Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
    }

    [Test]
    public async Task Broken_json_is_refused_with_a_code()
    {
        using var broken = new StringContent("{", Encoding.UTF8, "application/json");

        Assert.That(await browser.PostAsync("/api/agents", broken).Outcome(), Is.EqualTo("400 bad_request"));
        Assert.That(await browser.PostAsJsonAsync("/api/agents", new { login = new string('x', 2_000_000) }).Outcome(), Is.EqualTo("413 too_large"));
    }

    async Task<HttpResponseMessage> Unlock(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/agents/0/unlock");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await browser.SendAsync(request);
    }
}
