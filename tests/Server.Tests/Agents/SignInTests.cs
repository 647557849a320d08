using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Agents;

sealed class SignInTests
{
    // In the future: the browser's own clock decides whether a cookie has expired.
    readonly FakeTimeProvider time = new(new(2090, 3, 10, 9, 0, 0, TimeSpan.Zero));
    RunningServer server = null!;

    [SetUp]
    public async Task Start() => server = await RunningServer.Start(services: all => all.AddSingleton<TimeProvider>(time));

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task The_right_password_opens_a_session_that_only_the_browser_can_read()
    {
        await server.AddAccount("Olga", Roles.Supervisor);
        using var browser = server.Browser();

        var response = await Try(browser, "oLGA ", RunningServer.Password);

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict"));
        var me = await browser.GetFromJsonAsync<Me>("/api/me");
        Assert.That((me!.Login, me.Role), Is.EqualTo(("Olga", Roles.Supervisor)));
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_login_get_the_same_answer()
    {
        await server.AddAccount("olga");
        using var browser = server.Browser();

        Assert.That(await Try(browser, "olga", "wrong password").Outcome(), Is.EqualTo("401 wrong_credentials"));
        Assert.That(await Try(browser, "nobody", "wrong password").Outcome(), Is.EqualTo("401 wrong_credentials"));
    }

    [TestCase("olga")]
    [TestCase("nobody")]
    public async Task Five_wrong_passwords_close_a_login_whether_or_not_it_exists(string login)
    {
        await server.AddAccount("olga");
        using var browser = server.Browser();
        for (var i = 0; i < 5; i++)
            Assert.That(await Try(browser, login, "wrong").Outcome(), Is.EqualTo("401 wrong_credentials"));

        var closed = await Try(browser, login, RunningServer.Password);

        Assert.That(await closed.Outcome(), Is.EqualTo("423 locked_out"));
        Assert.That((await closed.Body())["until"]!.GetValue<DateTimeOffset>(), Is.EqualTo(time.GetUtcNow().AddMinutes(5)));
    }

    [Test]
    public async Task A_lock_ends_by_itself_and_the_next_one_is_longer()
    {
        await server.AddAccount("olga");
        using var browser = server.Browser();
        for (var i = 0; i < 5; i++)
            await Try(browser, "olga", "wrong");

        time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.That(await Try(browser, "olga", "wrong").Outcome(), Is.EqualTo("401 wrong_credentials"));
        time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.That(await Try(browser, "olga", RunningServer.Password).Outcome(), Is.EqualTo("423 locked_out"));
        time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.That(await Try(browser, "olga", RunningServer.Password).Outcome(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Guesses_sent_all_at_once_are_counted_too()
    {
        await server.AddAccount("olga");
        using var browser = server.Browser();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Try(browser, "olga", "wrong").Outcome()));

        Assert.That(outcomes.Count(outcome => outcome == "401 wrong_credentials"), Is.EqualTo(5));
    }

    [Test]
    public async Task An_admin_unlocks_an_account()
    {
        var id = await server.AddAccount("olga");
        using var browser = server.Browser();
        for (var i = 0; i < 5; i++)
            await Try(browser, "olga", "wrong");
        using var admin = await server.SignInAs(Roles.Admin);
        var locked = (await admin.GetFromJsonAsync<AgentItem[]>("/api/agents"))!.Single(agent => agent.Id == id);
        Assert.That(locked.LockedUntil, Is.EqualTo(time.GetUtcNow().AddMinutes(5)));

        await admin.PostAsync($"/api/agents/{id}/unlock", null);

        Assert.That(await Try(browser, "olga", RunningServer.Password).Outcome(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_new_password_ends_all_other_sessions_at_once()
    {
        await server.AddAccount("olga");
        using var here = await server.SignIn("olga");
        using var there = await server.SignIn("olga");

        var change = new PasswordChange { Current = RunningServer.Password, New = "a longer new password" };
        Assert.That(await here.PutAsJsonAsync("/api/me/password", change).Outcome(), Is.EqualTo("204"));

        Assert.That(await here.GetAsync("/api/me").Outcome(), Is.EqualTo("200"));
        Assert.That(await there.GetAsync("/api/me").Outcome(), Is.EqualTo("401 not_signed_in"));
    }

    [Test]
    public async Task A_new_password_needs_the_old_one_and_twelve_characters()
    {
        using var browser = await server.SignInAs(Roles.Agent);

        var guessed = await browser.PutAsJsonAsync("/api/me/password", new PasswordChange { Current = "guess", New = "a longer new password" });
        Assert.That((await guessed.Body())["errors"]!["current"], Is.Not.Null);
        var tooShort = await browser.PutAsJsonAsync("/api/me/password", new PasswordChange { Current = RunningServer.Password, New = "elevenchars" });
        Assert.That((await tooShort.Body())["errors"]!["new"], Is.Not.Null);
    }

    [Test]
    public async Task A_retired_account_is_out_at_once_and_does_not_come_in_again()
    {
        var id = await server.AddAccount("olga");
        using var olga = await server.SignIn("olga");
        using var admin = await server.SignInAs(Roles.Admin);

        await admin.PutAsJsonAsync($"/api/agents/{id}", new AgentEdit { Login = "olga", Name = "Olga", Role = Roles.Agent, IsActive = false });

        Assert.That(await olga.GetAsync("/api/me").Outcome(), Is.EqualTo("401 not_signed_in"));
        Assert.That(await Try(olga, "olga", RunningServer.Password).Outcome(), Is.EqualTo("401 wrong_credentials"));
    }

    [Test]
    public async Task A_session_ends_after_twelve_idle_hours_and_slides_while_used()
    {
        using var browser = await server.SignInAs(Roles.Agent);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromHours(8));
            Assert.That(await browser.GetAsync("/api/me").Outcome(), Is.EqualTo("200"));
        }

        time.Advance(TimeSpan.FromHours(12.1));

        Assert.That(await browser.GetAsync("/api/me").Outcome(), Is.EqualTo("401 not_signed_in"));
    }

    [Test]
    public async Task After_sign_out_the_browser_is_a_stranger()
    {
        using var browser = await server.SignInAs(Roles.Agent);

        Assert.That(await browser.PostAsync("/api/sign-out", null).Outcome(), Is.EqualTo("204"));

        Assert.That(await browser.GetAsync("/api/me").Outcome(), Is.EqualTo("401 not_signed_in"));
    }

    static Task<HttpResponseMessage> Try(HttpClient browser, string login, string password) =>
        browser.PostAsJsonAsync("/api/sign-in", new SignIn { Login = login, Password = password });
}
