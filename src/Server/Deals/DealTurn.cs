using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>One change of one deal, inside the caller's transaction: reads what is wanted, asks the gate, writes.</summary>
internal sealed class DealTurn(DbSession session, Access? access, StoredDeal stored, Funnel funnel, DealOrder order, DealSettings settings, long firstId, DateTimeOffset now)
{
    readonly Dictionary<string, string?> values = stored.Values.ToDictionary(value => value.Key, value => (string?)value.Value);
    readonly List<StageTaskDone> done = [];
    IReadOnlyList<DealField> fields = [];
    IReadOnlyList<DealLine> lines = stored.Lines;
    GateRight right = new();
    string? byName;
    bool lossIsValid = true;
    long nextId = firstId;

    public long DealId => stored.Id;

    /// <summary>Whose day may look different afterwards.</summary>
    public IReadOnlyList<long?> Concerned => [AgentIn(stored.Values.GetValueOrDefault(DealFields.Owner)), AgentIn(values.GetValueOrDefault(DealFields.Owner))];

    FunnelStage? To => funnel.Stages.FirstOrDefault(stage => stage.Id == ToId);

    long? ToId => order.StageId ?? (stored.StageId is null ? funnel.Stages[0].Id : null);

    bool IsMove => ToId is not null && ToId != stored.StageId;

    public async Task<DealResult> Apply(CancellationToken cancel)
    {
        right = access is null ? new() : await DealRules.RightOf(session, access, cancel);
        byName = access is null ? null : await Authors.NameOf(session, access.AgentId, cancel);
        fields = await FieldStore.Fields(session, funnel.Id, cancel);
        if (ReadValues() is { } fault)
            return fault;
        if (await Refusal(cancel) is { } refusal)
            return refusal;
        if (ReadTasks() is { } refused)
            return refused;
        var unmet = Gate.Named(Unmet(), fields);
        var isOverridden = unmet.Count > 0 && order.OverrideReason is not null && IsMove;
        if (isOverridden && !right.MayOverride)
            return new DealResult.OverrideNotAllowed();
        if (unmet.Count > 0 && !(isOverridden && unmet.All(Gate.MayBeOverridden)))
            return new DealResult.Blocked(unmet);
        await Write(isOverridden ? unmet : [], cancel);
        return new DealResult.Saved(stored.Id);
    }

    /// <summary>An event of this change.</summary>
    public NewDealEvent Event(string what, IReadOnlyList<DealChange> changes, IReadOnlyList<UnmetItem> unmet, string? reason, int? version = null) => new(
        nextId++, stored.Id, now, what, access?.AgentId, byName, stored.StageId, IsMove ? ToId : stored.StageId, reason, new(changes, unmet), version ?? stored.Version);

    DealResult.Invalid? ReadValues()
    {
        var byKey = fields.ToDictionary(field => field.Key);
        foreach (var (key, text) in order.Values)
        {
            if (!byKey.TryGetValue(key, out var field))
                return new($"values.{key}", "Deals of this funnel have no such field.");
            var value = FieldValues.Read(field, text, out var fault);
            if (fault is not null)
                return new($"values.{key}", fault);
            values[key] = key == DealFields.Currency ? value?.ToUpperInvariant() ?? settings.Currency : value;
        }
        if (order.Items is not { } items)
            return null;
        lines = items;
        if (items.Count == 0)
            return null;
        var (amount, cost) = (items.Sum(line => line.Quantity * line.Price), items.Sum(line => line.Quantity * line.Cost));
        if (Math.Max(amount, cost) > FieldValues.MoneyMax)
            return new("items", $"Together they come to more than {FieldValues.MoneyMax:0}.");
        values[DealFields.Amount] = FieldValues.Text(decimal.Round(amount, 2));
        values[DealFields.Cost] = FieldValues.Text(decimal.Round(cost, 2));
        return null;
    }

