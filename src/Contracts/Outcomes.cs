using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>How calls of a queue may have ended for the business (dispositions): "Sale", "Refused › Price".</summary>
public sealed record OutcomeList
{
    /// <summary>The queue; empty: all other calls.</summary>
    [property: StringLength(200)]
    public string Queue { get; init; } = "";

    /// <summary>After a talk the card is not finished without one.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Each with the way to it in the tree, its parts divided by " › ".</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];
}

/// <summary>The agent has finished with a call.</summary>
public sealed record FinishCall
{
    /// <summary>One of the queue's <see cref="OutcomeList.Outcomes"/>; null: none was chosen.</summary>
    [property: StringLength(200)]
    public string? Outcome { get; init; }
}
