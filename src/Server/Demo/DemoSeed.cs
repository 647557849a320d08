using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Demo;

/// <summary>Fills an empty database with the demo's people and clients, by the same stores that people use.</summary>
internal sealed class DemoSeed(AgentStore agents, ClientStore clients, ClientNotes notes)
{
    static readonly NumberPlan numbers = new("RU", []);

    /// <summary>Nothing happens where there is an account already.</summary>
    public async Task Fill(CancellationToken cancel)
    {
        if (!await agents.NeedsSetUp(cancel))
            return;
        var ids = await AddPeople(cancel);
        foreach (var client in DemoOffice.Clients)
            await AddClient(client, ids, cancel);
    }

    async Task<Dictionary<string, long>> AddPeople(CancellationToken cancel)
    {
        Dictionary<string, long> ids = [];
        var hash = PasswordCheck.Hash(DemoOffice.Password);
        foreach (var person in DemoOffice.People)
        {
            ids[person.Login] = await agents.Add(person.Login, person.Name, person.Role, hash, isActive: true, cancel)
                ?? throw new InvalidOperationException($"The demo's account {person.Login} is there already.");
            if (person.Extension is not null)
                await agents.AssignExtension(DemoOffice.Pbx, person.Extension, ids[person.Login], cancel);
        }
        return ids;
    }

    async Task AddClient(DemoOffice.DemoClient client, Dictionary<string, long> ids, CancellationToken cancel)
    {
        var owner = client.Owner is { } login ? ids[login] : (long?)null;
        var author = new Access(owner ?? ids["admin"], Roles.Admin);
        var edit = new ClientEdit { Name = client.Name, Company = client.Company, Numbers = client.Numbers, OwnerId = owner };
        var result = await clients.Create(author, ClientFields.Read(edit, numbers, out _), client.Shares, cancel);
        if (result is not ClientEditResult.Saved saved)
            throw new InvalidOperationException($"The demo's client {client.Name} was refused: {result}.");
        if (client.Note is not null)
            await notes.Add(author, saved.ClientId, callId: null, client.Note, cancel);
    }
}
