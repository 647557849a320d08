using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Agents;

sealed class ApiKeyTests
{
    RunningServer server = null!;

    [SetUp]
    public async Task Start() => server = await RunningServer.Start();

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task A_program_with_a_key_has_the_rights_of_its_role()
    {
        using var admin = await server.Program(Roles.Admin);
        using var agent = await server.Program(Roles.Agent);

        Assert.That(await admin.GetAsync("/api/agents").Outcome(), Is.EqualTo("200"));
        Assert.That(await agent.GetAsync("/api/agents").Outcome(), Is.EqualTo("403 not_allowed"));
        Assert.That(await agent.GetAsync("/api/agents/names").Outcome(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_program_is_not_a_person()
    {
        using var program = await server.Program(Roles.Admin);

        Assert.That(await program.GetAsync("/api/me").Outcome(), Is.EqualTo("403 not_allowed"));
    }

    [Test]
    public async Task A_revoked_key_and_an_invented_one_open_nothing()
    {
        using var program = await server.Program(Roles.Admin);
        Assert.That(await program.GetAsync("/api/agents").Outcome(), Is.EqualTo("200"));
        var keys = server.Services.GetRequiredService<ApiKeyStore>();
        var key = (await keys.List(CancellationToken.None)).Single();
        Assert.That(key.LastUsedAt, Is.Not.Null);

        Assert.That(await keys.Revoke(key.Id, CancellationToken.None), Is.True);

        Assert.That(await program.GetAsync("/api/agents").Outcome(), Is.EqualTo("401 not_signed_in"));
        program.DefaultRequestHeaders.Authorization = new("Bearer", "cck_0000");
        Assert.That(await program.GetAsync("/api/agents").Outcome(), Is.EqualTo("401 not_signed_in"));
    }

    [Test]
    public async Task The_key_itself_is_nowhere_in_the_data_folder()
    {
        using var program = await server.Program(Roles.Admin);
        var key = program.DefaultRequestHeaders.Authorization!.Parameter!;

        foreach (var file in Directory.EnumerateFiles(server.DataFolder, "crm.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain(key[ApiKeyStore.Prefix.Length..]));
        }
    }
}
