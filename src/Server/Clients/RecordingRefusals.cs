using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Clients who do not want their calls recorded.</summary>
internal sealed class RecordingRefusals(Database database)
{
    /// <summary>Somebody with this number does not want it: nobody with it is recorded.</summary>
    public async Task<bool> Has(string e164, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<long?>(HasSql(session.Dialect), new { e164 }, cancel) is not null;
    }

    /// <summary>Inside the caller's transaction.</summary>
    public static Task Set(DbSession session, long clientId, bool refuses, CancellationToken cancel) =>
        session.Execute(refuses ? AddSql(session.Dialect) : RemoveSql(session.Dialect), new { clientId }, cancel);

    /// <summary>Whoever one card turns out to be part of does not want it either.</summary>
    public static async Task Follow(DbSession session, long fromClientId, long toClientId, CancellationToken cancel)
    {
        if (await session.QueryFirst<long?>(OfClientSql(session.Dialect), new { clientId = fromClientId }, cancel) is not null)
            await Set(session, toClientId, refuses: true, cancel);
    }

    static Sql OfClientSql(Dialect _) => new("SELECT client_id FROM recording_refusal WHERE client_id = @clientId");

    static Sql HasSql(Dialect dialect) => new($"""
        SELECT r.client_id
        FROM client_number n
        JOIN recording_refusal r ON r.client_id = n.client_id
        WHERE n.e164 = @e164 AND n.is_former = {dialect.False}
        ORDER BY r.client_id
        """);

    static Sql AddSql(Dialect dialect) => new(dialect.InsertIfAbsent("recording_refusal", "client_id", "client_id"));

    static Sql RemoveSql(Dialect _) => new("DELETE FROM recording_refusal WHERE client_id = @clientId");
}
