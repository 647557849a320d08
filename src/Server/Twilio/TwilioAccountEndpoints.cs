using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Telephony.Numbers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Twilio accounts, for the admin: what is configured, and whether it works.</summary>
internal static class TwilioAccountEndpoints
{
    public static void MapTwilioAccounts(this IEndpointRouteBuilder twilio)
    {
        var accounts = twilio.MapGroup("/accounts");
        accounts.MapGet("/", List);
        accounts.MapPost("/", Add);
        accounts.MapPut("/{id:long}", Change);
        accounts.MapDelete("/{id:long}", Remove);
        accounts.MapPost("/{id:long}/check", Check);
    }

    static async Task<Ok<TwilioAccountsPage>> List(
        TwilioAccountStore store, TwilioRecordingStore recordings, PublicUrl publicUrl, CancellationToken cancel)
    {
        var waiting = await recordings.Waiting(cancel);
        return TypedResults.Ok(new TwilioAccountsPage
        {
            PublicUrl = publicUrl.Base,
            Accounts = [.. (await store.List(cancel)).Select(account => Item(account, waiting.GetValueOrDefault(account.Id)))],
        });
    }

    static async Task<Results<Created<TwilioAccountItem>, ProblemHttpResult>> Add(
        TwilioAccountEdit edit, TwilioAccountStore store, TwilioSecrets secrets, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(edit.AuthToken))
            return Problems.Invalid("authToken", "A new account needs its auth token: it signs what Twilio sends.");
        if (edit.ApiKeySid is not null && string.IsNullOrEmpty(edit.ApiKeySecret))
            return Problems.Invalid("apiKeySecret", "A new API key needs its secret.");
        var (result, id) = await store.Add(Edited(new(), edit, secrets), cancel);
        return result == TwilioEdit.Done
            ? TypedResults.Created($"/api/twilio/accounts/{id}", Item((await store.ById(id, cancel))!, 0))
            : Refused(result);
    }

    static async Task<Results<Ok<TwilioAccountItem>, ProblemHttpResult>> Change(
        long id, TwilioAccountEdit edit, TwilioAccountStore store, TwilioRecordingStore recordings, TwilioSecrets secrets, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (await store.ById(id, cancel) is not { } before)
            return Problems.NotFound();
        if (edit.Name != before.Name)
            return Problems.Conflict("name_fixed", "Calls are known by the name of their account, so it stays.");
        if (edit.ApiKeySid is not null && edit.ApiKeySid != before.ApiKeySid && string.IsNullOrEmpty(edit.ApiKeySecret))
            return Problems.Invalid("apiKeySecret", "A new API key needs its secret.");
        var result = await store.Change(Edited(before, edit, secrets), cancel);
        return result == TwilioEdit.Done
            ? TypedResults.Ok(Item((await store.ById(id, cancel))!, (await recordings.Waiting(cancel)).GetValueOrDefault(id)))
            : Refused(result);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Remove(long id, TwilioAccountStore store, CancellationToken cancel)
    {
        var result = await store.Remove(id, cancel);
        return result == TwilioEdit.Done ? TypedResults.NoContent() : Refused(result);
    }

    static async Task<Results<Ok<TwilioCheck>, ProblemHttpResult>> Check(long id, TwilioAccountStore store, TwilioChecks checks, CancellationToken cancel) =>
        await store.ById(id, cancel) is { } account ? TypedResults.Ok(await checks.Account(account, cancel)) : Problems.NotFound();

    static ProblemHttpResult Refused(TwilioEdit result) => result switch
    {
        TwilioEdit.NameTaken => Problems.Conflict("name_taken", "Another PBX link or account has this name."),
        TwilioEdit.SidTaken => Problems.Conflict("account_sid_taken", "This Twilio account is here already."),
        TwilioEdit.InUse => Problems.Conflict("has_numbers", "The account still has numbers. Remove them first."),
        TwilioEdit.NotFound => Problems.NotFound(),
        TwilioEdit.NumberTaken or TwilioEdit.Done => throw new InvalidOperationException($"{result} refuses no account."),
    };

    /// <summary>What attributes cannot check.</summary>
    static ProblemHttpResult? Refusal(TwilioAccountEdit edit) =>
        NumberPlan.IsRegion(edit.Region) ? null : Problems.Invalid("region", $"{edit.Region} is not the code of a country, such as US or DE.");

    static TwilioAccount Edited(TwilioAccount before, TwilioAccountEdit edit, TwilioSecrets secrets) => before with
    {
        Name = edit.Name,
        AccountSid = edit.AccountSid,
        ProtectedAuthToken = string.IsNullOrEmpty(edit.AuthToken) ? before.ProtectedAuthToken : secrets.Protect(edit.AuthToken),
        ProtectedSecondaryToken = edit.SecondaryToken switch
        {
            null => before.ProtectedSecondaryToken,
            "" => null,
            var token => secrets.Protect(token),
        },
        ApiKeySid = edit.ApiKeySid,
        ProtectedApiKeySecret = (edit.ApiKeySid, edit.ApiKeySecret) switch
        {
            (null, _) => null,
            (_, null or "") => before.ProtectedApiKeySecret,
            (_, var secret) => secrets.Protect(secret),
        },
        Region = edit.Region,
        DeletesFetchedRecordings = edit.DeletesFetchedRecordings,
        IsEnabled = edit.IsEnabled,
    };

    static TwilioAccountItem Item(TwilioAccount account, int recordingsWaiting) => new()
    {
        Id = account.Id,
        Name = account.Name,
        AccountSid = account.AccountSid,
        ApiKeySid = account.ApiKeySid,
        HasSecondaryToken = account.ProtectedSecondaryToken is not null,
        Region = account.Region,
        DeletesFetchedRecordings = account.DeletesFetchedRecordings,
        IsEnabled = account.IsEnabled,
        Check = account.Check,
        ReconciledAt = account.ReconciledAt,
        ReconcileProblem = account.ReconcileProblem,
        RecordingsWaiting = recordingsWaiting,
    };
}
