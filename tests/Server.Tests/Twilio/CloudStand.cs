using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Tests.Twilio;
using ContactCenterCrm.Telephony.Twilio;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>A clock that a test sets. It goes on from there, and timers run as they always do.</summary>
sealed class SetClock : TimeProvider
{
    TimeSpan ahead;

    public DateTimeOffset Now
    {
        set => ahead = value - System.GetUtcNow();
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}

/// <summary>A running server with a Twilio account and a number, and somebody who sends what Twilio would send.</summary>
sealed class CloudStand : IAsyncDisposable
{
    public const string Source = "cloud";
    public const string Token = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    public const string AccountSid = "ACa92c611714158a8b8de0eadac710ebd6";
    public const string PublicUrl = "https://crm.example.test/office";

    CloudStand(RunningServer server, SetClock clock, HttpClient admin) => (Server, Clock, Admin) = (server, clock, admin);

    public RunningServer Server { get; }
    public SetClock Clock { get; }

    /// <summary>A program with all rights.</summary>
    public HttpClient Admin { get; }

    /// <summary>Somebody outside.</summary>
    public HttpClient Outside => outside ??= Server.Browser();

    HttpClient? outside;

    /// <summary>The settings of the number; a test changes what it is about.</summary>
    public static TwilioNumber Line => new()
    {
        E164 = "+12025550100",
        LineName = "Sales",
        Language = "en",
        Endpoints = ["client:alice", "client:bob"],
        RingSeconds = 20,
        AfterRing = AfterRing.Voicemail,
        TakesVoicemail = true,
        IsRecorded = true,
    };

    public static async Task<CloudStand> Start(IReadOnlyDictionary<string, string?>? settings = null, string? folder = null)
    {
        var clock = new SetClock();
        // Nobody outside is asked: nobody listens at that port.
        Dictionary<string, string?> all = new() { ["PublicUrl"] = PublicUrl, ["Twilio:Api:Base"] = "http://127.0.0.1:9" };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        var server = await RunningServer.Start(all, services => services.AddSingleton<TimeProvider>(clock), folder);
        var accounts = server.Services.GetRequiredService<TwilioAccountStore>();
        var stand = new CloudStand(server, clock, await server.Program(Roles.Admin));
        if (await accounts.BySid(AccountSid, default) is null)
        {
            var secret = server.Services.GetRequiredService<TwilioSecrets>().Protect(Token);
            var (_, id) = await accounts.Add(new() { Name = Source, AccountSid = AccountSid, ProtectedAuthToken = secret, Region = "US", IsEnabled = true }, default);
            await stand.Services<TwilioNumberStore>().Add(Line with { AccountId = id }, default);
        }
        return stand;
    }

    public T Services<T>() where T : notnull => Server.Services.GetRequiredService<T>();

    public async Task Set(TwilioNumber line)
    {
        var numbers = Services<TwilioNumberStore>();
        var stored = (await numbers.ByE164(line.E164, default))!;
        await numbers.Change(line with { Id = stored.Id, AccountId = stored.AccountId }, default);
    }

    public Task<HttpResponseMessage> Send(SentRequest request, string query = "")
    {
        Clock.Now = request.At;
        return Send(request.Path, request.Form, query);
    }

    /// <param name="signature">Null: the right one.</param>
    public async Task<HttpResponseMessage> Send(string path, TwilioForm form, string query = "", string? signature = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{TwilioUrls.Root}/{path}{query}")
        {
            Content = new StringContent(form.ToString(), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        message.Headers.Add(TwilioSignature.Header, signature ?? TwilioSignature.Of(Token, $"{PublicUrl}{TwilioUrls.Root}/{path}{query}", form));
        return await Outside.SendAsync(message);
    }

    /// <summary>A request with the account and these parameters.</summary>
    public Task<HttpResponseMessage> Ask(string path, string form, string query = "") => Send(path, TwilioForm.Parse($"AccountSid={AccountSid}&{form}"), query);

    /// <summary>The TwiML in the answer to it.</summary>
    public async Task<System.Xml.Linq.XElement> Twiml(string path, string form, string query = "")
    {
        var response = await Ask(path, form, query);
        response.EnsureSuccessStatusCode();
        return System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
    }

    public async Task<IReadOnlyList<CallItem>> Calls() => (await Admin.GetFromJsonAsync<Page<CallItem>>("/api/calls?take=200"))!.Items;

    public async Task<CallItem?> Call(string sid) => (await Calls()).FirstOrDefault(call => call.ExternalId == sid);

    public async Task<IReadOnlyList<ClientItem>> Clients() => (await Admin.GetFromJsonAsync<Page<ClientItem>>("/api/clients?take=200"))!.Items;

    public async Task<T?> Scalar<T>(string sql)
    {
        await using var session = await Services<Database>().Read(default);
        return await session.QueryFirst<T>(new(sql), null, default);
    }

    /// <summary>Nothing waits in the inbox any more.</summary>
    public Task WorkedOff() => Until.True(async () => await Scalar<int>("SELECT COUNT(*) FROM inbox WHERE processed_at IS NULL") == 0, "the inbox is worked off");

    public async ValueTask DisposeAsync()
    {
        outside?.Dispose();
        Admin.Dispose();
        await Server.DisposeAsync();
    }
}

static class Wishes
{
    /// <summary>A person notes that the client does not want to be recorded.</summary>
    public static async Task RefuseRecording(this HttpClient program, long clientId)
    {
        var card = (await program.GetFromJsonAsync<ClientCard>($"/api/clients/{clientId}"))!;
        var edit = new ClientEdit { Version = card.Version, Name = "Ada", Numbers = [.. card.Numbers.Select(number => number.E164)], DoNotRecord = true };
        var response = await program.PutAsJsonAsync($"/api/clients/{clientId}", edit);
        response.EnsureSuccessStatusCode();
        if (!(await response.Content.ReadFromJsonAsync<ClientCard>())!.DoNotRecord)
            throw new InvalidOperationException("The card does not say so.");
    }
}
