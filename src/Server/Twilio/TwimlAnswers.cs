using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// What Twilio is to do next with a call: what the number is set to, in steps. A call that came to one of our numbers rings its phones,
/// then goes to its queue or its voicemail; an agent's call goes out. Nothing here changes what is known of a call: that comes back in
/// callbacks.
/// </summary>
internal sealed class TwimlAnswers(TwilioNumberStore numbers, TwilioUrls urls, RecordingRefusals refusals, AgentStore agents)
{
    /// <summary>A voice message.</summary>
    const int MessageSecondsMax = 180;

    /// <summary>Between two words to a caller who waits.</summary>
    const int WaitSeconds = 20;

    /// <summary>Null: nothing is asked.</summary>
    public async Task<Twiml?> Answer(TwilioAccount account, TwilioRequest request, CancellationToken cancel)
    {
        if (TwilioRoles.IsStatus(request.Role))
            return null;
        if (request.Role == TwilioRole.OutboundTwiml)
            return await Outbound(account, request, cancel);
        var line = await LineOf(account, request.Form["To"], cancel);
        return request.Role switch
        {
            TwilioRole.Incoming or TwilioRole.IncomingFallback => line is null ? new Twiml().Reject() : await Incoming(line, request, cancel),
            TwilioRole.DialAction => line is null || IsOver(request) || IsAnswered(request) ? new Twiml().Hangup() : AfterRinging(line),
            TwilioRole.QueueWait => Waiting(line),
            TwilioRole.QueueAction => line is null || IsOver(request) || HasLeftQueue(request) ? new Twiml().Hangup() : Voicemail(line),
            TwilioRole.VoicemailAction => line is null || IsOver(request) ? new Twiml().Hangup() : Thanks(line),
            TwilioRole.DequeueTwiml => await Dequeue(account, request, cancel),
            TwilioRole.Whisper => await Whisper(account, request, cancel),
            TwilioRole.TransferTwiml => await Transfer(account, line, request, cancel),
            // Whoever is connected next is connected, and a message is not answered by itself.
            _ => Twiml.Nothing,
        };
    }

    async Task<Twiml> Incoming(TwilioNumber line, TwilioRequest request, CancellationToken cancel)
    {
        var texts = new TwimlTexts(line.Language);
        var answer = new Twiml();
        if (line.IsClosed)
            return line.TakesVoicemail ? Record(answer.Say(line.ClosedText, texts.Voice)) : answer.Say(line.ClosedText, texts.Voice).Hangup();
        answer.Say(line.GreetingText, texts.Voice);
        var isRecorded = await IsRecorded(line, request.Form["From"], cancel);
        if (isRecorded)
            answer.Say(line.ConsentText, texts.Voice);
        if (line.Endpoints.Count == 0)
            return AfterRinging(line, answer);
        return answer.Dial(new()
        {
            Endpoints = line.Endpoints,
            Seconds = line.RingSeconds,
            AnswersOnBridge = true,
            Action = Url(TwilioRole.DialAction),
            LegStatus = Url(TwilioRole.LegStatus),
            Whisper = urls.Callback(TwilioRoles.PathOf(TwilioRole.Whisper), (TwilioHint.To, line.E164)),
            RecordingStatus = isRecorded ? Url(TwilioRole.RecordingStatus) : null,
        });
    }

    Twiml AfterRinging(TwilioNumber line, Twiml? before = null) => line.AfterRing switch
    {
        AfterRing.Queue when line.QueueName is { } queue => (before ?? new()).Enqueue(
            queue, urls.Callback(TwilioRoles.PathOf(TwilioRole.QueueWait), (TwilioHint.Queue, queue)), urls.Callback(TwilioRoles.PathOf(TwilioRole.QueueAction), (TwilioHint.Queue, queue))),
        AfterRing.Voicemail or AfterRing.Queue => Voicemail(line, before),
        AfterRing.HangUp => Regret(line, before),
    };

    Twiml Voicemail(TwilioNumber line, Twiml? before = null)
    {
        var texts = new TwimlTexts(line.Language);
        return line.TakesVoicemail ? Record((before ?? new()).Say(texts.LeaveMessage, texts.Voice)) : Regret(line, before);
    }

    static Twiml Regret(TwilioNumber line, Twiml? before)
    {
        var texts = new TwimlTexts(line.Language);
        return (before ?? new()).Say(texts.NobodyAnswered, texts.Voice).Hangup();
    }

    static Twiml Thanks(TwilioNumber line)
    {
        var texts = new TwimlTexts(line.Language);
        return new Twiml().Say(texts.Thanks, texts.Voice).Hangup();
    }

    static Twiml Waiting(TwilioNumber? line)
    {
        var texts = new TwimlTexts(line?.Language ?? "en");
        return new Twiml().Say(texts.Waiting, texts.Voice).Pause(WaitSeconds);
    }

