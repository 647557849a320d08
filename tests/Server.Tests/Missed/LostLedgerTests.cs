using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calendars;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Clients;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;
using static ContactCenterCrm.Server.Tests.Missed.LostBook;

namespace ContactCenterCrm.Server.Tests.Missed;

sealed class LostLedgerTests(Engine engine) : StoreTests(engine)
{
    const string OtherNumber = "+79160000002";
    LostBook book = null!;

    [SetUp]
    public void OpenBook() => book = new(Test);

    [Test]
    public async Task A_call_that_nobody_answered_makes_an_entry_and_a_task_in_the_same_save()
    {
        var olga = await Test.AddAgent("Olga", "101");

        await book.Save(Lost("a", 0) with { Offers = [new("101", "leg", Noon) { RingStartedAt = Noon, Result = OfferResult.Withdrawn }] });

        var item = (await book.All()).Single();
        var task = (await book.Tasks()).Single();
        Assert.That((item.Cause, item.State, item.Client, item.Did, item.WaitSeconds), Is.EqualTo(("abandoned", "open", "+79160000001", "+74951234567", (double?)30)));
        Assert.That((item.LostAt, item.OwnerId, item.OwnerName, item.DueAt), Is.EqualTo((Noon.AddSeconds(30), (long?)olga, "Olga", (DateTimeOffset?)Noon.AddSeconds(30).AddMinutes(15))));
        Assert.That((task.State, task.OwnerId, task.ClientId, item.TaskId), Is.EqualTo(("open", (long?)olga, item.ClientId, (long?)task.Id)));
        Assert.That(book.Changes, Is.EqualTo(1));
    }

    [Test]
    public async Task Internal_calls_ours_parts_of_others_and_those_who_hung_up_at_once_are_not_lost()
    {
        await book.Save(
            Outbound("out", 0, reaches: false),
            Lost("inside", 1) with { Direction = CallDirection.Internal, Client = null, Result = CallResult.NoAnswer },
            Lost("part", 2) with { MergedInto = new("pbx", "out") },
            Lost("short", 3, waits: 3),
            Answered("talk", 4));

        Assert.That(await book.All(), Is.Empty);
        Assert.That(await book.Tasks(), Is.Empty);
    }

    [Test]
    public async Task Calling_back_and_reaching_closes_the_entry_and_the_task_as_returned_by_us()
    {
        await book.Save(Lost("a", 0));
        await book.Save(Outbound("try", 5, reaches: false));
        await Expect("a", "attempted", attempts: 1);

        await book.Save(Outbound("back", 10, reaches: true));

        await Expect("a", "returned_by_us", attempts: 1, reachedIn: "back");
        Assert.That((await book.Tasks()).Select(task => (task.State, task.ClosedByCallId)), Is.EqualTo(new[] { ("done", (long?)book.Ids["back"]) }));
    }

    [Test]
    public async Task A_client_who_calls_again_and_is_answered_closes_both()
    {
        await book.Save(Lost("a", 0));

        await book.Save(Answered("again", 5) with { EndedAt = null, Result = null });

        await Expect("a", "returned_by_client", reachedIn: "again");
        Assert.That((await book.Tasks()).Single().State, Is.EqualTo("done"));
    }

    [Test]
    public async Task A_second_lost_call_of_a_client_makes_no_second_task_and_reaching_them_closes_all()
    {
        await book.Save(Lost("a", 0));
        await book.Save(Lost("b", 3));

        Assert.That((await book.All()).Select(item => item.TaskId).Distinct(), Is.EqualTo(new[] { (long?)(await book.Tasks()).Single().Id }));

        await book.Save(Outbound("back", 10, reaches: true));

        Assert.That((await book.All()).Select(item => item.State), Is.All.EqualTo("returned_by_us"));
        Assert.That((await book.Tasks()).Single().State, Is.EqualTo("done"));
    }

