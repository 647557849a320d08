using System.Data.Common;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>What became of an edit of accounts or numbers.</summary>
internal enum TwilioEdit { Done, NotFound, NameTaken, SidTaken, NumberTaken, InUse }

/// <summary>Twilio accounts, as they are configured, and what is known of their state.</summary>
internal sealed class TwilioAccountStore(Database database, IdBlocks ids)
{
    public async Task<IReadOnlyList<TwilioAccount>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<AccountRow>(ListSql(session.Dialect), null, cancel)).Select(row => row.Account())];
    }

    public async Task<TwilioAccount?> ById(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<AccountRow>(ByIdSql(session.Dialect), new { id }, cancel))?.Account();
    }

    public async Task<TwilioAccount?> BySid(string accountSid, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<AccountRow>(BySidSql(session.Dialect), new { accountSid }, cancel))?.Account();
    }

    public async Task<TwilioAccount?> ByName(string name, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<AccountRow>(ByNameSql(session.Dialect), new { name }, cancel))?.Account();
    }

    /// <summary>Returns the new account's id when it is done.</summary>
    public async Task<(TwilioEdit Edit, long Id)> Add(TwilioAccount account, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await CallSources.Claim(session, account.Name, cancel))
            return (TwilioEdit.NameTaken, 0);
        if (await session.Execute(InsertSql(session.Dialect), Parameters(account with { Id = id, Changed = 1 }), cancel) == 0)
            return (TwilioEdit.SidTaken, 0);
        await session.Commit(cancel);
        return (TwilioEdit.Done, id);
    }

    /// <summary>The name stays as it is, whatever the edit says: calls are known by it.</summary>
    public async Task<TwilioEdit> Change(TwilioAccount account, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        try
        {
            if (await session.Execute(ChangeSql(session.Dialect), Parameters(account), cancel) == 0)
                return TwilioEdit.NotFound;
        }
        catch (DbException error) when (Database.IsUniqueViolation(error))
        {
            return TwilioEdit.SidTaken;
        }
        await session.Commit(cancel);
        return TwilioEdit.Done;
    }

    /// <summary>An account that still has numbers stays.</summary>
    public async Task<TwilioEdit> Remove(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await session.QueryFirst<AccountRow>(ByIdSql(session.Dialect), new { id }, cancel) is not { } account)
            return TwilioEdit.NotFound;
        await session.Execute(ForgetRecordingsSql(session.Dialect), new { id }, cancel);
        if (await session.Execute(RemoveSql(session.Dialect), new { id }, cancel) == 0)
            return TwilioEdit.InUse;
        await CallSources.Release(session, account.Name, cancel);
        await session.Commit(cancel);
        return TwilioEdit.Done;
    }

    public async Task SetCheck(long id, TwilioCheck check, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetCheckSql(session.Dialect), new { id, checkJson = JsonSerializer.Serialize(check) }, cancel);
        await session.Commit(cancel);
    }

    /// <param name="at">When it was done last; null: never.</param>
    /// <param name="problem">Why not this time; null: it was.</param>
    public async Task SetReconciled(long id, DateTimeOffset? at, string? problem, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetReconciledSql(session.Dialect), new { id, reconciledAt = at, reconcileProblem = problem }, cancel);
        await session.Commit(cancel);
    }

    static object Parameters(TwilioAccount account) => new
    {
        id = account.Id,
        name = account.Name,
        accountSid = account.AccountSid,
        protectedAuthToken = account.ProtectedAuthToken,
        protectedSecondaryToken = account.ProtectedSecondaryToken,
        apiKeySid = account.ApiKeySid,
        protectedApiKeySecret = account.ProtectedApiKeySecret,
        region = account.Region,
        deletesFetchedRecordings = account.DeletesFetchedRecordings,
        isEnabled = account.IsEnabled,
        changed = account.Changed,
    };

    const string Configured = "id, name, account_sid, protected_auth_token, protected_secondary_token, api_key_sid, protected_api_key_secret, region, "
        + "deletes_fetched_recordings, is_enabled, changed";

    const string Columns = $"{Configured}, check_json, reconciled_at, reconcile_problem";

    static Sql ListSql(Dialect _) => new($"SELECT {Columns} FROM twilio_account ORDER BY name");

    static Sql ByIdSql(Dialect _) => new($"SELECT {Columns} FROM twilio_account WHERE id = @id");

    static Sql BySidSql(Dialect _) => new($"SELECT {Columns} FROM twilio_account WHERE account_sid = @accountSid");

    static Sql ByNameSql(Dialect _) => new($"SELECT {Columns} FROM twilio_account WHERE name = @name");

    static Sql InsertSql(Dialect dialect) => new(dialect.InsertIfAbsent("twilio_account", Configured, "account_sid"));

    // What was found with other credentials says nothing of these.
    static Sql ChangeSql(Dialect _) => new("""
        UPDATE twilio_account
        SET account_sid = @accountSid, protected_auth_token = @protectedAuthToken, protected_secondary_token = @protectedSecondaryToken,
            api_key_sid = @apiKeySid, protected_api_key_secret = @protectedApiKeySecret, region = @region,
            deletes_fetched_recordings = @deletesFetchedRecordings, is_enabled = @isEnabled, changed = changed + 1, check_json = NULL
        WHERE id = @id
        """);

    static Sql ForgetRecordingsSql(Dialect _) => new("DELETE FROM twilio_recording WHERE account_id = @id");

    static Sql RemoveSql(Dialect _) => new("""
        DELETE FROM twilio_account
        WHERE id = @id
            AND NOT EXISTS (SELECT 1 FROM twilio_number number WHERE number.account_id = @id)
        """);

    static Sql SetCheckSql(Dialect _) => new("UPDATE twilio_account SET check_json = @checkJson WHERE id = @id");

    static Sql SetReconciledSql(Dialect _) => new("""
        UPDATE twilio_account
        SET reconciled_at = @reconciledAt, reconcile_problem = @reconcileProblem
        WHERE id = @id
        """);

    sealed record AccountRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string AccountSid { get; init; } = "";
        public string ProtectedAuthToken { get; init; } = "";
        public string? ProtectedSecondaryToken { get; init; }
        public string? ApiKeySid { get; init; }
        public string? ProtectedApiKeySecret { get; init; }
        public string Region { get; init; } = "";
        public bool DeletesFetchedRecordings { get; init; }
        public bool IsEnabled { get; init; }
        public long Changed { get; init; }
        public string? CheckJson { get; init; }
        public DateTimeOffset? ReconciledAt { get; init; }
        public string? ReconcileProblem { get; init; }

        public TwilioAccount Account() => new()
        {
            Id = Id,
            Name = Name,
            AccountSid = AccountSid,
            ProtectedAuthToken = ProtectedAuthToken,
            ProtectedSecondaryToken = ProtectedSecondaryToken,
            ApiKeySid = ApiKeySid,
            ProtectedApiKeySecret = ProtectedApiKeySecret,
            Region = Region,
            DeletesFetchedRecordings = DeletesFetchedRecordings,
            IsEnabled = IsEnabled,
            Changed = Changed,
            Check = CheckJson is null ? null : JsonSerializer.Deserialize<TwilioCheck>(CheckJson),
            ReconciledAt = ReconciledAt,
            ReconcileProblem = ReconcileProblem,
        };
    }
}
