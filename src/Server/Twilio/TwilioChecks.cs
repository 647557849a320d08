using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Twilio.Rest;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// Looks at Twilio whether calls to our numbers can come here at all, and puts right what can be put right from here. A number without a
/// voice address, for one, fails each of its calls at once, and nobody hears of it.
/// </summary>
internal sealed class TwilioChecks(TwilioAccountStore accounts, TwilioNumberStore numbers, TwilioApi api, TwilioUrls urls, TimeProvider time)
{
    /// <summary>Whether Twilio lets us in, with the token and with the key, and whether it asks us for numbers that nobody has described.</summary>
    public async Task<TwilioCheck> Account(TwilioAccount account, CancellationToken cancel)
    {
        var check = Found(await AccountFindings(account, cancel));
        await accounts.SetCheck(account.Id, check, cancel);
        return check;
    }

    /// <summary>Whether Twilio asks us when something comes to the number.</summary>
    public async Task<TwilioCheck> Number(TwilioAccount account, TwilioNumber number, CancellationToken cancel)
    {
        var check = Found(await Asked(async () => Wrongs(await AtTwilio(account, number, cancel), number), cancel));
        await numbers.SetCheck(number.Id, check, cancel);
        return check;
    }

    /// <summary>Tells Twilio whom to ask for this number, whatever it was told before; and looks again.</summary>
    /// <exception cref="TwilioException">Twilio did not do it.</exception>
    public async Task<TwilioCheck> Set(TwilioAccount account, TwilioNumber number, CancellationToken cancel)
    {
        if (urls.AreKnown && await AtTwilio(account, number, cancel) is { } known)
            await api.ChangePhoneNumber(account, known.Sid, Wanted(), cancel);
        return await Number(account, number, cancel);
    }

    /// <summary>An account and all of its numbers.</summary>
    public async Task All(TwilioAccount account, CancellationToken cancel)
    {
        await Account(account, cancel);
        foreach (var number in await numbers.OfAccount(account.Id, cancel))
            await Number(account, number, cancel);
    }

    async Task<IReadOnlyList<TwilioFinding>> AccountFindings(TwilioAccount account, CancellationToken cancel)
    {
        var findings = await Asked(async () => Wrongs(await api.Account(account, cancel)), cancel);
        return findings.Count > 0 ? findings : await Asked(() => Undescribed(account, cancel), cancel);
    }

    /// <summary>Numbers for which Twilio asks us, and we have no answer. Where there is an API key, it must do to read them.</summary>
    async Task<IReadOnlyList<TwilioFinding>> Undescribed(TwilioAccount account, CancellationToken cancel)
    {
        var described = (await numbers.OfAccount(account.Id, cancel)).Select(number => number.E164).ToHashSet();
        return await api.PhoneNumbers(account, null, cancel)
            .Where(known => known.VoiceUrl == urls.VoiceIncoming && !described.Contains(known.PhoneNumber))
            .Select(known => new TwilioFinding { Code = "number_not_described", Found = known.PhoneNumber })
            .ToListAsync(cancel);
    }

    async Task<IReadOnlyList<TwilioFinding>> Asked(Func<Task<IReadOnlyList<TwilioFinding>>> ask, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!urls.AreKnown)
            return [new() { Code = "public_url_missing" }];
        try
        {
            return await ask();
        }
        catch (TwilioException error)
        {
            return [new() { Code = JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Problem.ToString()), Found = error.Message }];
        }
    }

    // Asked for one number, Twilio finds every number that contains it.
    async Task<TwilioPhoneNumber?> AtTwilio(TwilioAccount account, TwilioNumber number, CancellationToken cancel) =>
        await api.PhoneNumbers(account, number.E164, cancel).FirstOrDefaultAsync(known => known.PhoneNumber == number.E164, cancel);

    static IReadOnlyList<TwilioFinding> Wrongs(TwilioAccountResource account) => account.Status switch
    {
        "suspended" => [new() { Code = "account_suspended" }],
        "closed" => [new() { Code = "account_closed" }],
        _ => [],
    };

    IReadOnlyList<TwilioFinding> Wrongs(TwilioPhoneNumber? known, TwilioNumber number)
    {
        if (known is null)
            return [new() { Code = "not_at_twilio", Wanted = number.E164 }];
        // Either one makes Twilio look past the addresses of the number.
        if (known.TrunkSid is { Length: > 0 } trunk)
            return [new() { Code = "overridden_by_trunk", Found = trunk, CanBeSet = true }];
        if (known.VoiceApplicationSid is { Length: > 0 } app)
            return [new() { Code = "overridden_by_app", Found = app, CanBeSet = true }];
        return
        [
            .. Address("voice_url", known.VoiceUrl, urls.VoiceIncoming),
            .. Method("voice_method", known.VoiceMethod, known.VoiceUrl, urls.VoiceIncoming),
            .. known.VoiceFallbackUrl == urls.VoiceFallback ? [] : Off("fallback_url", known.VoiceFallbackUrl, urls.VoiceFallback),
            .. Address("status_callback", known.StatusCallback, urls.NumberStatus),
            .. Method("status_callback_method", known.StatusCallbackMethod, known.StatusCallback, urls.NumberStatus),
            .. known.SmsUrl == urls.MessageIncoming && known.SmsApplicationSid is null or "" ? [] : Off("message_url", known.SmsUrl, urls.MessageIncoming),
        ];
    }

    static TwilioFinding[] Address(string code, string? found, string wanted) => found switch
    {
        null or "" => Off($"{code}_empty", null, wanted),
        _ when found != wanted => Off($"{code}_elsewhere", found, wanted),
        _ => [],
    };

    // Of an address that is not ours the method is of no interest.
    static TwilioFinding[] Method(string code, string? found, string? address, string wantedAddress) =>
        address != wantedAddress || found == "POST" ? [] : Off(code, found, "POST");

    static TwilioFinding[] Off(string code, string? found, string wanted) => [new() { Code = code, Found = found, Wanted = wanted, CanBeSet = true }];

    // The application and the trunk go with the addresses: with one of them Twilio would look at none.
    (string Name, string? Value)[] Wanted() =>
    [
        ("VoiceUrl", urls.VoiceIncoming),
        ("VoiceMethod", "POST"),
        ("VoiceFallbackUrl", urls.VoiceFallback),
        ("VoiceFallbackMethod", "POST"),
        ("StatusCallback", urls.NumberStatus),
        ("StatusCallbackMethod", "POST"),
        ("SmsUrl", urls.MessageIncoming),
        ("SmsMethod", "POST"),
        ("VoiceApplicationSid", ""),
        ("SmsApplicationSid", ""),
        ("TrunkSid", ""),
    ];

    TwilioCheck Found(IReadOnlyList<TwilioFinding> findings) => new() { CheckedAt = time.GetUtcNow(), Findings = findings };
}

/// <summary>Checks all enabled accounts and their numbers when the product starts: what was changed at Twilio meanwhile shows at once.</summary>
internal sealed partial class TwilioChecksAtStart(
    TwilioAccountStore accounts, TwilioChecks checks, NodeRoles roles, ILogger<TwilioChecksAtStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!roles.Jobs)
            return;
        foreach (var account in (await accounts.List(stoppingToken)).Where(account => account.IsEnabled))
        {
            await checks.All(account, stoppingToken);
            LogChecked(account.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The set-up of Twilio account {Account} was checked")]
    private partial void LogChecked(string account);
}
