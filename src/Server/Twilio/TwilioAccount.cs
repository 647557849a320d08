using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>A Twilio account, as it is configured, and what is known of its state.</summary>
internal sealed record TwilioAccount
{
    public long Id { get; init; }

    /// <summary>The source in the keys of its calls.</summary>
    public string Name { get; init; } = "";

    public string AccountSid { get; init; } = "";

    /// <summary>Readable with the installation's keys only, as all that is protected here. It signs the webhooks.</summary>
    public string ProtectedAuthToken { get; init; } = "";

    /// <summary>While the token is rotated: webhooks signed with it are genuine, too.</summary>
    public string? ProtectedSecondaryToken { get; init; }

    /// <summary>Null: REST uses the auth token.</summary>
    public string? ApiKeySid { get; init; }

    public string? ProtectedApiKeySecret { get; init; }
    public string Region { get; init; } = "";
    public bool DeletesFetchedRecordings { get; init; }
    public bool IsEnabled { get; init; }

    /// <summary>Counts edits.</summary>
    public long Changed { get; init; }

    public TwilioCheck? Check { get; init; }
    public DateTimeOffset? ReconciledAt { get; init; }
    public string? ReconcileProblem { get; init; }

    /// <summary>How numbers that come from this account are read.</summary>
    public NumberPlan NumberPlan() => new(Region);

    /// <summary>The tokens with which a genuine webhook may be signed, the likelier first; none when the installation's keys are others.</summary>
    public IReadOnlyList<string> AuthTokens(TwilioSecrets secrets) =>
        [.. new[] { ProtectedAuthToken, ProtectedSecondaryToken }.OfType<string>().Select(secrets.Unprotect).OfType<string>()];
}
