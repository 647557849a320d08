using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Cards;

internal enum LinkResult { Done, NoSuchCall, NoSuchClient }

/// <summary>
/// "This is actually …": a person says which client a call was with. The call goes there with its notes and its inquiry, and the number
/// is remembered. A card that was nothing but that number goes there whole.
/// </summary>
internal sealed class CallLinks(Database database, IdBlocks ids, IEnumerable<IClientPart> parts, TimeProvider time)
{
    public async Task<LinkResult> Link(Access access, long callId, long clientId, CancellationToken cancel)
    {
        var linkId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (await CallClients.Of(session, access, callId, cancel) is not { } call)
            return LinkResult.NoSuchCall;
        if (!await CardReader.IsVisible(session, access, clientId, cancel))
            return LinkResult.NoSuchClient;
        if (call.ClientId == clientId)
            return LinkResult.Done;
        await CallClients.Link(session, linkId, callId, call.ClientId, clientId, access.AgentId, time.GetUtcNow(), cancel);
        await NoteStore.MoveOfCall(session, callId, clientId, cancel);
        await InquiryStore.MoveOfCall(session, callId, clientId, cancel);
        await TaskStore.MoveOfCall(session, callId, clientId, cancel);
        if (call.ClientId is { } before && await ClientMerge.IsNobody(session, before, cancel))
            await Absorb(session, before, clientId, cancel);
        else if (call.E164 is { } number)
            await ClientMerge.AddNumber(session, clientId, number, cancel);
        await ClientMerge.Confirm(session, clientId, call.StartedAt, cancel);
        await session.Commit(cancel);
        return LinkResult.Done;
    }

    async Task Absorb(DbSession session, long fromClientId, long intoClientId, CancellationToken cancel)
    {
        foreach (var part in parts)
            await part.Move(session, await part.Of(session, fromClientId, cancel), fromClientId, intoClientId, cancel);
        await ClientMerge.Absorb(session, fromClientId, intoClientId, cancel);
    }
}
