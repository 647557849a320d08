using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Twilio.Rest;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Our numbers at Twilio, for the admin: what callers meet there, and whether Twilio asks us.</summary>
internal static partial class TwilioNumberEndpoints
{
    /// <summary>Twilio rings at most ten at once. (TwiML, Dial.)</summary>
    const int EndpointsMax = 10;

    const int QueueMembersMax = 100;

    public static void MapTwilioNumbers(this IEndpointRouteBuilder twilio)
    {
        var numbers = twilio.MapGroup("/numbers");
        numbers.MapGet("/", List);
        numbers.MapPost("/", Add);
        numbers.MapPut("/{id:long}", Change);
        numbers.MapDelete("/{id:long}", Remove);
        numbers.MapPost("/{id:long}/check", Check);
        numbers.MapPost("/{id:long}/webhooks", SetWebhooks);
    }

    static async Task<Ok<IReadOnlyList<TwilioNumberItem>>> List(TwilioNumberStore store, TwilioAccountStore accounts, CancellationToken cancel)
    {
        var names = (await accounts.List(cancel)).ToDictionary(account => account.Id, account => account);
        return TypedResults.Ok<IReadOnlyList<TwilioNumberItem>>([.. (await store.List(cancel)).Select(number => Item(number, names[number.AccountId]))]);
    }

    static async Task<Results<Created<TwilioNumberItem>, ProblemHttpResult>> Add(
        TwilioNumberEdit edit, TwilioNumberStore store, TwilioAccountStore accounts, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (await accounts.ById(edit.AccountId, cancel) is not { } account)
            return Problems.Invalid("accountId", "There is no such account.");
        var (result, id) = await store.Add(Number(edit), cancel);
        return result == TwilioEdit.Done
            ? TypedResults.Created($"/api/twilio/numbers/{id}", Item((await store.ById(id, cancel))!, account))
            : Refused(result);
    }

