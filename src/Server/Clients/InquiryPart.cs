using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Where a client came from. It stands here because inquiries know nothing of cards.</summary>
internal sealed class InquiryPart : IClientPart
{
    public string Kind => "inquiry";

    public Task<int> Count(DbSession session, long clientId, CancellationToken cancel) => InquiryStore.Count(session, clientId, cancel);

    public Task<IReadOnlyList<long>> Of(DbSession session, long clientId, CancellationToken cancel) => InquiryStore.OfClient(session, clientId, cancel);

    public Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel) =>
        InquiryStore.Move(session, rowIds, fromClientId, toClientId, cancel);
}
