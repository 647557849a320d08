using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Pbx;

sealed class ExtensionTests
{
    Stand stand = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await Stand.Start();
        await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link() with { IsEnabled = false });
    }

    [TearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [Test]
    public async Task An_extension_has_one_owner_and_moves_to_the_next()
    {
        var olga = await stand.Server.AddAccount("olga");
        var ivan = await stand.Server.AddAccount("ivan");

        await Assign("101", olga);
        await Assign("101", ivan);

        var page = await Page();
        Assert.That(page.Extensions.Single().AgentName, Is.EqualTo("ivan"));
        Assert.That((page.Conflicts.Single().Kind, page.Conflicts.Single().AgentName), Is.EqualTo(("agent_without_phone", "olga")));
    }

    [Test]
    public async Task An_extension_of_a_retired_account_is_a_conflict()
    {
        var id = await stand.Server.AddAccount("olga");
        await Assign("101", id);

        await stand.Admin.PutAsJsonAsync($"/api/agents/{id}", new AgentEdit { Login = "olga", Name = "Olga", Role = Roles.Agent, IsActive = false });

        var conflict = (await Page()).Conflicts.Single();
        Assert.That((conflict.Kind, conflict.Extension), Is.EqualTo(("inactive_owner", "101")));
    }

    [Test]
    public async Task An_extension_is_given_back()
    {
        var id = await stand.Server.AddAccount("olga");
        await Assign("101", id);

        Assert.That(await Assign("101", null), Is.EqualTo("204"));

        Assert.That((await Page()).Extensions, Is.Empty);
    }

    [Test]
    public async Task An_unknown_pbx_and_an_unknown_agent_are_refused_by_their_field()
    {
        var noPbx = await stand.Admin.PutAsJsonAsync("/api/pbx/extensions", new ExtensionAssignment { Pbx = "none", Extension = "101" });
        var noAgent = await stand.Admin.PutAsJsonAsync("/api/pbx/extensions", new ExtensionAssignment { Pbx = Stand.Pbx, Extension = "101", AgentId = 999_999 });

        Assert.That((await noPbx.Body())["errors"]!["pbx"], Is.Not.Null);
        Assert.That((await noAgent.Body())["errors"]!["agentId"], Is.Not.Null);
    }

    async Task<string> Assign(string extension, long? agentId) =>
        await stand.Admin.PutAsJsonAsync("/api/pbx/extensions", new ExtensionAssignment { Pbx = Stand.Pbx, Extension = extension, AgentId = agentId }).Outcome();

    async Task<ExtensionsPage> Page() => (await stand.Admin.GetFromJsonAsync<ExtensionsPage>("/api/pbx/extensions"))!;
}
