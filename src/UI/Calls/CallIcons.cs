using ContactCenterCrm.UI.Platform;
using MudBlazor;

namespace ContactCenterCrm.UI.Calls;

/// <summary>Pictures and tones of calls. A word always stands beside them.</summary>
internal static class CallIcons
{
    public static string Of(string direction) => direction switch
    {
        "inbound" => Icons.Material.Rounded.CallReceived,
        "outbound" => Icons.Material.Rounded.CallMade,
        _ => Icons.Material.Rounded.SwapCalls,
    };

    public static (string Icon, Tone Tone) OfResult(string? result) => result switch
    {
        null => (Icons.Material.Rounded.Phone, Tone.Active),
        "answered" => (Icons.Material.Rounded.CheckCircle, Tone.Good),
        "voicemail" => (Icons.Material.Rounded.Voicemail, Tone.Warning),
        "missed" => (Icons.Material.Rounded.PhoneMissed, Tone.Bad),
        _ => (Icons.Material.Rounded.PhoneDisabled, Tone.Neutral),
    };

    public static Tone OfOffer(string? result) => result switch
    {
        "answered" => Tone.Good,
        "rang_out" or "unreachable" => Tone.Bad,
        "rejected" or "busy" => Tone.Warning,
        null => Tone.Active,
        _ => Tone.Neutral,
    };
}
