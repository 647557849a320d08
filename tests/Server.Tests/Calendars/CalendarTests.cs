using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calendars;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calendars;

sealed class CalendarTests(Engine engine) : StoreTests(engine)
{
    static readonly Access Admin = new(1, Roles.Admin);
    static readonly DateTimeOffset Friday = new(2026, 3, 13, 16, 0, 0, TimeSpan.Zero);

    CalendarStore Store => new(Database, Test.Ids, new FakeTimeProvider(Friday));

    [Test]
    public async Task Until_an_admin_says_otherwise_we_are_open_around_the_clock()
    {
        var promise = (await Hours()).Of("74951234501", "support");

        Assert.That((promise.DueFrom(Friday), promise.Zone), Is.EqualTo((Friday.AddMinutes(15), "UTC")));
    }

    [Test]
    public async Task A_queue_comes_before_a_line_and_a_line_before_the_default()
    {
        var office = await New("Office", "09:00", "18:00");
        var night = await New("Night", "20:00", "24:00");
        await Store.Use(new() { CalendarId = office, AnswerMinutes = 30 }, default);
        await Store.Use(new() { Kind = "did", Target = "74951234501", CalendarId = night, AnswerMinutes = 10 }, default);
        await Store.Use(new() { Kind = "queue", Target = "vip", AnswerMinutes = 5 }, default);

        var hours = await Hours();

        // 19:00 in Moscow: the office has closed, the night begins in an hour.
        Assert.That(hours.Of(null, null).DueFrom(Friday), Is.EqualTo(new DateTimeOffset(2026, 3, 14, 6, 30, 0, TimeSpan.Zero)));
        Assert.That(hours.Of("74951234501", "other").DueFrom(Friday), Is.EqualTo(Friday.AddMinutes(70)));
        Assert.That(hours.Of("74951234501", "vip").DueFrom(Friday), Is.EqualTo(new DateTimeOffset(2026, 3, 14, 6, 5, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task New_hours_begin_today_or_later_and_two_editors_do_not_overwrite_each_other()
    {
        var id = await New("Office", "09:00", "18:00");

        Assert.That(await Store.Change(Admin, id, Edit("Office", "10:00", "19:00", "2026-03-12", version: 1), default), Is.EqualTo(CalendarEditResult.RewritesThePast));
        Assert.That(await Store.Change(Admin, id, Edit("Office", "10:00", "19:00", "2026-03-16", version: 1), default), Is.EqualTo(CalendarEditResult.Saved));
        Assert.That(await Store.Change(Admin, id, Edit("Office", "11:00", "19:00", "2026-03-16", version: 1), default), Is.EqualTo(CalendarEditResult.ChangedByOther));
        Assert.That((await Store.Create(Admin, Edit("Office", "10:00", "19:00", "2026-03-16"), default)).Result, Is.EqualTo(CalendarEditResult.NameTaken));

        var calendar = (await Store.Page(default)).Calendars.Single();
        Assert.That(calendar.Versions.Select(version => (version.EffectiveFrom, version.Weekly[0].From)), Is.EqualTo(new[] { (new DateOnly(2026, 1, 1), "09:00"), (new DateOnly(2026, 3, 16), "10:00") }));
        Assert.That((calendar.Version, calendar.IsOpenNow, calendar.NextOpening), Is.EqualTo((2, false, (DateTimeOffset?)new DateTimeOffset(2026, 3, 14, 6, 0, 0, TimeSpan.Zero))));
    }

    async Task<long> New(string name, string from, string to) => (await Store.Create(Admin, Edit(name, from, to, "2026-01-01"), default)).Id;

    static CalendarEdit Edit(string name, string from, string to, string day, int version = 0) => new()
    {
        Version = version,
        Name = name,
        Hours = new()
        {
            EffectiveFrom = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            Zone = "Europe/Moscow",
            Weekly = [.. Enumerable.Range(1, 7).Select(weekday => new WeeklySpan { Day = weekday, From = from, To = to })],
        },
    };

    async Task<ServiceHours> Hours()
    {
        await using var session = await Database.Read(default);
        return await CalendarStore.Hours(session, default);
    }
}
