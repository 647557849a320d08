using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Settings of all funnels: loss reasons, rights, rates of currencies.</summary>
internal sealed class DealRules(Database database)
{
    public async Task<IReadOnlyList<LossReason>> LossReasons(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<LossReason>(LossReasonsSql(session.Dialect), null, cancel);
    }

    /// <summary>Puts these in the place of all. Deals keep the reason that was chosen for them.</summary>
    public async Task SetLossReasons(IReadOnlyList<LossReason> reasons, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var (position, reason) in reasons.Index())
            rows.Row().Add(reason.Name.Trim()).Add((long)position).AddFlag(reason.IsValid);
        await using var session = await database.Write(cancel);
        await session.Execute(NoReasonsSql(session.Dialect), null, cancel);
        await session.ExecuteRows([new(AddReasonsSql, rows.Text())], cancel);
        await session.Commit(cancel);
    }

    /// <summary>Null: there is no such reason.</summary>
    public static Task<LossReason?> LossReason(DbSession session, string name, CancellationToken cancel) =>
        session.QueryFirst<LossReason>(LossReasonSql(session.Dialect), new { name }, cancel);

    public async Task<IReadOnlyList<GateRight>> Rights(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<GateRight>(RightsSql(session.Dialect), null, cancel);
    }

    public async Task SetRight(GateRight right, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetRightSql(session.Dialect), new { role = right.Role, mayOverride = right.MayOverride, mayExcuse = right.MayExcuse }, cancel);
        await session.Commit(cancel);
    }

    public static async Task<GateRight> RightOf(DbSession session, Access access, CancellationToken cancel) =>
        await session.QueryFirst<GateRight>(RightSql(session.Dialect), new { role = access.Role }, cancel) ?? new() { Role = access.Role };

    public async Task<IReadOnlyList<CurrencyRate>> Rates(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<CurrencyRate>(RatesSql(session.Dialect), null, cancel);
    }

    public async Task SetRate(CurrencyRate rate, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetRateSql(session.Dialect), new { currency = rate.Currency, rate = rate.Rate }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Null: it is not known.</summary>
    public static Task<double?> RateOf(DbSession session, string currency, CancellationToken cancel) =>
        session.QueryFirst<double?>(RateSql(session.Dialect), new { currency }, cancel);

    static Sql LossReasonsSql(Dialect _) => new("SELECT name, is_valid FROM loss_reason ORDER BY position, name");

    static Sql LossReasonSql(Dialect _) => new("SELECT name, is_valid FROM loss_reason WHERE name = @name");

    static Sql NoReasonsSql(Dialect _) => new("DELETE FROM loss_reason");

    static Sql AddReasonsSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("loss_reason", "@rows", "name exact, position int, is_valid flag", "name"));

    static Sql RightsSql(Dialect _) => new("SELECT role, may_override, may_excuse FROM gate_right ORDER BY role");

    static Sql RightSql(Dialect _) => new("SELECT role, may_override, may_excuse FROM gate_right WHERE role = @role");

    static Sql SetRightSql(Dialect dialect) => new(dialect.Upsert("gate_right", "role, may_override, may_excuse", "role"));

    static Sql RatesSql(Dialect _) => new("SELECT currency, rate FROM currency_rate ORDER BY currency");

    static Sql RateSql(Dialect _) => new("SELECT rate FROM currency_rate WHERE currency = @currency");

    static Sql SetRateSql(Dialect dialect) => new(dialect.Upsert("currency_rate", "currency, rate", "currency"));
}
