using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

/// <summary>Whatever is merged and undone, in whatever order: nothing is lost, and what was undone is as if it had never been.</summary>
sealed class MergePropertyTests(Engine engine) : MergeTestBase(engine)
{
    const int CardsMade = 6;
    static readonly string[] numbers = [.. Enumerable.Range(0, 8).Select(i => $"+7916000000{i}")];
    static readonly string[] names = ["", "Anna", "A. Petrova", "Boris"];

    readonly List<long> clients = [];
    readonly List<(long Id, long FromId)> merges = [];
    int written;
    int changes;

    [Test]
    public async Task A_merge_that_is_undone_leaves_no_trace([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        await Fill(random);
        for (var round = 0; round < 4; round++)
        {
            var before = await Everything();
            while (merges.Count < 4)
                await MergeTwo(random);
            await UndoAll();
            Assert.That(await Everything(), Is.EqualTo(before));
            await Live(random, 5);
        }
    }

    [Test]
    public async Task Nothing_is_ever_lost_and_all_is_on_living_cards([Values(11, 12, 13)] int seed)
    {
        var random = new Random(seed);
        await Fill(random);
        for (var step = 0; step < 40; step++)
        {
            switch (random.Next(4))
            {
                case 0: await MergeTwo(random); break;
                case 1 when merges.Count > 0: await UndoSome(random); break;
                default: await Live(random, 1); break;
            }
        }
        await NothingIsLost();
        await UndoAll();
        await NothingIsLost();
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client WHERE merged_into IS NOT NULL"), Is.Zero);
    }

    async Task Fill(Random random)
    {
        for (var i = 0; i < CardsMade; i++)
            clients.Add(await Create($"{Pick(random, names)} {i}", email: random.Next(2) == 0 ? "x@acme.ru" : null, shares: true, numbers: [.. Some(random)]));
        await Live(random, 20);
    }

    /// <summary>Calls, messages, notes, tasks and changes of cards, as they come.</summary>
    async Task Live(Random random, int events)
    {
        for (var i = 0; i < events; i++)
        {
            var card = await Living(Pick(random, clients));
            switch (random.Next(6))
            {
                case 0: await Call(Pick(random, numbers), minute: written); break;
                case 1: await Write($"SM{written}", Pick(random, numbers)); break;
                case 2: await Add(Manager, Edit("something", clientId: card)); break;
                case 3:
                    changes++;
                    await Clients.Change(Manager, card, await VersionOf(card), Fields(Pick(random, names) + " changed", null, null, null, [.. Some(random)]), true, default);
                    break;
                default: await Notes.Add(Manager, card, null, $"note {written}", default); break;
            }
            written++;
        }
    }

    async Task MergeTwo(Random random)
    {
        var (from, into) = (await Living(Pick(random, clients)), await Living(Pick(random, clients)));
        if (from != into)
            merges.Add((await Merge(from, into, new() { TakesName = random.Next(2) == 0, TakesEmail = random.Next(2) == 0 }), from));
    }

    async Task UndoSome(Random random)
    {
        var merge = Pick(random, merges);
        if (await Undoing.Undo(Chief, merge.Id, default) is UndoResult.Undone)
            merges.Remove(merge);
    }

    // The last one first; a number that somebody else got meanwhile is taken off that card.
    async Task UndoAll()
    {
        foreach (var merge in merges.AsEnumerable().Reverse().ToList())
        {
            if (await Undoing.Undo(Chief, merge.Id, default) is UndoResult.NumberElsewhere elsewhere)
            {
                foreach (var holder in elsewhere.By)
                    await Clients.Change(Manager, holder.Id, await VersionOf(holder.Id), Fields("gave it away"), true, default);
                await Undo(merge.Id);
            }
        }
        merges.Clear();
    }

    async Task NothingIsLost()
    {
        foreach (var table in new[] { "call", "message", "note", "agent_task", "inquiry", "client_number", "client_search" })
            Assert.That(await Scalar<int>($"SELECT COUNT(*) FROM {table} t JOIN client k ON k.id = t.client_id WHERE k.merged_into IS NOT NULL"), Is.Zero, table);
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client k WHERE k.merged_into IN (SELECT led.id FROM client led WHERE led.merged_into IS NOT NULL)"), Is.Zero, "one step leads to a living card");
        Assert.That(await Count("note") + await Count("message") + await Count("agent_task") + await Count("call"), Is.EqualTo(written - changes));
        foreach (var number in numbers)
        {
            var sharing = await Scalar<int>($"SELECT COUNT(*) FROM client_number n WHERE n.e164 = @number AND n.is_former = {Database.Dialect.False} AND n.is_shared <> (CASE WHEN EXISTS (SELECT 1 FROM client_number o WHERE o.e164 = n.e164 AND o.client_id <> n.client_id AND o.is_former = {Database.Dialect.False}) THEN {Database.Dialect.True} ELSE {Database.Dialect.False} END)", new { number });
            Assert.That(sharing, Is.Zero, "who shares a number is marked");
        }
    }

    async Task<long> Living(long clientId) => await Scalar<long?>("SELECT merged_into FROM client WHERE id = @clientId", new { clientId }) ?? clientId;

    static IEnumerable<string> Some(Random random) => numbers.Where(_ => random.Next(4) == 0);

    static T Pick<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
