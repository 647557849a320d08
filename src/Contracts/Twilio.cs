using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>What becomes of a caller when nobody answered in the ring time, or when nobody is rung at all.</summary>
public enum AfterRing { Voicemail, Queue, HangUp }

/// <summary>The Twilio accounts, and whether Twilio can reach this server at all.</summary>
public sealed record TwilioAccountsPage
{
    /// <summary>
    /// The setting <c>PublicUrl</c>: where Twilio finds this server, for example https://crm.example.com. Null: it is not set, and
    /// nothing can come from Twilio.
    /// </summary>
    public string? PublicUrl { get; init; }

    public IReadOnlyList<TwilioAccountItem> Accounts { get; init; } = [];
}

/// <summary>A Twilio account, with what its last check found. Secrets are never told.</summary>
public sealed record TwilioAccountItem
{
    public required long Id { get; init; }

    /// <summary>The account's name in every call key, like that of a PBX link, and never that of one.</summary>
    public required string Name { get; init; }

    public required string AccountSid { get; init; }

    /// <summary>The API key that REST uses; null: the auth token is used.</summary>
    public string? ApiKeySid { get; init; }

    /// <summary>A second auth token is accepted, too: the token is being rotated.</summary>
    public bool HasSecondaryToken { get; init; }

    /// <summary>ISO 3166 code of the country whose numbers come without a country code.</summary>
    public required string Region { get; init; }

    public bool DeletesFetchedRecordings { get; init; }
    public bool IsEnabled { get; init; }

    /// <summary>Null: it was never checked.</summary>
    public TwilioCheck? Check { get; init; }

    /// <summary>When REST was last asked for calls whose webhooks were lost.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    /// <summary>Why that failed the last time, in the words of the API; null: it did not.</summary>
    public string? ReconcileProblem { get; init; }

    /// <summary>Recordings that are still to be fetched, or could not be.</summary>
    public int RecordingsWaiting { get; init; }
}

public sealed record TwilioAccountEdit
{
    [property: Required, StringLength(32, MinimumLength = 1), RegularExpression("^[a-z0-9][a-z0-9-]*$")]
    public string Name { get; init; } = "";

    [property: Required, RegularExpression("^AC[0-9a-f]{32}$")]
    public string AccountSid { get; init; } = "";

    /// <summary>Write-only. The primary token; it signs the webhooks. Null or empty leaves the stored one as it is.</summary>
    [property: StringLength(200)]
    public string? AuthToken { get; init; }

    /// <summary>Write-only. While the token is rotated. Null leaves the stored one as it is, empty removes it.</summary>
    [property: StringLength(200)]
    public string? SecondaryToken { get; init; }

    /// <summary>Null or empty: REST uses the auth token.</summary>
    [property: RegularExpression("^SK[0-9a-f]{32}$")]
    public string? ApiKeySid { get; init; }

    /// <summary>Write-only. Null or empty leaves the stored one as it is.</summary>
    [property: StringLength(200)]
    public string? ApiKeySecret { get; init; }

    [property: Required, StringLength(2, MinimumLength = 2)]
    public string Region { get; init; } = "US";

    /// <summary>A recording is deleted at Twilio as soon as it is stored and verified here.</summary>
    public bool DeletesFetchedRecordings { get; init; }

    public bool IsEnabled { get; init; } = true;
}

/// <summary>A number of ours at Twilio, what callers meet there, and whether Twilio knows where to ask.</summary>
public sealed record TwilioNumberItem
{
    public required long Id { get; init; }
    public required long AccountId { get; init; }
    public required string AccountName { get; init; }
    public required string E164 { get; init; }

    /// <summary>The number in the form that people write.</summary>
    public required string Display { get; init; }

    public required string LineName { get; init; }
    public required string Language { get; init; }
    public string GreetingText { get; init; } = "";
    public string ConsentText { get; init; } = "";
    public bool IsClosed { get; init; }
    public string ClosedText { get; init; } = "";
    public IReadOnlyList<string> Endpoints { get; init; } = [];
    public int RingSeconds { get; init; }
    public AfterRing AfterRing { get; init; }
    public string? QueueName { get; init; }
    public IReadOnlyList<string> QueueMembers { get; init; } = [];
    public bool TakesVoicemail { get; init; }
    public bool IsRecorded { get; init; }

    /// <summary>Null: it was never checked.</summary>
    public TwilioCheck? Check { get; init; }
}

public sealed record TwilioNumberEdit
{
    public long AccountId { get; init; }

    [property: Required, StringLength(16), RegularExpression(@"^\+[1-9]\d{6,14}$")]
    public string E164 { get; init; } = "";

    /// <summary>What the agents see: which line a client called.</summary>
    [property: Required, StringLength(100)]
    public string LineName { get; init; } = "";

    /// <summary>en or ru: the voice that reads the texts.</summary>
    [property: Required, RegularExpression("^(en|ru)$")]
    public string Language { get; init; } = "en";

    /// <summary>Spoken first; empty for nothing.</summary>
    [property: StringLength(500)]
    public string GreetingText { get; init; } = "";

    /// <summary>Spoken before a recorded call; empty for nothing.</summary>
    [property: StringLength(500)]
    public string ConsentText { get; init; } = "";

    /// <summary>Nobody is rung: callers hear <see cref="ClosedText"/>, and may leave a message where voicemail is on.</summary>
    public bool IsClosed { get; init; }

    [property: StringLength(500)]
    public string ClosedText { get; init; } = "";

    /// <summary>Rung all at once, at most ten: client:alice, sip:6001@pbx.example.com or a number in E.164. Empty goes on to <see cref="AfterRing"/> at once.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    [property: Range(5, 600)]
    public int RingSeconds { get; init; } = 20;

    public AfterRing AfterRing { get; init; } = AfterRing.Voicemail;

    /// <summary>With <see cref="Contracts.AfterRing.Queue"/>.</summary>
    [property: StringLength(64), RegularExpression("^[0-9A-Za-z_-]+$")]
    public string? QueueName { get; init; }

    /// <summary>Who is rung for callers in the queue; written like <see cref="Endpoints"/>.</summary>
    public IReadOnlyList<string> QueueMembers { get; init; } = [];

    public bool TakesVoicemail { get; init; } = true;
    public bool IsRecorded { get; init; }
}

/// <summary>What a check of an account or a number at Twilio found.</summary>
public sealed record TwilioCheck
{
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>None: all is as it must be.</summary>
    public IReadOnlyList<TwilioFinding> Findings { get; init; } = [];
}

/// <summary>One thing at Twilio that is not as it must be.</summary>
public sealed record TwilioFinding
{
    /// <summary>
    /// Account: public_url_missing, secret_unreadable, wrong_credentials, account_suspended, account_closed, not_allowed, refused,
    /// too_many, not_found, unreachable, not_twilio, number_not_described (calls to it come here, but nobody has said what callers meet).
    /// Number: those but the last, and not_at_twilio, voice_url_empty, voice_url_elsewhere, voice_method, fallback_url, status_callback_empty,
    /// status_callback_elsewhere, status_callback_method, overridden_by_app, overridden_by_trunk, message_url. The UI says what to do.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>What is there now, or the words of the API.</summary>
    public string? Found { get; init; }

    /// <summary>What must be there.</summary>
    public string? Wanted { get; init; }

    /// <summary>The product can put it right at Twilio.</summary>
    public bool CanBeSet { get; init; }
}