    /// <summary>What only the tables know: people, currencies, reasons.</summary>
    async Task<DealResult?> Refusal(CancellationToken cancel)
    {
        var owner = Value(DealFields.Owner);
        if (owner != stored.Values.GetValueOrDefault(DealFields.Owner) && AgentIn(owner) is { } ownerId
            && (await DealStore.Employed(session, [ownerId], cancel)).Count == 0)
            return new DealResult.Invalid($"values.{DealFields.Owner}", "There is no such agent.");
        var currency = Value(DealFields.Currency);
        if (currency != settings.Currency && currency != stored.Values.GetValueOrDefault(DealFields.Currency) && await DealRules.RateOf(session, currency!, cancel) is null)
            return new DealResult.Invalid($"values.{DealFields.Currency}", "There is no rate for this currency.");
        if (To?.Kind == StageKind.Lost && IsMove && order.Loss is { } loss)
        {
            if (await DealRules.LossReason(session, loss.Reason, cancel) is not { } reason)
                return new DealResult.Invalid("loss.reason", "There is no such reason.");
            lossIsValid = reason.IsValid;
        }
        return null;
    }

    DealResult? ReadTasks()
    {
        var known = funnel.Stages.SelectMany(stage => stage.Tasks).Select(task => task.Id).ToHashSet();
        foreach (var task in order.Tasks)
        {
            if (!known.Contains(task.StageTaskId))
                return new DealResult.Invalid("tasks", "No stage of this funnel has such a task.");
            if (task.ExcuseReason is not null && !right.MayExcuse)
                return new DealResult.ExcuseNotAllowed();
            done.Add(task);
        }
        return null;
    }

    IReadOnlyList<UnmetItem> Unmet()
    {
        var filled = FilledNow();
        if (IsMove)
            return Gate.Unmet(funnel, new() { StageId = stored.StageId, Filled = filled, Tasks = TasksNow(), HasLossReason = order.Loss is not null }, ToId!.Value);
        // An edit takes nothing away that the stage needs. What was missing before may still be missing: the rule is newer than the deal.
        if (funnel.Stages.FirstOrDefault(stage => stage.Id == stored.StageId) is not { } here)
            return [];
        var before = Filled(stored.Values.Keys, stored.Lines);
        return [.. Gate.Missing(funnel, here, filled).Where(missing => before.Contains(missing.Field!))];
    }

    Dictionary<long, GateTask> TasksNow()
    {
        var tasks = stored.Tasks.ToDictionary(task => task.StageTaskId, task => task.Gate(stored.Excused.Contains(task.StageTaskId)));
        foreach (var excused in stored.Excused.Where(id => !tasks.ContainsKey(id)))
            tasks[excused] = new(null, IsDone: false, IsExcused: true);
        foreach (var task in done)
        {
            var had = tasks.GetValueOrDefault(task.StageTaskId) ?? new(null, IsDone: false);
            tasks[task.StageTaskId] = task.ExcuseReason is null ? had with { IsDone = true } : had with { IsExcused = true };
        }
        return tasks;
    }

    HashSet<string> FilledNow() => Filled(values.Where(value => !string.IsNullOrEmpty(value.Value)).Select(value => value.Key), lines);

    static HashSet<string> Filled(IEnumerable<string> keys, IReadOnlyList<DealLine> lines) => [.. keys, .. lines.Count > 0 ? [DealFields.Items] : Array.Empty<string>()];