    static async Task<Results<Ok<TwilioNumberItem>, ProblemHttpResult>> Change(
        long id, TwilioNumberEdit edit, TwilioNumberStore store, TwilioAccountStore accounts, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (await accounts.ById(edit.AccountId, cancel) is not { } account)
            return Problems.Invalid("accountId", "There is no such account.");
        var result = await store.Change(Number(edit) with { Id = id }, cancel);
        return result == TwilioEdit.Done ? TypedResults.Ok(Item((await store.ById(id, cancel))!, account)) : Refused(result);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Remove(long id, TwilioNumberStore store, CancellationToken cancel)
    {
        var result = await store.Remove(id, cancel);
        return result == TwilioEdit.Done ? TypedResults.NoContent() : Refused(result);
    }

    static async Task<Results<Ok<TwilioCheck>, ProblemHttpResult>> Check(
        long id, TwilioNumberStore store, TwilioAccountStore accounts, TwilioChecks checks, CancellationToken cancel)
    {
        if (await store.ById(id, cancel) is not { } number || await accounts.ById(number.AccountId, cancel) is not { } account)
            return Problems.NotFound();
        return TypedResults.Ok(await checks.Number(account, number, cancel));
    }

    /// <summary>"Set it for me."</summary>
    static async Task<Results<Ok<TwilioCheck>, ProblemHttpResult>> SetWebhooks(
        long id, TwilioNumberStore store, TwilioAccountStore accounts, TwilioChecks checks, CancellationToken cancel)
    {
        if (await store.ById(id, cancel) is not { } number || await accounts.ById(number.AccountId, cancel) is not { } account)
            return Problems.NotFound();
        try
        {
            return TypedResults.Ok(await checks.Set(account, number, cancel));
        }
        catch (TwilioException error)
        {
            return Problems.Of(
                StatusCodes.Status502BadGateway, "twilio_refused", $"Twilio did not do it: {error.Message}", ("problem", error.Problem), ("twilioCode", error.Code));
        }
    }

    static ProblemHttpResult Refused(TwilioEdit result) => result switch
    {
        TwilioEdit.NumberTaken => Problems.Conflict("twilio_number_taken", "This number is here already."),
        TwilioEdit.NotFound => Problems.NotFound(),
        TwilioEdit.NameTaken or TwilioEdit.SidTaken or TwilioEdit.InUse or TwilioEdit.Done => throw new InvalidOperationException($"{result} refuses no number."),
    };

    /// <summary>What attributes cannot check.</summary>
    static ProblemHttpResult? Refusal(TwilioNumberEdit edit)
    {
        if (edit.Endpoints.Count > EndpointsMax)
            return Problems.Invalid("endpoints", $"Twilio rings at most {EndpointsMax} at once.");
        if (edit.QueueMembers.Count > QueueMembersMax)
            return Problems.Invalid("queueMembers", $"At most {QueueMembersMax}.");
        if (edit.Endpoints.FirstOrDefault(endpoint => !IsEndpoint(endpoint)) is { } endpoint)
            return Problems.Invalid("endpoints", NoEndpoint(endpoint));
        if (edit.QueueMembers.FirstOrDefault(member => !IsEndpoint(member)) is { } member)
            return Problems.Invalid("queueMembers", NoEndpoint(member));
        return edit.AfterRing switch
        {
            AfterRing.Queue when string.IsNullOrEmpty(edit.QueueName) => Problems.Invalid("queueName", "A queue needs a name."),
            AfterRing.Queue when edit.QueueMembers.Count == 0 => Problems.Invalid("queueMembers", "A queue that nobody answers keeps callers for ever."),
            AfterRing.Voicemail when !edit.TakesVoicemail => Problems.Invalid("takesVoicemail", "Callers go to voicemail here, so it must be on."),
            AfterRing.Voicemail or AfterRing.Queue or AfterRing.HangUp => null,
        };
    }

    static bool IsEndpoint(string? endpoint) => endpoint is not null && EndpointForm().IsMatch(endpoint.Trim());

    static string NoEndpoint(string endpoint) => $"{endpoint} is none of client:alice, sip:6001@pbx.example.com or a number such as +12025550100.";

    static TwilioNumber Number(TwilioNumberEdit edit) => new()
    {
        AccountId = edit.AccountId,
        E164 = edit.E164,
        LineName = edit.LineName.Trim(),
        Language = edit.Language,
        GreetingText = edit.GreetingText.Trim(),
        ConsentText = edit.ConsentText.Trim(),
        IsClosed = edit.IsClosed,
        ClosedText = edit.ClosedText.Trim(),
        Endpoints = [.. edit.Endpoints.Select(endpoint => endpoint.Trim()).Distinct()],
        RingSeconds = edit.RingSeconds,
        AfterRing = edit.AfterRing,
        QueueName = string.IsNullOrEmpty(edit.QueueName) ? null : edit.QueueName,
        QueueMembers = [.. edit.QueueMembers.Select(member => member.Trim()).Distinct()],
        TakesVoicemail = edit.TakesVoicemail,
        IsRecorded = edit.IsRecorded,
    };

    static TwilioNumberItem Item(TwilioNumber number, TwilioAccount account) => new()
    {
        Id = number.Id,
        AccountId = number.AccountId,
        AccountName = account.Name,
        E164 = number.E164,
        Display = account.NumberPlan().Read(number.E164).Display ?? number.E164,
        LineName = number.LineName,
        Language = number.Language,
        GreetingText = number.GreetingText,
        ConsentText = number.ConsentText,
        IsClosed = number.IsClosed,
        ClosedText = number.ClosedText,
        Endpoints = number.Endpoints,
        RingSeconds = number.RingSeconds,
        AfterRing = number.AfterRing,
        QueueName = number.QueueName,
        QueueMembers = number.QueueMembers,
        TakesVoicemail = number.TakesVoicemail,
        IsRecorded = number.IsRecorded,
        Check = number.Check,
    };

    // Twilio: an identity of letters, digits and _ works on every device; . and - do in browsers.
    [GeneratedRegex(@"^(client:[0-9A-Za-z_.-]{1,90}|sip:[0-9A-Za-z_.+-]{1,40}@[0-9A-Za-z.-]{1,50}(:\d{1,5})?|\+[1-9]\d{6,14})$")]
    private static partial Regex EndpointForm();
}
