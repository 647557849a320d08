using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>What holds for all funnels: fields of the company's own, reasons of refusal, rights at gates, currencies.</summary>
public sealed class FunnelRuleTexts(Language language) : TextGroup(language)
{
    public string Fields => Say("Fields", "Поля");
    public string Reasons => Say("Reasons of refusal", "Причины отказа");
    public string Rights => Say("Rights at gates", "Права на переходах");
    public string Currencies => Say("Currencies", "Валюты");
}
