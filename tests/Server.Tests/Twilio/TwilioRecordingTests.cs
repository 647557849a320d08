using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Tests.Recordings;
using ContactCenterCrm.Server.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>Recordings come from Twilio when they are there, and are deleted there when they are safe here.</summary>
sealed class TwilioRecordingTests(Engine engine) : StoreTests(engine), IDisposable
{
    const string Wav = $"Recordings/{TwilioStub.RecordingSid}.wav";

    static readonly byte[] sound = Recordings.Wav.Tone(1, 10_000, 5_000);

    readonly TwilioStub twilio = new();
    RecordingStand stand = null!;
    TwilioAccount account = null!;

    [SetUp]
    public async Task Expect()
    {
        stand = new(Test);
        var (_, id) = await Accounts.Add(twilio.Account, default);
        account = (await Accounts.ById(id, default))!;
        var call = RecordingStand.Answered(TwilioStub.CallSid) with
        {
            Key = new("cloud", TwilioStub.CallSid),
            Recordings = [new(TwilioStub.CallSid, TwilioStub.RecordingSid, RecordingStand.Noon)],
        };
        var callId = await stand.Save(call);
        var foreign = RecordingStand.Recorded("1");
        await new TwilioRecordingWatch(Accounts, Store, stand.Clock).Saved([new SavedCall(callId, call, null), new SavedCall(callId + 1, foreign, null)], default);
    }

    [TearDown]
    public void Clean() => stand?.Dispose();

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task A_recording_that_is_complete_a_moment_before_its_file_is_there_comes_at_the_next_try()
    {
        TwilioHas("completed");
        twilio.Server.Given(TwilioStub.Get(Wav)).InScenario("early").WillSetStateTo("there").RespondWith(TwilioStub.Mistake(404, 20404, "Not found"));
        twilio.Server.Given(TwilioStub.Get(Wav)).InScenario("early").WhenStateIs("there").RespondWith(Response.Create().WithStatusCode(200).WithBody(sound));

        await Work();
        Assert.That(await State(), Is.EqualTo("expected"));
        await WorkAfter(TimeSpan.FromSeconds(4));
        Assert.That(await State(), Is.EqualTo("expected"), "it is too early to ask again");
        await WorkAfter(TimeSpan.FromSeconds(1));

        Assert.That(await State(), Is.EqualTo("ready"));
        Assert.That(await Scalar<int>("SELECT channels FROM recording WHERE call_external_id = @sid", new { sid = TwilioStub.CallSid }), Is.EqualTo(2));
        Assert.That(await Store.Waiting(default), Is.Empty);
        await WorkAfter(TimeSpan.FromDays(1));
        Assert.That(Downloads, Is.EqualTo(2), "once is enough");
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
        await DeleteFetched();
        TwilioHas("completed", sound);
        var deletion = Request.Create().UsingDelete().WithPath(TwilioStub.PathOf($"Recordings/{TwilioStub.RecordingSid}.json"));
        twilio.Server.Given(deletion).InScenario("delete").WillSetStateTo("well").RespondWith(TwilioStub.Mistake(403, 20403, "The key may not delete"));
        twilio.Server.Given(deletion).InScenario("delete").WhenStateIs("well").RespondWith(Response.Create().WithStatusCode(204));

        await Work();
        await WorkAfter(TimeSpan.FromSeconds(5));
        await WorkAfter(TimeSpan.FromDays(1));

        Assert.That((Downloads, Deletions), Is.EqualTo((1, 2)), "only the deletion was tried again");
        Assert.That(await State(), Is.EqualTo("ready"));
    }

    [Test]
    public async Task It_stays_at_Twilio_where_nobody_wants_it_deleted()
    {
        TwilioHas("completed", sound);

        await Work();

        Assert.That((await State(), Deletions), Is.EqualTo(("ready", 0)));
    }

    [Test]
    public async Task What_could_not_be_stored_is_asked_for_again_and_stays_at_Twilio()
    {
        await DeleteFetched();
        TwilioHas("completed", sound);
        TwilioDeletes();
        // In the place of the folder of recordings stands a file.
        var folder = stand.PathOf("recordings");
        await File.WriteAllTextAsync(folder, "");

        await Work();
        Assert.That((await State(), Downloads, Deletions), Is.EqualTo(("expected", 1, 0)));

        File.Delete(folder);
        await WorkAfter(TimeSpan.FromSeconds(5));
        Assert.That((await State(), Downloads, Deletions), Is.EqualTo(("ready", 2, 1)));
    }

    [Test]
    public async Task What_was_stored_and_spoiled_is_not_deleted_at_Twilio_before_it_has_come_again()
    {
        await DeleteFetched();
        TwilioHas("completed", sound);
        TwilioDeletes();
        await stand.Intake.Take(
            new() { Source = "cloud", LegId = TwilioStub.CallSid, ExternalId = TwilioStub.RecordingSid, CallExternalId = TwilioStub.CallSid }, new MemoryStream(sound), default);
        await Spoil();

        await Work();
        Assert.That((Downloads, Deletions), Is.EqualTo((1, 0)));
        await WorkAfter(TimeSpan.FromSeconds(5));

        Assert.That((Downloads, Deletions), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task What_is_no_sound_is_asked_for_once_and_stays_at_Twilio()
    {
        await DeleteFetched();
        TwilioHas("completed", "<html>This is a page of a proxy.</html>"u8.ToArray());

        await Work();
        await WorkAfter(TimeSpan.FromDays(1));

        Assert.That((Downloads, Deletions), Is.EqualTo((1, 0)));
        Assert.That((await Store.Waiting(default))[account.Id], Is.EqualTo(1));
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
    int Downloads => twilio.Asked.Count(asked => asked.RequestMessage.Path.EndsWith(".wav", StringComparison.Ordinal));
    int Deletions => twilio.Asked.Count(asked => asked.RequestMessage.Method == "DELETE");

    Task WorkAfter(TimeSpan wait)
    {
        stand.Clock.Advance(wait);
        return Work();
    }

    Task Work() =>
        new TwilioRecordings(Accounts, Store, twilio.Api, stand.Intake, stand.Check, stand.Clock, NullLogger<TwilioRecordings>.Instance).Work(default);

    Task DeleteFetched() => Accounts.Change(account with { DeletesFetchedRecordings = true }, default);

    Task<string?> State() => Scalar<string>("SELECT state FROM recording WHERE external_id = @sid", new { sid = TwilioStub.RecordingSid });

    async Task Spoil()
    {
        var path = stand.PathOf((await stand.Keys()).Single());
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
    }

    void TwilioHas(string status, byte[]? wav = null)
    {
        twilio.Server.Given(TwilioStub.Get($"Recordings/{TwilioStub.RecordingSid}.json")).RespondWith(TwilioStub.Json(200, $$"""
            {"sid": "{{TwilioStub.RecordingSid}}", "call_sid": "{{TwilioStub.CallSid}}", "status": "{{status}}", "channels": 2}
            """));
        if (wav is not null)
            twilio.Server.Given(TwilioStub.Get(Wav)).RespondWith(Response.Create().WithStatusCode(200).WithHeader("Content-Type", "audio/x-wav").WithBody(wav));
    }

    void TwilioDeletes() => twilio.Server.Given(Request.Create().UsingDelete()).RespondWith(Response.Create().WithStatusCode(204));
}
