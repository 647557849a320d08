using System.Globalization;

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>
/// What the product asks of Twilio, on https://api.twilio.com/2010-04-01. Every method throws <see cref="TwilioException"/> when
/// Twilio does not do it.
/// </summary>
internal sealed class TwilioApi(TwilioHttp http, TimeProvider time)
{
    /// <summary>The most that Twilio gives.</summary>
    const string PageSize = "1000";

    /// <summary>Clocks differ: a call that we made may seem older than our asking for it.</summary>
    static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Needs the auth token itself.</summary>
    public Task<TwilioAccountResource> Account(TwilioAccount account, CancellationToken cancel) =>
        http.ReadAsOwner<TwilioAccountResource>(account, $"Accounts/{account.AccountSid}.json", cancel);

    /// <summary>
    /// Makes a call. After a silence Twilio is asked whether it makes it already: the call is made at most once.
    /// </summary>
    public async Task<TwilioCall> CreateCall(TwilioAccount account, NewTwilioCall call, CancellationToken cancel)
    {
        var asked = time.GetUtcNow();
        try
        {
            return await http.Create<TwilioCall>(account, Path(account, "Calls.json"), call.Form(), cancel);
        }
        catch (TwilioException error) when (error.Problem == TwilioProblem.Unreachable)
        {
            var made = http.List<TwilioCall>(account, Path(account, "Calls.json"), "calls", [("To", call.To), ("From", call.From), ("PageSize", "20")], cancel)
                .Where(known => known.Direction == "outbound-api" && known.DateCreated >= asked - ClockSkew);
            if (await made.FirstOrDefaultAsync(cancel) is { } found)
                return found;
            throw;
        }
    }

    public Task<TwilioCall?> Call(TwilioAccount account, string callSid, CancellationToken cancel) =>
        http.Find<TwilioCall>(account, Path(account, $"Calls/{callSid}.json"), cancel);

    /// <summary>Ends it, whatever it does.</summary>
    public Task<TwilioCall> EndCall(TwilioAccount account, string callSid, CancellationToken cancel) =>
        http.Change<TwilioCall>(account, Path(account, $"Calls/{callSid}.json"), [("Status", "completed")], cancel);

    /// <summary>A call goes on with what this address answers.</summary>
    public Task<TwilioCall> RedirectCall(TwilioAccount account, string callSid, string twimlUrl, CancellationToken cancel) =>
        http.Change<TwilioCall>(account, Path(account, $"Calls/{callSid}.json"), [("Url", twimlUrl), ("Method", "POST")], cancel);

    /// <summary>Calls and legs that began on this day (UTC) or later, the newest first.</summary>
    public IAsyncEnumerable<TwilioCall> CallsSince(TwilioAccount account, DateOnly day, CancellationToken cancel) =>
        http.List<TwilioCall>(account, Path(account, "Calls.json"), "calls", [("StartTime>", Day(day)), ("PageSize", PageSize)], cancel);

    /// <summary>The legs of a call: whom it rang.</summary>
    public IAsyncEnumerable<TwilioCall> LegsOf(TwilioAccount account, string parentCallSid, CancellationToken cancel) =>
        http.List<TwilioCall>(account, Path(account, "Calls.json"), "calls", [("ParentCallSid", parentCallSid), ("PageSize", PageSize)], cancel);

    /// <summary>Recordings that were made on this day (UTC) or later.</summary>
    public IAsyncEnumerable<TwilioRecording> RecordingsSince(TwilioAccount account, DateOnly day, CancellationToken cancel) =>
        http.List<TwilioRecording>(account, Path(account, "Recordings.json"), "recordings", [("DateCreated>", Day(day)), ("PageSize", PageSize)], cancel);

    public Task<TwilioRecording?> Recording(TwilioAccount account, string recordingSid, CancellationToken cancel) =>
        http.Find<TwilioRecording>(account, Path(account, $"Recordings/{recordingSid}.json"), cancel);

    /// <summary>
    /// The sound of a recording as WAV, agent and client in channels of their own where Twilio has them so. Null: it is not there; just after
    /// Twilio has said that it is complete, that passes.
    /// </summary>
    public async Task<HttpResponseMessage?> Sound(TwilioAccount account, string recordingSid, CancellationToken cancel)
    {
        var path = Path(account, $"Recordings/{recordingSid}.wav");
        try
        {
            return await http.File(account, path, [("RequestedChannels", "2")], cancel);
        }
        catch (TwilioException error) when (error.Status == 400)
        {
            // Two channels were asked of a recording that has one.
            return await http.File(account, path, [("RequestedChannels", "1")], cancel);
        }
    }

