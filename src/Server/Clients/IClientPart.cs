using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>
/// A kind of rows that belong to clients. Each slice registers those that it keeps; they go with their card when it goes into another, and
/// come back with it. Inside the caller's transaction, which holds both cards.
/// </summary>
internal interface IClientPart
{
    /// <summary>A word for it, of at most 40 characters. It stays as it is: the journals of merges bear it.</summary>
    string Kind { get; }

    Task<int> Count(DbSession session, long clientId, CancellationToken cancel);

    /// <summary>The ids of all rows that the client has.</summary>
    Task<IReadOnlyList<long>> Of(DbSession session, long clientId, CancellationToken cancel);

    /// <summary>Gives those of the rows that still are the one client's to the other.</summary>
    Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel);
}