    [Test]
    public async Task Another_number_of_the_same_card_counts()
    {
        await book.Save(Lost("a", 0));
        var client = (await book.All()).Single().ClientId;
        await Execute("""
            INSERT INTO client_number (client_id, e164, extension, seq, e164_reversed, is_shared, is_former)
            VALUES (@client, @OtherNumber, '', 1, @reversed, @no, @no)
            """, new { client, OtherNumber, reversed = new string([.. OtherNumber.Reverse()]), no = false });

        await book.Save(Outbound("back", 5, reaches: true, OtherNumber));

        await Expect("a", "returned_by_us", reachedIn: "back");
    }

    [Test]
    public async Task A_call_that_is_said_to_be_somebody_elses_takes_its_entry_along()
    {
        var olga = await Test.AddAgent("Olga", "101");
        await book.Save(Answered("known", -10, OtherNumber), Lost("a", 0));
        await book.Save(Answered("talk", 5, OtherNumber));
        await book.Learn();
        var clientId = await Scalar<long>("SELECT client_id FROM call WHERE external_id = 'known'");

        var result = await new CallLinks(Database, Test.Ids, ClientParts.All, book.Clock).Link(new(olga, Roles.Admin), book.Ids["a"], clientId, default);
        await book.Ledger.CatchUp(Noon.AddDays(-1), default);

        Assert.That(result, Is.EqualTo(LinkResult.Done));
        await Expect("a", "returned_by_client", reachedIn: "talk");
    }

