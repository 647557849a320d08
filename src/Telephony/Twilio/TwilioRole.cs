using System.Collections.Frozen;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>What Twilio asks or tells in a request: each has an address of its own.</summary>
public enum TwilioRole
{
    /// <summary>A call comes to a number (its VoiceUrl).</summary>
    Incoming,

    /// <summary>The same, after <see cref="Incoming"/> gave no answer (VoiceFallbackUrl).</summary>
    IncomingFallback,

    /// <summary>The call to a number is over (the number's StatusCallback).</summary>
    NumberStatus,

    /// <summary>What becomes of a leg that a Dial calls.</summary>
    LegStatus,

    /// <summary>A Dial is over: what next?</summary>
    DialAction,

    /// <summary>A called number picked up: what it hears before it is connected.</summary>
    Whisper,

    RecordingStatus,

    /// <summary>The caller has spoken a voice message.</summary>
    VoicemailAction,

    /// <summary>A caller waits in a queue: what does he hear? Asked again and again.</summary>
    QueueWait,

    /// <summary>A caller left a queue.</summary>
    QueueAction,

    /// <summary>An agent who was called for a queue picked up.</summary>
    DequeueTwiml,

    /// <summary>A caller in a queue is about to be connected with an agent.</summary>
    QueueConnect,

    /// <summary>The agent's talk with a caller from a queue is over.</summary>
    DequeueAction,

    /// <summary>An agent calls somebody: from the softphone, or by a command of ours.</summary>
    OutboundTwiml,

    /// <summary>What becomes of a call that we made by REST.</summary>
    ApiCallStatus,

    ConferenceStatus,

    /// <summary>A live call was sent on by a command of ours.</summary>
    TransferTwiml,

    MessageIncoming,
    MessageStatus,

    /// <summary>Not a request of Twilio's: what REST says of a call, put in by the reconciliation.</summary>
    RestCall,
}

/// <summary>The addresses of the roles, <c>voice/incoming</c>.</summary>
public static class TwilioRoles
{
    private static readonly FrozenDictionary<TwilioRole, string> Paths = new Dictionary<TwilioRole, string>
    {
        [TwilioRole.Incoming] = "voice/incoming",
        [TwilioRole.IncomingFallback] = "voice/incomingFallback",
        [TwilioRole.NumberStatus] = "voice/numberStatus",
        [TwilioRole.LegStatus] = "voice/legStatus",
        [TwilioRole.DialAction] = "voice/dialAction",
        [TwilioRole.Whisper] = "voice/whisper",
        [TwilioRole.RecordingStatus] = "voice/recordingStatus",
        [TwilioRole.VoicemailAction] = "voice/voicemailAction",
        [TwilioRole.QueueWait] = "voice/queueWait",
        [TwilioRole.QueueAction] = "voice/queueAction",
        [TwilioRole.DequeueTwiml] = "voice/dequeueTwiml",
        [TwilioRole.QueueConnect] = "voice/queueConnect",
        [TwilioRole.DequeueAction] = "voice/dequeueAction",
        [TwilioRole.OutboundTwiml] = "voice/outboundTwiml",
        [TwilioRole.ApiCallStatus] = "voice/apiCallStatus",
        [TwilioRole.ConferenceStatus] = "voice/conferenceStatus",
        [TwilioRole.TransferTwiml] = "voice/transferTwiml",
        [TwilioRole.MessageIncoming] = "message/incoming",
        [TwilioRole.MessageStatus] = "message/status",
        [TwilioRole.RestCall] = "rest/call",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TwilioRole> Roles = Paths.ToFrozenDictionary(role => role.Value, role => role.Key);

    public static string PathOf(TwilioRole role) => Paths[role];

    /// <summary>Null: there is no such address. Case counts.</summary>
    public static TwilioRole? Parse(string path) => Roles.TryGetValue(path, out var role) ? role : null;

    /// <summary>Something that Twilio only tells; what is not, waits for TwiML.</summary>
    public static bool IsStatus(TwilioRole role) => role is TwilioRole.NumberStatus or TwilioRole.LegStatus or TwilioRole.RecordingStatus
        or TwilioRole.ApiCallStatus or TwilioRole.ConferenceStatus or TwilioRole.MessageStatus or TwilioRole.RestCall;

    public static bool IsMessage(TwilioRole role) => role is TwilioRole.MessageIncoming or TwilioRole.MessageStatus;
}
