using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>Recordings come from Twilio when they are there, and are deleted there when they are safe here.</summary>
sealed class TwilioRecordingTests(Engine engine) : StoreTests(engine), IDisposable
{
    const string Wav = $"Recordings/{TwilioStub.RecordingSid}.wav";

    readonly FakeTimeProvider time = new(new(2026, 10, 12, 12, 0, 0, TimeSpan.Zero));
    readonly TwilioStub twilio = new();
    readonly List<(string Call, string Sound)> taken = [];
    Func<string, TakenSound> judge = sound => new(null, sound.Length);
    TwilioAccount account = null!;

    [SetUp]
    public async Task Expect()
    {
        var (_, id) = await Accounts.Add(twilio.Account, default);
        account = (await Accounts.ById(id, default))!;
        var call = new Call
        {
            Key = new("cloud", TwilioStub.CallSid),
            Revision = 1,
            Direction = CallDirection.Inbound,
            StartedAt = time.GetUtcNow(),
            Recordings = [new(TwilioStub.CallSid, TwilioStub.RecordingSid, time.GetUtcNow())],
        };
        await new TwilioRecordingWatch(Accounts, Store, time).Saved(
            [new SavedCall(1, call, null), new SavedCall(2, call with { Key = new("office", "1") }, null)], default);
    }

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task A_recording_that_is_complete_a_moment_before_its_file_is_there_comes_at_the_next_try()
    {
        TwilioHas("completed");
        twilio.Server.Given(TwilioStub.Get(Wav)).InScenario("early").WillSetStateTo("there").RespondWith(TwilioStub.Mistake(404, 20404, "Not found"));
        twilio.Server.Given(TwilioStub.Get(Wav)).InScenario("early").WhenStateIs("there").RespondWith(Response.Create().WithStatusCode(200).WithBody("sound"));

        await Work();
        Assert.That(taken, Is.Empty);
        await WorkAfter(TimeSpan.FromSeconds(4));
        Assert.That(taken, Is.Empty, "it is too early to ask again");
        await WorkAfter(TimeSpan.FromSeconds(1));

        Assert.That(taken, Is.EqualTo(new[] { (TwilioStub.CallSid, "sound") }));
        Assert.That(await Store.Waiting(default), Is.Empty);
        await WorkAfter(TimeSpan.FromDays(1));
        Assert.That(taken, Has.Count.EqualTo(1), "once is enough");
    }

    [TestCase("processing", 2)]
    [TestCase("absent", 1)]
    public async Task What_Twilio_still_works_on_is_waited_for_and_what_never_comes_is_not(string status, int tries)
    {
        TwilioHas(status);

        await Work();
        await WorkAfter(TimeSpan.FromSeconds(5));

        Assert.That(twilio.Asked, Has.Count.EqualTo(tries));
        Assert.That((await Store.Waiting(default))[account.Id], Is.EqualTo(1), "the admin sees that it is not here");
    }

    [Test]
    public async Task It_is_deleted_at_Twilio_after_it_is_stored_where_that_is_wanted()
    {
        await Accounts.Change(account with { DeletesFetchedRecordings = true }, default);
        TwilioHas("completed", "sound");
        var deletion = Request.Create().UsingDelete().WithPath(TwilioStub.PathOf($"Recordings/{TwilioStub.RecordingSid}.json"));
        twilio.Server.Given(deletion).InScenario("delete").WillSetStateTo("well").RespondWith(TwilioStub.Mistake(403, 20403, "The key may not delete"));
        twilio.Server.Given(deletion).InScenario("delete").WhenStateIs("well").RespondWith(Response.Create().WithStatusCode(204));

        await Work();
        await WorkAfter(TimeSpan.FromSeconds(5));
        await WorkAfter(TimeSpan.FromDays(1));

        Assert.That(taken, Has.Count.EqualTo(1), "only the deletion was tried again");
        Assert.That(Deletions, Is.EqualTo(2));
    }

    [Test]
    public async Task It_stays_at_Twilio_where_nobody_wants_it_deleted()
    {
        TwilioHas("completed", "sound");

        await Work();

        Assert.That((taken.Count, Deletions), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task What_did_not_come_whole_or_could_not_be_stored_is_asked_for_again_and_stays_at_Twilio()
    {
        await Accounts.Change(account with { DeletesFetchedRecordings = true }, default);
        TwilioHas("completed", "sound");
        judge = _ => new(null, 3);
        await Work();
        judge = _ => throw new IOException("The disk is full.");
        await WorkAfter(TimeSpan.FromSeconds(5));
        Assert.That((taken.Count, Deletions), Is.EqualTo((2, 0)));

        judge = sound => new(null, sound.Length);
        twilio.Server.Given(Request.Create().UsingDelete()).RespondWith(Response.Create().WithStatusCode(204));
        await WorkAfter(TimeSpan.FromSeconds(15));
        Assert.That((taken.Count, Deletions), Is.EqualTo((3, 1)));
    }

    [Test]
    public async Task What_is_no_sound_is_asked_for_once_and_stays_at_Twilio()
    {
        await Accounts.Change(account with { DeletesFetchedRecordings = true }, default);
        TwilioHas("completed", "<html>");
        judge = sound => new("It is no sound.", sound.Length);

        await Work();
        await WorkAfter(TimeSpan.FromDays(1));

        Assert.That((taken.Count, Deletions), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task It_is_given_up_after_a_week()
    {
        twilio.Server.Given(TwilioStub.Get("Recordings/*")).RespondWith(TwilioStub.Mistake(401, 20003, "Authenticate"));

        for (var hours = 0; hours < 10 * 24; hours++)
            await WorkAfter(TimeSpan.FromHours(1));

        Assert.That(twilio.Asked, Has.Count.InRange(150, 175));
        Assert.That((await Store.Waiting(default))[account.Id], Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_asked_of_an_account_that_is_switched_off()
    {
        await Accounts.Change(account with { IsEnabled = false }, default);

        await Work();

        Assert.That(twilio.Asked, Is.Empty);
    }

    TwilioAccountStore Accounts => new(Database, Test.Ids);
    TwilioRecordingStore Store => new(Database);
    int Deletions => twilio.Asked.Count(asked => asked.RequestMessage.Method == "DELETE");

    Task WorkAfter(TimeSpan wait)
    {
        time.Advance(wait);
        return Work();
    }

    Task Work() => new TwilioRecordings(Accounts, Store, twilio.Api, async (_, recording, stream, cancel) =>
    {
        using var reader = new StreamReader(stream);
        var sound = await reader.ReadToEndAsync(cancel);
        taken.Add((recording.CallSid, sound));
        return judge(sound);
    }, time, NullLogger<TwilioRecordings>.Instance).Work(default);

    void TwilioHas(string status, string? sound = null)
    {
        twilio.Server.Given(TwilioStub.Get($"Recordings/{TwilioStub.RecordingSid}.json")).RespondWith(TwilioStub.Json(200, $$"""
            {"sid": "{{TwilioStub.RecordingSid}}", "call_sid": "{{TwilioStub.CallSid}}", "status": "{{status}}", "channels": 2}
            """));
        if (sound is not null)
            twilio.Server.Given(TwilioStub.Get(Wav)).RespondWith(Response.Create().WithStatusCode(200).WithHeader("Content-Type", "audio/x-wav").WithBody(sound));
    }
}
