using System.Security.Cryptography;
using System.Text;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

/// <summary>
/// Slows down guessing: five wrong passwords for a login close it for 5 minutes, each further one for twice as long, up to an hour.
/// Logins without an account are treated alike. A day without a failure forgives.
/// </summary>
internal sealed class LockOut(Database database, TimeProvider time)
{
    internal const int FailuresAllowed = 5;
    static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);
    static readonly TimeSpan Forgiven = TimeSpan.FromDays(1);

    /// <summary>
    /// Counts an attempt as failed before its password is looked at, so that guesses sent all at once are counted too. Returns until
    /// when the login is closed, or null: the attempt may go on, and <see cref="Clear"/> takes it back when it succeeds.
    /// </summary>
    public async Task<DateTimeOffset?> Begin(string login, CancellationToken cancel)
    {
        var loginHash = Hash(login);
        var now = time.GetUtcNow();
        await using var session = await database.Write(cancel);
        await session.Execute(ForgetSql(session.Dialect), new { before = now - Forgiven }, cancel);
        await session.Execute(FirstSql(session.Dialect), new { loginHash, failedCount = 0, lastFailedAt = now }, cancel);
        var failures = (await session.QueryFirst<Failures>(ReadSql(session.Dialect), new { loginHash }, cancel))!;
        if (failures.LockedUntil > now)
            return failures.LockedUntil;
        var failedCount = failures.FailedCount + 1;
        await session.Execute(CountSql(session.Dialect), new { loginHash, failedCount, lastFailedAt = now, lockedUntil = now + LockAfter(failedCount) }, cancel);
        await session.Commit(cancel);
        return null;
    }

    public async Task Clear(string login, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(ClearSql(session.Dialect), new { loginHash = Hash(login) }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Until when each of these logins is closed; those that are open are absent.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Closed(IEnumerable<string> logins, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var locks = (await session.Query<Failures>(ClosedSql(session.Dialect), new { now = time.GetUtcNow() }, cancel))
            .ToDictionary(row => row.LoginHash, row => row.LockedUntil!.Value);
        return logins.Select(login => (login, hash: Hash(login)))
            .Where(item => locks.ContainsKey(item.hash))
            .ToDictionary(item => item.login, item => locks[item.hash]);
    }

    internal static TimeSpan? LockAfter(int failedCount) => failedCount < FailuresAllowed
        ? null
        : TimeSpan.FromTicks(Math.Min(LongestLock.Ticks, FirstLock.Ticks << Math.Min(failedCount - FailuresAllowed, 10)));

    static string Hash(string login) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(AgentStore.LoginKey(login))));

    static Sql ForgetSql(Dialect _) => new("DELETE FROM sign_in_failure WHERE last_failed_at < @before");

    static Sql FirstSql(Dialect dialect) => new(dialect.InsertIfAbsent("sign_in_failure", "login_hash, failed_count, last_failed_at", "login_hash"));

    static Sql ReadSql(Dialect dialect) => new($"""
        SELECT login_hash, failed_count, locked_until
        FROM sign_in_failure {dialect.LockHint}
        WHERE login_hash = @loginHash
        {dialect.ForUpdate}
        """);

    static Sql CountSql(Dialect _) => new("""
        UPDATE sign_in_failure
        SET failed_count = @failedCount, last_failed_at = @lastFailedAt, locked_until = @lockedUntil
        WHERE login_hash = @loginHash
        """);

    static Sql ClearSql(Dialect _) => new("DELETE FROM sign_in_failure WHERE login_hash = @loginHash");

    static Sql ClosedSql(Dialect _) => new("SELECT login_hash, failed_count, locked_until FROM sign_in_failure WHERE locked_until > @now");

    sealed record Failures
    {
        public string LoginHash { get; init; } = "";
        public int FailedCount { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }
}