    Twiml Record(Twiml before) => before.Record(MessageSecondsMax, Url(TwilioRole.VoicemailAction), Url(TwilioRole.RecordingStatus));

    // The agent's own leg: whose call it will be, and whether that is recorded, was said by the line that it waits on.
    async Task<Twiml> Dequeue(TwilioAccount account, TwilioRequest request, CancellationToken cancel)
    {
        if (request.Query[TwilioHint.Queue] is not { } queue)
            return new Twiml().Hangup();
        var isRecorded = (await numbers.OfAccount(account.Id, cancel)).Where(line => line.QueueName == queue).Any(line => line.IsRecorded);
        return new Twiml().DialQueue(
            queue,
            urls.Callback(TwilioRoles.PathOf(TwilioRole.QueueConnect), (TwilioHint.Queue, queue)),
            urls.Callback(TwilioRoles.PathOf(TwilioRole.DequeueAction), (TwilioHint.Queue, queue)),
            isRecorded ? Url(TwilioRole.RecordingStatus) : null);
    }

    async Task<Twiml> Whisper(TwilioAccount account, TwilioRequest request, CancellationToken cancel)
    {
        if (await LineOf(account, request.Query[TwilioHint.To], cancel) is not { } line)
            return Twiml.Nothing;
        var texts = new TwimlTexts(line.Language);
        return new Twiml().Say(texts.CallTo(line.LineName), texts.Voice);
    }

    // From a softphone the number is a parameter of the browser's, and who may dial is decided here. In an address of ours we wrote it.
    async Task<Twiml> Outbound(TwilioAccount account, TwilioRequest request, CancellationToken cancel)
    {
        var wanted = request.Query[TwilioHint.To] ?? (request.Form["Direction"] == "inbound" ? TwilioAddress.Number(request.Form["To"]) : null);
        var lines = await numbers.OfAccount(account.Id, cancel);
        var line = lines.FirstOrDefault(line => line.E164 == (request.Query[TwilioHint.From] ?? request.Form["From"])) ?? (lines.Count > 0 ? lines[0] : null);
        if (line is null)
            return new Twiml().Reject();
        var texts = new TwimlTexts(line.Language);
        var isAgents = request.Query[TwilioHint.To] is not null || await agents.OwnerOf(account.Name, request.Form["From"] ?? "", cancel) is not null;
        if (!isAgents || account.NumberPlan().Read(wanted).E164 is not { } number)
            return new Twiml().Say(texts.CannotDial, texts.Voice).Hangup();
        return new Twiml().Dial(new()
        {
            Endpoints = [number],
            CallerId = line.E164,
            Action = Url(TwilioRole.DialAction),
            LegStatus = Url(TwilioRole.LegStatus),
            RecordingStatus = await IsRecorded(line, number, cancel) ? Url(TwilioRole.RecordingStatus) : null,
        });
    }

    async Task<Twiml> Transfer(TwilioAccount account, TwilioNumber? line, TwilioRequest request, CancellationToken cancel)
    {
        if (request.Query[TwilioHint.To] is not { } to)
            return new Twiml().Hangup();
        var lines = await numbers.OfAccount(account.Id, cancel);
        return new Twiml().Dial(new()
        {
            Endpoints = [to],
            // The caller's own number is shown, unless an agent is the one who goes on.
            CallerId = line is null && lines.Count > 0 ? lines[0].E164 : null,
            Action = Url(TwilioRole.DialAction),
            LegStatus = Url(TwilioRole.LegStatus),
            RecordingStatus = line is not null && await IsRecorded(line, request.Form["From"], cancel) ? Url(TwilioRole.RecordingStatus) : null,
        });
    }

    async Task<TwilioNumber?> LineOf(TwilioAccount account, string? address, CancellationToken cancel) =>
        await numbers.ByE164(TwilioAddress.Number(address), cancel) is { } line && line.AccountId == account.Id ? line : null;

    // What the client wants wins.
    async Task<bool> IsRecorded(TwilioNumber line, string? client, CancellationToken cancel) =>
        line.IsRecorded && !await refusals.Has(TwilioAddress.Number(client), cancel);

    string Url(TwilioRole role) => urls.Callback(TwilioRoles.PathOf(role));

    static bool IsOver(TwilioRequest request) => request.Form["CallStatus"] is not (null or "queued" or "initiated" or "ringing" or "in-progress");

    static bool IsAnswered(TwilioRequest request) =>
        request.Form["DialCallStatus"] is "completed" or "answered" && request.Form["DialBridged"] != "false";

    static bool HasLeftQueue(TwilioRequest request) => request.Form["QueueResult"] is not ("queue-full" or "error" or "system-error");
}
