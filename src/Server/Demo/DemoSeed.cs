using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Demo;

/// <summary>
/// Fills the empty database with the demo's people, the calls of their last weeks and, on the cards that these calls made, their
/// clients with their deals; all by the same stores that the product uses.
/// </summary>
internal sealed class DemoSeed(
    Database database, IdBlocks ids, AgentStore agents, CallStore calls, ClientStore clients, CardReader cards, DemoRelay relay, DemoDeals deals, TimeProvider time)
{
    const int Seed = 7;
    static readonly NumberPlan numbers = new("RU");

    public async Task Fill(CancellationToken cancel)
    {
        var people = await AddPeople(cancel);
        var history = new DemoHistory(time.GetUtcNow(), Seed, [.. DemoOffice.Clients.Select(client => E164(client.Numbers[0])).Concat(DemoOffice.Strangers).Distinct()]);
        var saved = await calls.Save([.. history.Calls().Select(call => new CallToSave(call))], cancel);
        await relay.Saved(saved, cancel);
        var lastCalls = saved.Where(call => call.Call.Client?.E164 is not null)
            .GroupBy(call => call.Call.Client!.E164!)
            .ToDictionary(group => group.Key, group => group.MaxBy(call => call.Call.StartedAt)!);
        foreach (var client in DemoOffice.Clients)
            await AddClient(client, people, lastCalls[E164(client.Numbers[0])], cancel);
        await deals.Fill(people, cancel);
    }

    async Task<Dictionary<string, long>> AddPeople(CancellationToken cancel)
    {
        Dictionary<string, long> people = [];
        // One hash for all: making one takes a while on purpose, and everybody may know this password.
        var hash = PasswordCheck.Hash(DemoOffice.Password);
        foreach (var person in DemoOffice.People)
        {
            people[person.Login] = await agents.Add(person.Login, person.Name, person.Role, hash, isActive: true, cancel)
                ?? throw new InvalidOperationException($"The demo's account {person.Login} is there already.");
            if (person.Extension is not null)
                await agents.AssignExtension(DemoOffice.Pbx, person.Extension, people[person.Login], cancel);
        }
        return people;
    }

    /// <summary>The one whose number it is gets the card that the calls made; whoever shares the number gets a card beside it.</summary>
    async Task AddClient(DemoOffice.DemoClient client, Dictionary<string, long> people, SavedCall lastCall, CancellationToken cancel)
    {
        var admin = new Access(people["admin"], Roles.Admin);
        var ownerId = client.Owner is { } login ? people[login] : (long?)null;
        var edit = new ClientEdit { Name = client.Name, Company = client.Company, Numbers = client.Numbers, OwnerId = ownerId };
        var fields = ClientFields.Read(edit, numbers, known: [], out _);
        var result = client.Shares
            ? await clients.Create(admin, fields, sharesNumbers: true, cancel)
            : await clients.Change(admin, lastCall.ClientId!.Value, await Version(admin, lastCall.ClientId.Value, cancel), fields, sharesNumbers: false, cancel);
        if (result is not ClientEditResult.Saved saved)
            throw new InvalidOperationException($"The demo's client {client.Name} was refused: {result}.");
        if (client.Note is not null)
            await AddNote(new(ownerId ?? admin.AgentId, Roles.Agent), saved.ClientId, lastCall, client.Note, cancel);
    }

    async Task<int> Version(Access admin, long clientId, CancellationToken cancel) => (await cards.Card(admin, clientId, cancel))!.Version;

    async Task AddNote(Access author, long clientId, SavedCall call, string text, CancellationToken cancel)
    {
        var noteId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await NoteStore.Add(session, author, noteId, clientId, call.CallId, text, call.Call.EndedAt!.Value, cancel);
        await session.Commit(cancel);
    }

    static string E164(string number) => numbers.Read(number).E164 ?? throw new InvalidOperationException($"The demo's number {number} is none.");
}
