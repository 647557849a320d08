using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Desk;

/// <summary>What a card's state means for the screen.</summary>
internal static class DeskCards
{
    /// <summary>Smaller is more urgent.</summary>
    public static int Urgency(this DeskCardState state) => state switch
    {
        DeskCardState.Talking => 0,
        DeskCardState.OnHold => 1,
        DeskCardState.Dialling => 2,
        DeskCardState.Ringing => 3,
        DeskCardState.WrapUp => 4,
        DeskCardState.Withdrawn => 5,
    };

    /// <summary>When the state that the card is in began, for its timer.</summary>
    public static DateTimeOffset Since(this DeskCard card) => card.State switch
    {
        DeskCardState.Ringing => card.RingingSince ?? card.StartedAt,
        DeskCardState.Dialling => card.StartedAt,
        DeskCardState.Talking or DeskCardState.OnHold => card.TalkingSince ?? card.StartedAt,
        DeskCardState.WrapUp or DeskCardState.Withdrawn => card.EndedAt ?? card.StartedAt,
    };

    /// <summary>The agent has, or had, this call: it has a note and is closed by hand.</summary>
    public static bool IsOwn(this DeskCard card) => card.State switch
    {
        DeskCardState.Talking or DeskCardState.OnHold or DeskCardState.Dialling or DeskCardState.WrapUp => true,
        DeskCardState.Ringing or DeskCardState.Withdrawn => false,
    };

    /// <summary>A client is at the other end: not a colleague.</summary>
    public static bool IsWithClient(this DeskCard card) => card.Direction != "internal";

    /// <summary>Nobody gave the client a name yet: the quick card asks for it.</summary>
    public static bool IsUnnamed(this DeskCard card) => card.IsWithClient() && card.Matches.Count == 0 && string.IsNullOrEmpty(card.Client?.Name);
}
