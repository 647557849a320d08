using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>Two cards beside each other, and what would move with each.</summary>
internal sealed class CardComparison(Database database, IEnumerable<IClientPart> parts)
{
    /// <summary>Null: one of the cards is not there or not for the caller to see, or it went into another one.</summary>
    public async Task<ClientComparison?> Of(Access access, long oneId, long otherId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return oneId != otherId
            && await CardReader.Facts(session, access, oneId, cancel) is { } one
            && await CardReader.Facts(session, access, otherId, cancel) is { } other
            ? new() { One = await Compared(session, one, cancel), Other = await Compared(session, other, cancel) }
            : null;
    }

    async Task<ComparedClient> Compared(DbSession session, ClientCard card, CancellationToken cancel)
    {
        List<ClientPartCount> counts = [];
        // That other cards lead to this one concerns nobody who compares.
        foreach (var part in parts.Where(part => part.Kind != LedCards.Word))
            counts.Add(new() { Kind = part.Kind, Count = await part.Count(session, card.Id, cancel) });
        return new() { Card = card, Parts = [.. counts.Where(count => count.Count > 0)] };
    }
}
