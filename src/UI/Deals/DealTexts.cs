using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>Deals on the board, in the list and on their page, and the dialog at a gate.</summary>
public sealed class DealTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Deals", "Сделки");
}
