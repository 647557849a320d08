using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Agents;

sealed class SetUpTests
{
    RunningServer server = null!;
    string code = "";

    [SetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        code = (await server.Services.GetRequiredService<AgentStore>().SetUpCode(CancellationToken.None))!;
    }

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task The_code_from_the_console_makes_the_first_admin_and_signs_in()
    {
        using var browser = server.Browser();
        Assert.That((await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.NeedsSetUp, Is.True);

        Assert.That(await SetUp(browser, code.ToLowerInvariant()).Outcome(), Is.EqualTo("200"));

        Assert.That((await browser.GetFromJsonAsync<Me>("/api/me"))!.Role, Is.EqualTo(Roles.Admin));
        Assert.That((await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.NeedsSetUp, Is.False);
    }

    [Test]
    public async Task A_wrong_code_makes_nobody()
    {
        using var browser = server.Browser();

        Assert.That(await SetUp(browser, "AAAA-BBBB-CCCC").Outcome(), Is.EqualTo("403 wrong_set_up_code"));

        Assert.That((await browser.GetFromJsonAsync<SignInInfo>("/api/sign-in"))!.NeedsSetUp, Is.True);
    }

    [Test]
    public async Task Of_many_who_set_up_at_once_one_wins()
    {
        using var browser = server.Browser();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SetUp(browser, code, $"admin{i}").Outcome()));

        Assert.That(outcomes.Order(), Is.EqualTo(Enumerable.Repeat("409 already_set_up", 7).Prepend("200")));
        using var admin = await server.SignInAs(Roles.Admin, "second");
        Assert.That(await admin.GetFromJsonAsync<AgentItem[]>("/api/agents"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_short_password_is_refused_with_its_field()
    {
        using var browser = server.Browser();

        var response = await browser.PostAsJsonAsync("/api/set-up", new SetUp { Code = code, Login = "boss", Name = "Boss", Password = "too short" });

        Assert.That(await response.Outcome(), Is.EqualTo("400 validation"));
        Assert.That((await response.Body())["errors"]!["password"], Is.Not.Null);
    }

    static Task<HttpResponseMessage> SetUp(HttpClient browser, string code, string login = "boss") =>
        browser.PostAsJsonAsync("/api/set-up", new SetUp { Code = code, Login = login, Name = "Boss", Password = RunningServer.Password });
}
