using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>What an admin does with a new PBX, through the product's own API.</summary>
public static class LinkToPbx
{
    /// <summary>Links the product to this Asterisk and waits until the line is up.</summary>
    public static async Task ConnectTo(this HttpClient admin, AsteriskHost pbx, string name)
    {
        var link = new PbxLinkEdit
        {
            Name = name,
            Host = pbx.Address,
            Port = AsteriskHost.AmiPort,
            Username = AsteriskHost.AmiUser,
            Secret = pbx.AmiSecret,
            Trunks = ["trunk"],
            Region = "RU",
        };
        (await admin.PostAsJsonAsync("/api/pbx/links", link)).EnsureSuccessStatusCode();
        await admin.LinkIs(name, "up");
    }

    /// <summary>Waits until the line has this status.</summary>
    public static Task LinkIs(this HttpClient admin, string name, string status) => Until.True(
        async () => (await admin.GetFromJsonAsync<PbxLinkItem[]>("/api/pbx/links"))!.Single(link => link.Name == name).State.Status == status,
        $"the line to {name} is {status}");

    /// <summary>A new account whose phone this is.</summary>
    public static async Task AddPerson(this RunningServer server, string login, string pbx, string extension)
    {
        var id = await server.AddAccount(login);
        await server.Services.GetRequiredService<AgentStore>().AssignExtension(pbx, extension, id, CancellationToken.None);
    }

    /// <summary>Somebody new in a team, which is made when there is none of this name. Returns the browser that is signed in.</summary>
    public static async Task<HttpClient> Hire(this RunningServer server, HttpClient admin, string login, string role, string team)
    {
        var teamId = (await admin.GetFromJsonAsync<TeamItem[]>("/api/teams"))!.FirstOrDefault(known => known.Name == team)?.Id
            ?? (await (await admin.PostAsJsonAsync("/api/teams", new TeamEdit { Name = team })).Content.ReadFromJsonAsync<TeamItem>())!.Id;
        var edit = new AgentEdit { Login = login, Name = login, Role = role, Password = RunningServer.Password, TeamId = teamId };
        (await admin.PostAsJsonAsync("/api/agents", edit)).EnsureSuccessStatusCode();
        return await server.SignIn(login);
    }

    /// <summary>One more phone of somebody who has an account.</summary>
    public static async Task GivePhone(this RunningServer server, string login, string pbx, string extension)
    {
        var agents = server.Services.GetRequiredService<AgentStore>();
        var agent = await agents.ByLogin(login, CancellationToken.None) ?? throw new ArgumentException($"There is no {login}.", nameof(login));
        await agents.AssignExtension(pbx, extension, agent.Id, CancellationToken.None);
    }

    /// <summary>The call from this number, when it has ended.</summary>
    public static async Task<CallItem> EndedCall(this HttpClient browser, string client)
    {
        CallItem? found = null;
        await Until.True(
            async () => (found = (await browser.GetFromJsonAsync<Page<CallItem>>("/api/calls?take=200"))!.Items
                .FirstOrDefault(call => call.Client == client && call.EndedAt is not null)) is not null,
            $"the call from {client} has ended");
        return found!;
    }
}