    async Task Write(IReadOnlyList<UnmetItem> overridden, CancellationToken cancel)
    {
        var employed = IsMove ? await DealStore.Employed(session, To!.Tasks.Select(task => task.OwnerId).Append(To.OwnerId).OfType<long>(), cancel) : [];
        if (IsMove && To!.OwnerId is { } ownerId && employed.Contains(ownerId))
            values[DealFields.Owner] = ownerId.ToString(CultureInfo.InvariantCulture);
        var changes = Changes();
        if (!IsMove && changes.Count == 0 && done.Count == 0 && order.Items is null)
            return;
        var store = new DealStore(session, now);
        var isNew = stored.StageId is null;
        var money = await Money(cancel);
        var version = stored.Version + 1;
        var seq = IsMove ? stored.Seq + 1 : stored.Seq;
        await store.Put(stored, values, money, IsMove ? To! : null, order.Loss, seq, version, isNew, cancel);
        if (changes.Any(change => FieldStore.IdOf(change.Field) is not null))
        {
            var ofClient = fields.Where(field => field.IsOfClient).Select(field => field.Key).ToHashSet();
            await FieldStore.Set(session, changes.Where(change => FieldStore.IdOf(change.Field) is not null)
                .Select(change => (ofClient.Contains(change.Field) ? stored.ClientId : stored.Id, change.Field, change.After)), cancel);
        }
        if (changes.Any(change => change.Field is DealFields.ClientName or DealFields.ClientCompany or DealFields.ClientEmail))
            await ClientStore.Complete(session, stored.ClientId, Value(DealFields.ClientName) ?? "", Value(DealFields.ClientCompany), Value(DealFields.ClientEmail), cancel);
        if (order.Items is not null)
            await store.PutLines(stored.Id, lines, cancel);
        var owner = AgentIn(Value(DealFields.Owner));
        if (isNew || owner != AgentIn(stored.Values.GetValueOrDefault(DealFields.Owner)) || money.BaseAmount != stored.BaseAmount || money.BaseCost != stored.BaseCost)
            await store.PutTerms(stored.Id, version, owner, money, cancel);
        await EndTasks(store, cancel);
        if (IsMove)
        {
            await store.Enter(stored, To!, seq, access?.AgentId, overridden.Count > 0, funnel.Version, owner, money, order.Loss?.Reason, lossIsValid, cancel);
            nextId = await store.GiveTasks(stored, To!, employed, seq, owner, nextId, settings.Zone, cancel);
        }
        await DealEvents.Add(session, Event(isNew ? order.What ?? "created" : IsMove ? "moved" : "changed", changes, overridden, overridden.Count > 0 ? order.OverrideReason : order.Loss?.Note, version), cancel);
    }

    async Task EndTasks(DealStore store, CancellationToken cancel)
    {
        var asked = funnel.Stages.SelectMany(stage => stage.Tasks).ToDictionary(task => task.Id);
        foreach (var task in done)
        {
            var template = asked[task.StageTaskId];
            if (task.ExcuseReason is { } reason)
            {
                await store.Excuse(stored.Id, task.StageTaskId, access!.AgentId, byName!, reason, cancel);
                await DealEvents.Add(session, Event("excused", [], [new() { What = UnmetWords.Task, Name = template.Subject, StageTaskId = task.StageTaskId }], reason, stored.Version + 1), cancel);
            }
            nextId = await store.EndTask(stored, template, task, AgentIn(Value(DealFields.Owner)), access?.AgentId, nextId, settings.Zone, cancel);
        }
    }

    async Task<DealMoney> Money(CancellationToken cancel)
    {
        var currency = Value(DealFields.Currency) ?? settings.Currency;
        var amount = FieldValues.Hundredths(Value(DealFields.Amount));
        var cost = FieldValues.Hundredths(Value(DealFields.Cost));
        var isSame = currency == stored.Values.GetValueOrDefault(DealFields.Currency)
            && Value(DealFields.Amount) == stored.Values.GetValueOrDefault(DealFields.Amount) && Value(DealFields.Cost) == stored.Values.GetValueOrDefault(DealFields.Cost);
        var rate = currency == settings.Currency ? 1 : isSame ? stored.Rate : await DealRules.RateOf(session, currency, cancel) ?? stored.Rate;
        return new(amount, cost, currency, rate, InBase(amount), InBase(cost));

        long? InBase(long? money) => money is { } value ? (long)Math.Round(value * (decimal)rate, MidpointRounding.AwayFromZero) : null;
    }

    IReadOnlyList<DealChange> Changes() =>
    [
        .. values.Keys.Order(StringComparer.Ordinal).Where(key => (Value(key) ?? "") != (stored.Values.GetValueOrDefault(key) ?? ""))
            .Select(key => new DealChange { Field = key, Before = stored.Values.GetValueOrDefault(key), After = Value(key) }),
        .. order.Items is null || lines.SequenceEqual(stored.Lines) ? Array.Empty<DealChange>() : [new() { Field = DealFields.Items, Before = Words(stored.Lines), After = Words(lines) }],
    ];

    static string? Words(IReadOnlyList<DealLine> lines) => lines.Count == 0
        ? null : string.Join("; ", lines.Select(line => $"{line.Name} {FieldValues.Text(line.Quantity)} × {FieldValues.Text(line.Price)}"));

    string? Value(string key) => values.GetValueOrDefault(key);

    static long? AgentIn(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>In hundredths; base_: in the workspace's currency.</summary>
internal sealed record DealMoney(long? Amount, long? Cost, string Currency, double Rate, long? BaseAmount, long? BaseCost);
