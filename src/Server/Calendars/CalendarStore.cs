using System.Globalization;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calendars;

/// <summary>What became of an edit of a calendar.</summary>
internal enum CalendarEditResult
{
    Saved,
    NotFound,

    /// <summary>Somebody saved it after the editor had loaded it.</summary>
    ChangedByOther,

    NameTaken,

    /// <summary>The hours would begin before today: what was stays as it was.</summary>
    RewritesThePast,
}

/// <summary>Keeps calendars, their versions, and where they count.</summary>
internal sealed class CalendarStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>What counts now, for whoever works out due times in a transaction.</summary>
    public static async Task<ServiceHours> Hours(DbSession session, CancellationToken cancel)
    {
        var hours = await Versions(session, cancel);
        var uses = await session.Query<CalendarUse>(UsesSql(session.Dialect), null, cancel);
        return new(hours.ToDictionary(entry => entry.Key, entry => (CalendarReading.Time(entry), entry.MaxBy(version => version.EffectiveFrom)!.Zone)), uses);
    }

    public async Task<CalendarsPage> Page(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var names = await session.Query<NameRow>(NamesSql(session.Dialect), null, cancel);
        var versions = await Versions(session, cancel);
        var lately = new { since = time.GetUtcNow().AddDays(-90) };
        return new()
        {
            Calendars = [.. names.Select(name => Item(name, [.. versions[name.Id]]))],
            Uses = await session.Query<CalendarUse>(UsesSql(session.Dialect), null, cancel),
            Dids = await session.Query<string>(DidsSql(session.Dialect), lately, cancel),
            Queues = await session.Query<string>(QueuesSql(session.Dialect), lately, cancel),
        };
    }

    /// <summary>Returns the new calendar's id with <see cref="CalendarEditResult.Saved"/>.</summary>
    public async Task<(CalendarEditResult Result, long Id)> Create(Access access, CalendarEdit edit, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        // A new calendar has no past: its first hours may begin on any day.
        if (await session.Execute(CreateSql(session.Dialect), new { id, name = edit.Name.Trim(), version = 1 }, cancel) == 0)
            return (CalendarEditResult.NameTaken, 0);
        await PutHours(session, access, id, edit.Hours, cancel);
        await session.Commit(cancel);
        return (CalendarEditResult.Saved, id);
    }

    public async Task<CalendarEditResult> Change(Access access, long id, CalendarEdit edit, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var stored = await session.QueryFirst<NameRow>(StoredSql(session.Dialect), new { id }, cancel);
        if (stored is null)
            return CalendarEditResult.NotFound;
        if (stored.Version != edit.Version)
            return CalendarEditResult.ChangedByOther;
        if (edit.Hours.EffectiveFrom < CalendarReading.Today(edit.Hours.Zone, time))
            return CalendarEditResult.RewritesThePast;
        if (await session.Execute(RenameSql(session.Dialect), new { id, name = edit.Name.Trim() }, cancel) == 0)
            return CalendarEditResult.NameTaken;
        await PutHours(session, access, id, edit.Hours, cancel);
        await session.Commit(cancel);
        return CalendarEditResult.Saved;
    }

    /// <summary>False: there is no such calendar.</summary>
    public async Task<bool> Use(CalendarUse use, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (use.CalendarId is { } id && await session.QueryFirst<NameRow>(StoredSql(session.Dialect), new { id }, cancel) is null)
            return false;
        var args = new { kind = use.Kind, target = use.Target, calendarId = use.CalendarId, answerMinutes = use.AnswerMinutes };
        await session.Execute(UseSql(session.Dialect), args, cancel);
        await session.Commit(cancel);
        return true;
    }

    /// <summary>The default counts there again.</summary>
    public async Task Forget(string kind, string target, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(ForgetSql(session.Dialect), new { kind, target }, cancel);
        await session.Commit(cancel);
    }

    static async Task<ILookup<long, CalendarHours>> Versions(DbSession session, CancellationToken cancel) =>
        (await session.Query<HoursRow>(HoursSql(session.Dialect), null, cancel)).ToLookup(row => row.CalendarId, row => row.Hours());

    CalendarItem Item(NameRow name, IReadOnlyList<CalendarHours> versions)
    {
        var hours = CalendarReading.Time(versions);
        var now = time.GetUtcNow();
        var isOpen = hours.IsOpen(now);
        return new()
        {
            Id = name.Id,
            Name = name.Name,
            Version = name.Version,
            Versions = versions,
            IsOpenNow = isOpen,
            NextOpening = isOpen ? null : hours.NextOpening(now),
        };
    }

    Task PutHours(DbSession session, Access access, long calendarId, CalendarHours hours, CancellationToken cancel) =>
        session.Execute(PutHoursSql(session.Dialect), new
        {
            calendarId,
            effectiveFrom = HoursRow.Text(hours.EffectiveFrom),
            zone = hours.Zone,
            weekly = JsonSerializer.Serialize(hours.Weekly),
            specialDays = JsonSerializer.Serialize(hours.SpecialDays),
            writtenBy = access.AgentId,
            writtenAt = time.GetUtcNow(),
        }, cancel);

    static Sql NamesSql(Dialect _) => new("SELECT id, name, version FROM calendar ORDER BY name, id");

    static Sql StoredSql(Dialect dialect) => new($"""
        SELECT id, name, version
        FROM calendar {dialect.LockHint}
        WHERE id = @id
        {dialect.ForUpdate}
        """);

    static Sql HoursSql(Dialect _) => new("""
        SELECT calendar_id, effective_from, zone, weekly, special_days
        FROM calendar_hours
        ORDER BY calendar_id, effective_from
        """);

    static Sql UsesSql(Dialect _) => new("SELECT kind, target, calendar_id, answer_minutes FROM calendar_use ORDER BY kind, target");

    static Sql DidsSql(Dialect _) => new("SELECT DISTINCT did FROM call WHERE started_at >= @since AND did IS NOT NULL AND direction = 'inbound' ORDER BY did");

    static Sql QueuesSql(Dialect _) => new("SELECT DISTINCT queue FROM call WHERE started_at >= @since AND queue IS NOT NULL ORDER BY queue");

    static Sql CreateSql(Dialect dialect) => new(dialect.InsertIfAbsent("calendar", "id, name, version", "name"));

    static Sql RenameSql(Dialect _) => new("""
        UPDATE calendar
        SET name = @name, version = version + 1
        WHERE id = @id AND NOT EXISTS (SELECT 1 FROM calendar other WHERE other.name = @name AND other.id <> @id)
        """);

    static Sql PutHoursSql(Dialect dialect) => new(dialect.Upsert(
        "calendar_hours", "calendar_id, effective_from, zone, weekly, special_days, written_by, written_at", "calendar_id, effective_from"));

    static Sql UseSql(Dialect dialect) => new(dialect.Upsert("calendar_use", "kind, target, calendar_id, answer_minutes", "kind, target"));

    static Sql ForgetSql(Dialect _) => new("DELETE FROM calendar_use WHERE kind = @kind AND target = @target");

    sealed record NameRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Version { get; init; }
    }

    sealed record HoursRow
    {
        const string Format = "yyyy-MM-dd";

        public long CalendarId { get; init; }
        public string EffectiveFrom { get; init; } = "";
        public string Zone { get; init; } = "";
        public string Weekly { get; init; } = "";
        public string SpecialDays { get; init; } = "";

        public static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

        public CalendarHours Hours() => new()
        {
            EffectiveFrom = DateOnly.ParseExact(EffectiveFrom, Format, CultureInfo.InvariantCulture),
            Zone = Zone,
            Weekly = JsonSerializer.Deserialize<IReadOnlyList<WeeklySpan>>(Weekly)!,
            SpecialDays = JsonSerializer.Deserialize<IReadOnlyList<SpecialDay>>(SpecialDays)!,
        };
    }
}
