using System.Globalization;
using System.Text.Json.Serialization;

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>A call, or a leg of one (then <see cref="ParentCallSid"/> says whose). Only what does not change any more once it is over: no price.</summary>
internal sealed record TwilioCall
{
    public string Sid { get; init; } = "";
    public string AccountSid { get; init; } = "";
    public string? ParentCallSid { get; init; }
    public string From { get; init; } = "";
    public string To { get; init; } = "";

    /// <summary>queued, initiated, ringing, in-progress; over: completed, busy, no-answer, failed, canceled.</summary>
    public string Status { get; init; } = "";

    /// <summary>inbound, outbound-api, outbound-dial.</summary>
    public string Direction { get; init; } = "";

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Null while it is queued.</summary>
    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Seconds, as text; null or empty for one that was never answered.</summary>
    public string? Duration { get; init; }

    public string? AnsweredBy { get; init; }
    public string? ForwardedFrom { get; init; }
    public string? CallerName { get; init; }

    [JsonIgnore]
    public bool IsOver => Status is "completed" or "busy" or "no-answer" or "failed" or "canceled";

    [JsonIgnore]
    public int Seconds => int.TryParse(Duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}

internal sealed record TwilioRecording
{
    public string Sid { get; init; } = "";

    /// <summary>The parent call, whichever leg is heard.</summary>
    public string CallSid { get; init; } = "";

    /// <summary>in-progress, paused, stopped, processing, completed, absent, deleted.</summary>
    public string Status { get; init; } = "";

    public int? Channels { get; init; }
    public DateTimeOffset? DateCreated { get; init; }
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>RecordVerb is a message that a caller left.</summary>
    public string? Source { get; init; }
}

internal sealed record TwilioMessage
{
    public string Sid { get; init; } = "";
    public string From { get; init; } = "";
    public string To { get; init; } = "";
    public string Body { get; init; } = "";
    public string Status { get; init; } = "";
    public string Direction { get; init; } = "";
    public int? ErrorCode { get; init; }
    public DateTimeOffset? DateCreated { get; init; }
    public DateTimeOffset? DateSent { get; init; }
}

/// <summary>A number of the account, and whom Twilio asks when something comes to it.</summary>
internal sealed record TwilioPhoneNumber
{
    public string Sid { get; init; } = "";
    public string PhoneNumber { get; init; } = "";
    public string FriendlyName { get; init; } = "";
    public string? VoiceUrl { get; init; }
    public string? VoiceMethod { get; init; }
    public string? VoiceFallbackUrl { get; init; }
    public string? VoiceFallbackMethod { get; init; }
    public string? StatusCallback { get; init; }
    public string? StatusCallbackMethod { get; init; }
    public string? SmsUrl { get; init; }
    public string? SmsMethod { get; init; }

    /// <summary>Set: Twilio asks what this application names, not what stands here.</summary>
    public string? VoiceApplicationSid { get; init; }

    public string? SmsApplicationSid { get; init; }

    /// <summary>Set: calls go to this SIP trunk, and nobody is asked.</summary>
    public string? TrunkSid { get; init; }
}

internal sealed record TwilioAccountResource
{
    public string Sid { get; init; } = "";
    public string FriendlyName { get; init; } = "";

    /// <summary>active, suspended, closed.</summary>
    public string Status { get; init; } = "";
}

/// <summary>A call in a conference.</summary>
internal sealed record TwilioParticipant
{
    public string CallSid { get; init; } = "";
    public string ConferenceSid { get; init; } = "";
    public string? Label { get; init; }
    public bool Muted { get; init; }
    public bool Hold { get; init; }
    public bool Coaching { get; init; }

    /// <summary>Who alone hears this one, while coaching.</summary>
    public string? CallSidToCoach { get; init; }
}
