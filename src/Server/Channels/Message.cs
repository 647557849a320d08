namespace ContactCenterCrm.Server.Channels;

internal enum MessageDirection { Inbound, Outbound }

internal enum MessageChannel { Sms, Whatsapp }

/// <summary>What hangs on a message, and its name at the provider (null: it told none that can be asked for).</summary>
internal sealed record MessageAttachment(string ContentType, string? Sid);

/// <summary>A text message as its source tells it now.</summary>
internal sealed record Message
{
    /// <summary>Which account it went through, and its name there.</summary>
    public required string Source { get; init; }

    public required string ExternalId { get; init; }
    public required MessageDirection Direction { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>The client's number as it came, and in E.164 (null when it is no public number).</summary>
    public required string PartyNumber { get; init; }

    public required string? PartyE164 { get; init; }

    /// <summary>What the client is called in the messenger.</summary>
    public string? PartyName { get; init; }

    /// <summary>Our number.</summary>
    public required string Line { get; init; }

    /// <summary>Null: the source does not tell.</summary>
    public string? Body { get; init; }

    public IReadOnlyList<MessageAttachment> Media { get; init; } = [];

    /// <summary>received; accepted, scheduled, queued, sending, sent, delivered, read, undelivered, failed, canceled.</summary>
    public required string Status { get; init; }

    public int? ErrorCode { get; init; }
    public required DateTimeOffset At { get; init; }
}
