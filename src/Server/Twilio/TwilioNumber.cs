using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>A number of ours at Twilio, and what callers meet there.</summary>
internal sealed record TwilioNumber
{
    public long Id { get; init; }
    public long AccountId { get; init; }
    public string E164 { get; init; } = "";
    public string LineName { get; init; } = "";

    /// <summary>en or ru: the voice that reads the texts.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Spoken first; empty for nothing.</summary>
    public string GreetingText { get; init; } = "";

    /// <summary>Spoken before a recorded call; empty for nothing.</summary>
    public string ConsentText { get; init; } = "";

    /// <summary>Nobody is rung: callers hear <see cref="ClosedText"/>, and may leave a message where voicemail is on.</summary>
    public bool IsClosed { get; init; }

    public string ClosedText { get; init; } = "";

    /// <summary>Rung all at once, as Twilio dials them: client:alice, sip:6001@pbx.example.com, +12025550100. Empty: nobody is rung.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public int RingSeconds { get; init; }
    public AfterRing AfterRing { get; init; }

    /// <summary>Set when <see cref="AfterRing"/> is the queue.</summary>
    public string? QueueName { get; init; }

    /// <summary>Who is rung for callers in the queue.</summary>
    public IReadOnlyList<string> QueueMembers { get; init; } = [];

    public bool TakesVoicemail { get; init; }
    public bool IsRecorded { get; init; }

    /// <summary>Counts edits.</summary>
    public long Changed { get; init; }

    /// <summary>What the last check of its webhooks at Twilio found.</summary>
    public TwilioCheck? Check { get; init; }
}