    [Test]
    public async Task A_hidden_number_is_an_entry_of_its_own()
    {
        await book.Save(Lost("a", 0, number: null), Lost("b", 1, number: null));

        await book.Save(Answered("c", 2, number: null));

        Assert.That((await book.All()).Select(item => (item.IsHidden, item.State)), Is.All.EqualTo((true, "open")));
        Assert.That(await book.Tasks(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_number_of_several_clients_is_reached_by_that_number()
    {
        await book.Save(Answered("one", -30), Answered("two", -20, OtherNumber));
        await Execute("UPDATE client_number SET e164 = '+79160000001', is_shared = @yes WHERE e164 = @OtherNumber", new { OtherNumber, yes = true });
        await Execute("UPDATE client_number SET is_shared = @yes", new { yes = true });
        await book.Save(Lost("a", 0));
        Assert.That((await book.All()).Single().ClientId, Is.Null);

        await book.Save(Outbound("back", 5, reaches: true));

        await Expect("a", "returned_by_us", reachedIn: "back");
    }

    [Test]
    public async Task Saying_the_same_again_changes_nothing_and_so_does_catching_up()
    {
        var calls = new[] { Lost("a", 0), Outbound("try", 5, reaches: false), Lost("b", 7, OtherNumber), Answered("c", 9, OtherNumber) };
        await book.Save(calls);
        var (entries, tasks, changes) = (await book.All(), await book.Tasks(), book.Changes);

        await book.Save(calls);
        foreach (var call in calls.Reverse())
            await book.Save(call);
        await book.Ledger.CatchUp(Noon.AddDays(-1), default);

        Assert.That(await book.All(), Is.EqualTo(entries));
        Assert.That(await book.Tasks(), Is.EqualTo(tasks));
        Assert.That(book.Changes, Is.EqualTo(changes));
    }

    [Test]
    public async Task A_call_that_turns_out_answered_is_taken_back_with_its_task()
    {
        await book.Save(Lost("a", 0));

        await book.Save(Answered("a", 0) with { Revision = 6 });

        Assert.That(await book.All(), Is.Empty);
        Assert.That((await book.Tasks()).Single().State, Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task What_a_crash_left_out_is_found_by_the_job_also_when_the_client_was_reached_meanwhile()
    {
        await book.SaveOnly(Lost("a", 0), Lost("b", 1, OtherNumber), Outbound("back", 5, reaches: true, OtherNumber), Lost("old", -3 * 24 * 60, "+79160000003"));

        await book.Ledger.CatchUp(Noon.AddDays(-1), default);

        await Expect("a", "open");
        await Expect("b", "returned_by_us", reachedIn: "back");
        Assert.That(await book.All(), Has.Count.EqualTo(2));
        Assert.That(await book.Tasks(), Has.Count.EqualTo(1), "who was reached needs none");
    }

    [Test]
    public async Task Callbacks_go_to_the_clients_owner_and_else_by_turns_to_those_whose_phones_rang()
    {
        var (olga, ivan) = (await Test.AddAgent("Olga", "101"), await Test.AddAgent("Ivan", "102"));
        await book.Save(Answered("owned", -30));
        await Execute("UPDATE client SET owner_id = @ivan", new { ivan });

        await book.Save(Lost("a", 0));
        foreach (var i in Enumerable.Range(1, 4))
        {
            await book.Save(Lost($"b{i}", i, $"+7916111000{i}") with
            {
                Offers = [new("101", "x", Noon) { RingStartedAt = Noon, Result = OfferResult.RangOut }, new("102", "y", Noon) { RingStartedAt = Noon, Result = OfferResult.RangOut }],
            });
        }
        await book.Save(Lost("silent", 9, "+79161110009") with { Reason = CallReason.Unreachable });

        Assert.That((await book.Of("a")).OwnerId, Is.EqualTo(ivan));
        Assert.That((await book.Tasks()).Skip(1).Select(task => task.OwnerId), Is.EqualTo(new long?[] { olga, ivan, olga, ivan, olga }));
    }

    [Test]
    public async Task A_callback_goes_to_who_is_ready_then_to_who_is_there_then_to_anybody_of_the_line()
    {
        var (olga, ivan, petr) = (await Test.AddAgent("Olga", "101"), await Test.AddAgent("Ivan", "102"), await Test.AddAgent("Petr", "103"));
        await Stands(olga, "break");
        await Stands(ivan, "offline");
        Call Rings(string id, int minute, params string[] extensions) => Lost(id, minute, $"+791611100{minute:00}") with
        {
            Offers = [.. extensions.Select(extension => new Offer(extension, extension, Noon) { RingStartedAt = Noon, Result = OfferResult.RangOut })],
        };

        await book.Save(Rings("before", 0, "101", "102", "103"));
        await Stands(petr, "ready");
        await book.Save(Rings("one is ready", 1, "101", "102", "103"));
        await book.Save(Rings("ready on the line comes before here and rang", 2, "101", "102"));
        await Stands(petr, "offline");
        await book.Save(Rings("one is on a break", 3, "102", "103", "101"));
        await Stands(olga, "offline");
        foreach (var minute in new[] { 4, 5 })
            await book.Save(Rings($"nobody is there {minute}", minute, "102", "103"));

        Assert.That((await book.Tasks()).Select(task => task.OwnerId), Is.EqualTo(new long?[] { olga, petr, petr, olga, ivan, petr }));
    }

    [Test]
    public async Task The_clients_owner_comes_first_if_present_and_else_a_colleague_of_the_team_who_then_sees_the_client()
    {
        var (olga, ivan) = (await Test.AddAgent("Olga", "108"), await Test.AddAgent("Ivan", "109"));
        await Execute("INSERT INTO team (id, name) VALUES (7, 'sales')");
        await Execute("UPDATE agent SET team_id = 7");
        await book.Save(Answered("known", -30));
        await Execute("UPDATE client SET owner_id = @ivan", new { ivan });
        await Stands(olga, "ready");
        var clientId = await Scalar<long>("SELECT id FROM client");
        await using var session = await Database.Read(default);
        Assert.That(await CardReader.IsVisible(session, new(olga, Roles.Agent), clientId, default), Is.False);

        await Stands(ivan, "talking");
        await book.Save(Lost("present", 0));
        await book.Save(Outbound("back", 1, reaches: true));
        await Stands(ivan, "offline");
        await book.Save(Lost("absent", 2));
        Assert.That(await CardReader.IsVisible(session, new(olga, Roles.Agent), clientId, default), "as long as it is to be done");
        await book.Save(Outbound("back again", 3, reaches: true));
        Assert.That(await CardReader.IsVisible(session, new(olga, Roles.Agent), clientId, default), Is.False);
        await Stands(olga, "offline");
        await book.Save(Lost("nobody", 4));

        Assert.That((await book.Tasks()).Select(task => task.OwnerId), Is.EqualTo(new long?[] { ivan, olga, ivan }));
    }

    [Test]
    public async Task While_we_are_closed_nobody_is_asked_who_is_there()
    {
        var (olga, ivan) = (await Test.AddAgent("Olga", "101"), await Test.AddAgent("Ivan", "102"));
        CalendarStore calendars = new(Database, Test.Ids, book.Clock);
        var nights = new CalendarHours { EffectiveFrom = new(2026, 1, 1), Zone = "UTC", Weekly = [.. Enumerable.Range(1, 7).Select(day => new WeeklySpan { Day = day, From = "18:00", To = "20:00" })] };
        var (_, calendarId) = await calendars.Create(new(1, Roles.Admin), new() { Name = "evening", Hours = nights }, default);
        await calendars.Use(new() { CalendarId = calendarId }, default);
        await book.Save(Answered("owned", -30));
        await Execute("UPDATE client SET owner_id = @ivan", new { ivan });
        await Stands(olga, "ready");

        await book.Save(Lost("a", 0) with { Offers = [new("101", "x", Noon) { RingStartedAt = Noon, Result = OfferResult.RangOut }] });

        Assert.That((await book.Tasks()).Select(task => task.OwnerId), Is.EqualTo(new long?[] { ivan }));
    }

    [Test]
    public async Task An_agent_sees_own_callbacks_and_those_of_nobody_and_claims_one_at_a_time()
    {
        var (olga, ivan) = (await Test.AddAgent("Olga", "101"), await Test.AddAgent("Ivan", "102"));
        await book.Save(Lost("nobodys", 0));
        await book.Save(Lost("ivans", 1, OtherNumber) with { Offers = [new("102", "y", Noon) { RingStartedAt = Noon, Result = OfferResult.RangOut }] });
        await book.Learn();
        Access asOlga = new(olga, Roles.Agent), asIvan = new(ivan, Roles.Agent);

        Assert.That((await book.All(asOlga)).Select(item => item.CallId), Is.EqualTo(new[] { book.Ids["nobodys"] }));
        Assert.That(await book.All(asIvan), Has.Count.EqualTo(2));
        Assert.That((await book.List.Count(asOlga, default)).Unreturned, Is.EqualTo(1));
        Assert.That(await book.List.Of(asOlga, book.Ids["ivans"], default), Is.Null);
        Assert.That(await book.Actions.Claim(asOlga, book.Ids["ivans"], default), Is.InstanceOf<LostResult.NotFound>());

        Assert.That(await book.Actions.Claim(asOlga, book.Ids["nobodys"], default), Is.InstanceOf<LostResult.Done>());
        Assert.That(await book.Actions.Claim(asIvan, book.Ids["nobodys"], default), Is.EqualTo(new LostResult.ClaimedByOther("Olga")));
        Assert.That((await book.Of("nobodys")).ClaimedByName, Is.EqualTo("Olga"));

        book.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await book.Actions.Claim(asIvan, book.Ids["nobodys"], default), Is.InstanceOf<LostResult.Done>());
    }

    [Test]
    public async Task Closing_with_a_reason_ends_all_that_the_client_waits_for_and_the_task_is_not_done()
    {
        await book.Save(Lost("a", 0));
        await book.Save(Lost("b", 2));
        await book.Learn();

        var result = await book.Actions.Close(new(1, Roles.Manager), book.Ids["a"], new() { Reason = LostCloseReasons.NoNeed, Note = "  sent a mail " }, default);
        var again = await book.Actions.Close(new(1, Roles.Manager), book.Ids["a"], new() { Reason = LostCloseReasons.Spam }, default);
        await book.Save(Outbound("back", 10, reaches: true));

        Assert.That(result, Is.InstanceOf<LostResult.Done>());
        Assert.That(again, Is.InstanceOf<LostResult.Settled>());
        Assert.That((await book.All()).Select(item => (item.State, item.CloseReason, item.CloseNote)), Is.All.EqualTo(("closed", "no_need", "sent a mail")));
        Assert.That((await book.Tasks()).Single().State, Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Who_calls_in_while_waiting_in_the_ledger_is_known_and_a_colleagues_claim_ends()
    {
        var olga = await Test.AddAgent("Olga", "101");
        await book.Save(Lost("a", 0), Lost("b", 1));
        await book.Learn();
        await book.Actions.Claim(new(olga, Roles.Admin), book.Ids["b"], default);
        book.Clock.Advance(TimeSpan.FromMinutes(3));
        var ringing = (await book.SaveOnly(Answered("again", 3) with { AnsweredAt = null, EndedAt = null, Result = null })).Single();

        await using (var session = await Database.Read(default))
        {
            var before = (await LostList.Before(session, [ringing.CallId], default))[ringing.CallId];
            Assert.That((before.LostAt, before.Calls, before.ClaimedByName), Is.EqualTo((Noon.AddMinutes(1.5), 2, "Olga")));
        }
        await book.Ledger.Take([ringing.CallId], default);

        Assert.That((await book.All()).Select(item => (item.State, item.ClaimedByName)), Is.All.EqualTo(("open", (string?)null)));
    }

    [Test]
    public async Task What_is_late_is_put_before_the_supervisors_once()
    {
        await book.Save(Lost("a", 0));
        await book.Ledger.Escalate(default);
        Assert.That((await book.All()).Single().EscalatedAt, Is.Null);

        book.Clock.Advance(TimeSpan.FromMinutes(20));
        await book.Ledger.Escalate(default);
        var changes = book.Changes;
        await book.Ledger.Escalate(default);

        Assert.That((await book.All()).Single().EscalatedAt, Is.EqualTo(Noon.AddMinutes(20)));
        Assert.That(await book.List.Count(new(1, Roles.Supervisor), default), Is.EqualTo(new LostCount { Unreturned = 1, Late = 1 }));
        Assert.That(book.Changes, Is.EqualTo(changes));
    }

    [Test]
    public async Task The_golden_day_loses_four_of_whom_we_return_one_two_come_back_and_one_waits()
    {
        const string ClosedAtNight = "+74950000009";
        CalendarStore calendars = new(Database, Test.Ids, book.Clock);
        var office = new CalendarHours
        {
            EffectiveFrom = new(2026, 1, 1),
            Zone = "Europe/Moscow",
            Weekly = [.. Enumerable.Range(1, 7).Select(day => new WeeklySpan { Day = day, From = "09:00", To = "18:00" })],
        };
        var (_, calendarId) = await calendars.Create(new(1, Roles.Admin), new() { Name = "office", Hours = office }, default);
        await calendars.Use(new() { Kind = CalendarUseKinds.Did, Target = ClosedAtNight, CalendarId = calendarId }, default);
        Call At(Call call, int day, int hour, int minute) => call with
        {
            StartedAt = Moscow(day, hour, minute),
            AnsweredAt = Moscow(day, hour, minute) + (call.AnsweredAt - call.StartedAt),
            EndedAt = Moscow(day, hour, minute) + (call.EndedAt - call.StartedAt),
        };

        await book.Save(At(Lost("C3", 0, "+79160000103", waits: 3), 10, 9, 20));
        await book.Save(At(Lost("C4", 0, "+79160000104", waits: 15), 10, 10, 0));
        await book.Save(At(Lost("C5", 0, "+79160000105", waits: 50), 10, 10, 5));
        await book.Save(At(Outbound("C5 back", 0, reaches: true, "+79160000105"), 10, 10, 16));
        await book.Save(At(Lost("C13", 0, "+79160000113", waits: 40), 10, 12, 0));
        await book.Save(At(Answered("C14", 0, "+79160000113"), 10, 12, 3));
        await book.Save(At(Lost("C9", 0, "+79160000109"), 10, 22, 10) with { Did = ClosedAtNight, Result = CallResult.Voicemail, Reason = null });
        var atNight = await book.Of("C9");
        await book.Save(At(Answered("C10", 0, "+79160000109"), 11, 9, 5));

        Assert.That((atNight.Cause, atNight.DueAt), Is.EqualTo(("after_hours", (DateTimeOffset?)Moscow(11, 9, 15))));
        Assert.That((await book.All()).CountBy(item => item.State), Is.EquivalentTo(new Dictionary<string, int> { ["returned_by_us"] = 1, ["returned_by_client"] = 2, ["open"] = 1 }));
        Assert.That((await book.Of("C4")).State, Is.EqualTo("open"));
    }

    [Test]
    public async Task Any_history_told_in_any_order_ends_as_a_slow_reading_of_it_says([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var numbers = new[] { "+79160000001", OtherNumber, "+79160000003" };
        var calls = Enumerable.Range(0, 40).Select(i => (Number: numbers[random.Next(3)], Kind: random.Next(4), Id: $"{i}", Minute: random.Next(15) * 40 + i))
            .Select(call => call.Kind switch
            {
                0 => Answered(call.Id, call.Minute, call.Number),
                1 => Outbound(call.Id, call.Minute, reaches: random.Next(3) == 0, call.Number),
                _ => Lost(call.Id, call.Minute, call.Number),
            }).ToList();

        foreach (var batch in calls.OrderBy(_ => random.Next()).Chunk(random.Next(1, 7)))
        {
            if (random.Next(4) == 0)
                await book.SaveOnly(batch);
            else
                await book.Save(batch);
        }
        await book.Ledger.CatchUp(Noon.AddDays(-1), default);

        await book.Learn();
        var states = (await book.All()).ToDictionary(item => item.CallId, item => item.State);
        Assert.That(states, Is.EquivalentTo(calls.Where(call => call.Result == CallResult.Missed).ToDictionary(call => book.Ids[call.Key.ExternalId], call => Reading(call, calls))));
        var waiting = (await book.All(filter: new() { State = LostWords.Unreturned })).Select(item => item.ClientId).Distinct().Count();
        Assert.That((await book.Tasks()).Count(task => task.State == "open"), Is.EqualTo(waiting));
    }

    [Test]
    public async Task However_a_day_goes_every_lost_call_is_in_one_state_and_every_client_who_waits_has_one_task([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        Access manager = new(await Test.AddAgent("Boss"), Roles.Manager);
        var numbers = new[] { "+79160000001", OtherNumber, "+79160000003", "+79160000004" };
        var other = new LostBook(Test.AnotherNode());
        Dictionary<string, Call> told = [];
        for (var step = 0; step < 40; step++)
        {
            var calls = Enumerable.Range(0, random.Next(1, 3)).Select(i => Next($"{step}-{i}", step * 5)).ToList();
            foreach (var call in calls)
                told[call.Key.ExternalId] = call;
            await Task.WhenAll(calls.Select((call, i) => (i == 0 ? book : other).Save(call)));
            foreach (var clock in new[] { book.Clock, other.Clock })
                clock.Advance(TimeSpan.FromMinutes(5));
            await book.Learn();
            var entry = (await book.All()).OrderBy(_ => random.Next()).FirstOrDefault();
            if (entry is not null && random.Next(3) == 0)
                await Act(random.Next(3), entry.CallId);
        }
        await book.Ledger.CatchUp(Noon.AddDays(-1), default);

        await book.Learn();
        var entries = await book.All();
        Assert.That(entries.Select(entry => entry.CallId), Is.EquivalentTo(told.Values.Where(call => call.Result == CallResult.Missed).Select(call => book.Ids[call.Key.ExternalId])));
        var waiting = (await book.All(filter: new() { State = LostWords.Unreturned })).Select(entry => entry.CallId).ToHashSet();
        Assert.That(entries.Select(entry => (Ends(entry), entry.SettledAt is not null, !waiting.Contains(entry.CallId))), Is.All.Matches<(bool Ends, bool IsSettled, bool WaitsNot)>(
            entry => entry.Ends == entry.IsSettled && entry.IsSettled == entry.WaitsNot));
        var open = (await book.Tasks()).Where(task => task.State == "open").ToDictionary(task => task.Id);
        Assert.That(entries.Where(entry => !Ends(entry)).Select(entry => (entry.ClientId, entry.TaskId)).Distinct(), Is.EquivalentTo(open.Values.Select(task => (task.ClientId, (long?)task.Id))));
        Assert.That(open.Values.Select(task => task.ClientId), Is.Unique);

        // Now and then a call turns out to have been answered after all.
        Call Next(string id, int minute)
        {
            var number = numbers[random.Next(numbers.Length)];
            return random.Next(6) switch
            {
                0 => Answered(id, minute, number),
                1 => Outbound(id, minute, reaches: random.Next(2) == 0, number),
                2 when told.Values.Where(call => call.Result == CallResult.Missed).OrderBy(_ => random.Next()).FirstOrDefault() is { } lost =>
                    Answered(lost.Key.ExternalId, (lost.StartedAt - Noon).TotalMinutes, lost.Client!.E164) with { Revision = lost.Revision + 1 },
                _ => Lost(id, minute, number),
            };
        }

        Task Act(int what, long callId) => what switch
        {
            0 => book.Actions.Claim(manager, callId, default),
            1 => book.Actions.Release(manager, callId, default),
            _ => book.Actions.Close(manager, callId, new() { Reason = LostCloseReasons.NoNeed }, default),
        };

        static bool Ends(LostItem entry) => (entry.State, entry.ReachedCallId, entry.CloseReason) switch
        {
            ("open" or "claimed" or "attempted", null, null) => false,
            ("returned_by_us" or "returned_by_client", not null, null) or ("closed", null, not null) => true,
            _ => throw new InvalidOperationException($"{entry.CallId} is {entry.State}, reached in {entry.ReachedCallId}, closed for {entry.CloseReason}"),
        };
    }

    Task Stands(long agentId, string state) => Execute("""
        DELETE FROM agent_presence WHERE agent_id = @agentId;
        INSERT INTO agent_presence (agent_id, version, state, since, is_here, body) VALUES (@agentId, 1, @state, @Noon, @isHere, '')
        """, new { agentId, state, Noon, isHere = state != "offline" });

    static DateTimeOffset Moscow(int day, int hour, int minute) => new(2026, 3, day, hour - 3, minute, 0, TimeSpan.Zero);

    static string Reading(Call lost, IReadOnlyList<Call> calls)
    {
        var later = calls.Where(call => call.Client!.E164 == lost.Client!.E164 && (call.AnsweredAt ?? call.StartedAt) >= lost.EndedAt).ToList();
        var reached = later.Where(call => call.AnsweredAt is not null).OrderBy(call => call.AnsweredAt).FirstOrDefault();
        if (reached is not null)
            return reached.Direction == CallDirection.Inbound ? "returned_by_client" : "returned_by_us";
        return later.Any(call => call is { Direction: CallDirection.Outbound, AnsweredAt: null } && call.StartedAt >= lost.EndedAt) ? "attempted" : "open";
    }

    async Task Expect(string id, string state, int attempts = 0, string? reachedIn = null)
    {
        await book.Learn();
        var item = await book.Of(id);
        Assert.That((item.State, item.Attempts, item.ReachedCallId), Is.EqualTo((state, attempts, reachedIn is null ? null : (long?)book.Ids[reachedIn])));
    }
}
