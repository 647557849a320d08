namespace ContactCenterCrm.Contracts;

/// <summary>A text message between a client and us.</summary>
public sealed record MessageItem
{
    public required long Id { get; init; }

    /// <summary>inbound: from the client; outbound: to the client.</summary>
    public required string Direction { get; init; }

    /// <summary>sms or whatsapp.</summary>
    public required string Channel { get; init; }

    /// <summary>Our number.</summary>
    public string? Line { get; init; }

    /// <summary>Null when the provider does not tell what was written.</summary>
    public string? Text { get; init; }

    /// <summary>What hangs on it, by content type: image/jpeg.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>received; accepted, scheduled, queued, sending, sent, delivered, read, undelivered, failed, canceled.</summary>
    public required string Status { get; init; }

    /// <summary>The provider's code of why it was not delivered.</summary>
    public int? ErrorCode { get; init; }
}
