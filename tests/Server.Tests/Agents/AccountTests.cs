using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Agents;

sealed class AccountTests
{
    RunningServer server = null!;
    HttpClient admin = null!;

    [SetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        admin = await server.SignInAs(Roles.Admin);
    }

    [TearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_new_account_signs_in_and_is_listed()
    {
        var response = await admin.PostAsJsonAsync("/api/agents", Olga with { Password = RunningServer.Password });

        Assert.That(await response.Outcome(), Is.EqualTo("201"));
        using var olga = await server.SignIn("olga");
        Assert.That((await olga.GetFromJsonAsync<AgentName[]>("/api/agents/names"))!.Select(agent => agent.Name), Does.Contain("Olga"));
    }

    [Test]
    public async Task A_login_is_taken_whatever_its_case()
    {
        await server.AddAccount("olga");

        var response = await admin.PostAsJsonAsync("/api/agents", Olga with { Login = "OLGA", Password = RunningServer.Password });

        Assert.That(await response.Outcome(), Is.EqualTo("409 login_taken"));
    }

    [Test]
    public async Task A_login_cannot_be_changed_to_a_taken_one()
    {
        await server.AddAccount("olga");
        var id = await server.AddAccount("ivan");

        Assert.That(await admin.PutAsJsonAsync($"/api/agents/{id}", Olga).Outcome(), Is.EqualTo("409 login_taken"));
    }

    [Test]
    public async Task An_unknown_role_and_a_missing_password_are_refused_with_their_field()
    {
        var noPassword = await admin.PostAsJsonAsync("/api/agents", Olga);
        var noRole = await admin.PostAsJsonAsync("/api/agents", Olga with { Role = "boss", Password = RunningServer.Password });

        Assert.That((await noPassword.Body())["errors"]!["password"], Is.Not.Null);
        Assert.That((await noRole.Body())["errors"]!["role"], Is.Not.Null);
    }

    [Test]
    public async Task The_last_admin_cannot_be_retired_or_demoted()
    {
        var me = (await admin.GetFromJsonAsync<Me>("/api/me"))!;
        var edit = new AgentEdit { Login = me.Login, Name = me.Name, Role = Roles.Admin };

        Assert.That(await admin.PutAsJsonAsync($"/api/agents/{me.Id}", edit with { IsActive = false }).Outcome(), Is.EqualTo("409 last_admin"));
        Assert.That(await admin.PutAsJsonAsync($"/api/agents/{me.Id}", edit with { Role = Roles.Manager }).Outcome(), Is.EqualTo("409 last_admin"));
        Assert.That(await admin.PutAsJsonAsync($"/api/agents/{me.Id}", edit with { Name = "The admin" }).Outcome(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Two_admins_who_retire_each_other_at_once_leave_one()
    {
        using var other = await server.SignInAs(Roles.Admin, "other");
        var ids = (await admin.GetFromJsonAsync<AgentItem[]>("/api/agents"))!;
        Task<string> Retire(HttpClient by, string login) => by.PutAsJsonAsync(
            $"/api/agents/{ids.Single(agent => agent.Login == login).Id}",
            new AgentEdit { Login = login, Name = login, Role = Roles.Admin, IsActive = false }).Outcome();

        var outcomes = await Task.WhenAll(Retire(admin, "other"), Retire(other, "admin"));

        Assert.That(outcomes.Count(outcome => outcome == "200"), Is.EqualTo(1), string.Join(", ", outcomes));
    }

    static AgentEdit Olga => new() { Login = "olga", Name = "Olga", Role = Roles.Agent };
}
