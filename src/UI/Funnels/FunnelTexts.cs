using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>Funnels as a manager makes them: stages, what each asks, who may pass anyway, and how deals went through.</summary>
public sealed class FunnelTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Funnels", "Воронки");
}
