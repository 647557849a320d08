namespace ContactCenterCrm.Server.Desk;

/// <summary>A card as it is stored.</summary>
internal sealed record DeskRow
{
    public required long AgentId { get; init; }
    public required long CallId { get; init; }

    /// <summary>Counts what was sent to the browser of this card.</summary>
    public required long Revision { get; init; }

    /// <summary>On the desk. A closed card stays in the table for its note's sake.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The extension of the agent that the call goes through.</summary>
    public required string Extension { get; init; }

    public required DeskView View { get; init; }
    public string NoteDraft { get; init; } = "";
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The agent is in this call with mouth and ears.</summary>
    public bool IsBusy => IsOpen && View.IsLive && View.State != Contracts.DeskCardState.Ringing;
}