    public Task DeleteRecording(TwilioAccount account, string recordingSid, CancellationToken cancel) =>
        http.Delete(account, Path(account, $"Recordings/{recordingSid}.json"), cancel);

    /// <summary>Sends a message. After a silence Twilio is asked whether it has it already: it is sent at most once.</summary>
    /// <param name="statusUrl">Told what becomes of it.</param>
    public async Task<TwilioMessage> SendMessage(TwilioAccount account, string from, string to, string body, string statusUrl, CancellationToken cancel)
    {
        var asked = time.GetUtcNow();
        try
        {
            return await http.Create<TwilioMessage>(
                account, Path(account, "Messages.json"), [("To", to), ("From", from), ("Body", body), ("StatusCallback", statusUrl)], cancel);
        }
        catch (TwilioException error) when (error.Problem == TwilioProblem.Unreachable)
        {
            var sent = http.List<TwilioMessage>(account, Path(account, "Messages.json"), "messages", [("To", to), ("From", from), ("PageSize", "20")], cancel)
                .Where(known => known.Body == body && known.DateCreated >= asked - ClockSkew);
            if (await sent.FirstOrDefaultAsync(cancel) is { } found)
                return found;
            throw;
        }
    }

    /// <summary>Messages that were sent or received on this day (UTC) or later.</summary>
    public IAsyncEnumerable<TwilioMessage> MessagesSince(TwilioAccount account, DateOnly day, CancellationToken cancel) =>
        http.List<TwilioMessage>(account, Path(account, "Messages.json"), "messages", [("DateSent>", Day(day)), ("PageSize", PageSize)], cancel);

    /// <summary>The numbers of the account; all, or the one in E.164.</summary>
    public IAsyncEnumerable<TwilioPhoneNumber> PhoneNumbers(TwilioAccount account, string? e164, CancellationToken cancel) =>
        http.List<TwilioPhoneNumber>(
            account, Path(account, "IncomingPhoneNumbers.json"), "incoming_phone_numbers", [("PhoneNumber", e164), ("PageSize", PageSize)], cancel);

    /// <param name="settings">In Twilio's names: <c>VoiceUrl</c>. An empty value clears.</param>
    public Task<TwilioPhoneNumber> ChangePhoneNumber(
        TwilioAccount account, string phoneNumberSid, (string Name, string? Value)[] settings, CancellationToken cancel) =>
        http.Change<TwilioPhoneNumber>(account, Path(account, $"IncomingPhoneNumbers/{phoneNumberSid}.json"), settings, cancel);

    /// <summary>
    /// A supervisor in a conference: muted hears all, coaching speaks to one alone, neither speaks to all. Doing it twice is doing it once.
    /// </summary>
    /// <param name="callSidToCoach">Whom the participant coaches; null: nobody.</param>
    public Task<TwilioParticipant> ChangeParticipant(
        TwilioAccount account, string conferenceSid, string callSid, bool isMuted, string? callSidToCoach, CancellationToken cancel) =>
        http.Change<TwilioParticipant>(
            account,
            Path(account, $"Conferences/{conferenceSid}/Participants/{callSid}.json"),
            [("Muted", isMuted ? "true" : "false"), ("Coaching", callSidToCoach is null ? "false" : "true"), ("CallSidToCoach", callSidToCoach)],
            cancel);

    static string Path(TwilioAccount account, string resource) => $"Accounts/{account.AccountSid}/{resource}";

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A call that Twilio shall make.</summary>
internal sealed record NewTwilioCall
{
    /// <summary>client:alice, sip:6001@pbx.example.com or a number in E.164.</summary>
    public required string To { get; init; }

    /// <summary>A number of the account.</summary>
    public required string From { get; init; }

    /// <summary>What the one who answers hears.</summary>
    public required string TwimlUrl { get; init; }

    /// <summary>Told of every state of the call.</summary>
    public required string StatusUrl { get; init; }

    public int RingSeconds { get; init; } = 30;

    public (string Name, string? Value)[] Form() =>
    [
        ("To", To),
        ("From", From),
        ("Url", TwimlUrl),
        ("Method", "POST"),
        ("StatusCallback", StatusUrl),
        ("StatusCallbackMethod", "POST"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
        ("Timeout", RingSeconds.ToString(CultureInfo.InvariantCulture)),
    ];
}
