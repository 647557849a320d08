using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>
/// A person says that a number is somebody's. Inside the caller's transaction; what slices keep of a card (calls, notes, inquiries)
/// moves as <see cref="IClientPart"/>.
/// </summary>
internal static class ClientMerge
{
    /// <summary>
    /// The card is only a number, or not even that: nobody has said anything about it yet. Then it is a part of whoever it turns out to be.
    /// </summary>
    public static async Task<bool> IsNobody(DbSession session, long clientId, CancellationToken cancel) =>
        await session.QueryFirst<long?>(IsNobodySql(session.Dialect), new { clientId }, cancel) is not null;

    /// <summary>Moves the numbers of one card to another. The emptied card leads to the other one from now on.</summary>
    public static async Task Absorb(DbSession session, long fromId, long intoId, CancellationToken cancel)
    {
        var numbers = await session.Query<string>(NumbersSql(session.Dialect), new { clientId = fromId }, cancel);
        await session.Execute(ForgetNumbersSql(session.Dialect), new { clientId = fromId }, cancel);
        foreach (var number in numbers)
            await AddNumber(session, intoId, number, cancel);
        await session.Execute(ClientWords.ForgetSql(session.Dialect), new { clientId = fromId }, cancel);
        await RecordingRefusals.Follow(session, fromId, intoId, cancel);
        await session.Execute(FollowDoNotCallSql(session.Dialect), new { fromId, intoId }, cancel);
        await Lead(session, fromId, intoId, cancel);
    }

    /// <summary>
    /// From now on one card leads to another. It keeps the key of its first touch: a call that comes at this very moment and still sees no card of the
    /// number finds it, and by it the other one.
    /// </summary>
    public static Task Lead(DbSession session, long fromId, long intoId, CancellationToken cancel) =>
        session.Execute(LeadSql(session.Dialect), new { fromId, intoId }, cancel);

    /// <summary>The card stands on its own again.</summary>
    public static Task EndLead(DbSession session, long fromId, CancellationToken cancel) =>
        session.Execute(EndLeadSql(session.Dialect), new { fromId }, cancel);

    /// <summary>The next call from this number is recognised. If others have it too, it is shared, and they are all candidates.</summary>
    public static async Task AddNumber(DbSession session, long clientId, string e164, CancellationToken cancel)
    {
        await ClientNumbers.Add(session, clientId, e164, cancel);
        await session.Execute(MainNumberSql(session.Dialect), new { clientId, e164 }, cancel);
        await ClientNumbers.MarkShared(session, [e164], cancel);
    }

    /// <summary>A person has said who it is: it is a contact, and was in touch with us at that time.</summary>
    public static Task Confirm(DbSession session, long clientId, DateTimeOffset at, CancellationToken cancel) =>
        session.ExecuteRows([ClientIntake.Touched(new JsonRows().Row().Add(clientId).Add(at).AddFlag(true))], cancel);

    static Sql IsNobodySql(Dialect dialect) => new($"""
        SELECT k.id
        FROM client k {dialect.LockHint}
        WHERE k.id = @clientId AND k.name = '' AND k.company IS NULL AND k.email IS NULL AND k.owner_id IS NULL
        {dialect.ForUpdate}
        """);

    static Sql NumbersSql(Dialect _) => new("SELECT DISTINCT e164 FROM client_number WHERE client_id = @clientId ORDER BY e164");

    static Sql ForgetNumbersSql(Dialect _) => new("DELETE FROM client_number WHERE client_id = @clientId");

    static Sql LeadSql(Dialect _) => new("""
        UPDATE client
        SET merged_into = @intoId, version = version + 1
        WHERE id = @fromId
        """);

    static Sql EndLeadSql(Dialect _) => new("UPDATE client SET merged_into = NULL, version = version + 1 WHERE id = @fromId");

    static Sql FollowDoNotCallSql(Dialect dialect) => new($"""
        UPDATE client
        SET do_not_call = {dialect.True}
        WHERE id = @intoId AND EXISTS (SELECT 1 FROM client f WHERE f.id = @fromId AND f.do_not_call = {dialect.True})
        """);

    static Sql MainNumberSql(Dialect _) => new("UPDATE client SET main_number = @e164, version = version + 1 WHERE id = @clientId AND main_number IS NULL");
}
