using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>A row of the client list.</summary>
public sealed record ClientItem
{
    public required long Id { get; init; }

    /// <summary>inquiry: only heard of, by a call or a message; contact: a human confirmed who it is, or it came a second time.</summary>
    public required string Status { get; init; }

    /// <summary>Empty while nobody gave a name: the number stands for it.</summary>
    public string Name { get; init; } = "";

    public string? Company { get; init; }
    public string? MainNumber { get; init; }
    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>When the open task is due that comes first; null: there is none.</summary>
    public DateTimeOffset? NextStepAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why a search found it: name, company, number, email; null in a plain list.</summary>
    public string? MatchedBy { get; init; }
}

/// <summary>The client's card: the header and the newest page of its timeline.</summary>
public sealed record ClientCard
{
    public required long Id { get; init; }
    public required string Status { get; init; }
    public string Name { get; init; } = "";
    public string? Company { get; init; }
    public string? Email { get; init; }

    /// <summary>The client does not want calls to be recorded: none is.</summary>
    public bool DoNotRecord { get; init; }

    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>The client does not want to be called: nobody can, from here.</summary>
    public bool DoNotCall { get; init; }

    public IReadOnlyList<ClientNumber> Numbers { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>Where the client first came from: the source's name, the DID and the queue of the first inquiry.</summary>
    public InquiryItem? FirstInquiry { get; init; }

    /// <summary>The open task that is due first.</summary>
    public AgentTaskItem? NextStep { get; init; }

    public required Page<TimelineEntry> Timeline { get; init; }

    /// <summary>Cards that went into this one and can come out again, the latest first.</summary>
    public IReadOnlyList<ClientMergeItem> Merges { get; init; } = [];

    /// <summary>Grows with each change. An edit names the version that it started from.</summary>
    public required int Version { get; init; }
}

public sealed record ClientNumber
{
    public required string E164 { get; init; }

    /// <summary>The number in the form that people write, for example +7 916 123-45-67.</summary>
    public required string Display { get; init; }

    public string? Extension { get; init; }

    /// <summary>Several people use it: a call from it never belongs to one of them by itself.</summary>
    public bool IsShared { get; init; }

    public bool IsFormer { get; init; }
}

public sealed record InquiryItem
{
    public required long Id { get; init; }

    /// <summary>call, form, email, sms, messenger.</summary>
    public required string Channel { get; init; }

    public required string Source { get; init; }
    public string? Did { get; init; }
    public string? Queue { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>One thing that happened with a client. Exactly one of the parts is set, by <see cref="Kind"/>.</summary>
public sealed record TimelineEntry
{
    public required long Id { get; init; }

    /// <summary>call, message, note, inquiry or task.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }
    public CallItem? Call { get; init; }
    public MessageItem? Message { get; init; }
    public NoteItem? Note { get; init; }
    public InquiryItem? Inquiry { get; init; }
    public AgentTaskItem? Task { get; init; }
}

public sealed record NoteItem
{
    public required long Id { get; init; }
    public required string Text { get; init; }
    public required string AuthorName { get; init; }
    public long AuthorId { get; init; }
    public long? CallId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>1 as long as nobody corrected it; the versions before stay readable.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When the newest version was written, if it is not the first.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    public string? EditedByName { get; init; }

    /// <summary>The caller may correct it: the author, or who leads others.</summary>
    public bool CanEdit { get; init; }
}

/// <summary>What a note said once.</summary>
public sealed record NoteVersion
{
    public required int Version { get; init; }
    public required string Text { get; init; }
    public required string AuthorName { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed record NoteEdit
{
    /// <summary>The version that the editor had loaded.</summary>
    public int Version { get; init; }

    [property: Required, StringLength(10_000, MinimumLength = 1)]
    public string Text { get; init; } = "";
}

/// <summary>The fields that a person may set on a card.</summary>
public sealed record ClientEdit
{
    /// <summary>0 for a new client; else the version that the editor had loaded.</summary>
    public int Version { get; init; }

    [property: StringLength(200)]
    public string Name { get; init; } = "";

    [property: StringLength(200)]
    public string? Company { get; init; }

    [property: StringLength(254), EmailAddress]
    public string? Email { get; init; }

    public bool DoNotRecord { get; init; }

    /// <summary>As typed; the server makes E.164 of them and refuses what is no number, naming it.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    public long? OwnerId { get; init; }

    public bool DoNotCall { get; init; }
}

public sealed record NewNote
{
    [property: Required, StringLength(10_000, MinimumLength = 1)]
    public string Text { get; init; } = "";

    public long? CallId { get; init; }
}

/// <summary>A client that a number may belong to, with the reason; the likeliest first.</summary>
public sealed record ClientMatch
{
    public required ClientItem Client { get; init; }

    /// <summary>exact, extension, company, former.</summary>
    public required string Reason { get; init; }
}
