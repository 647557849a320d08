using System.Text;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// The addresses that Twilio asks, by role. They hold only characters that no proxy and no library writes in another way, because
/// Twilio signs them letter by letter.
/// </summary>
internal sealed class TwilioUrls(PublicUrl publicUrl)
{
    public const string Root = "/webhooks/twilio";

    /// <summary>
    /// What Twilio does with a callback that was not taken: three more tries within its 15 seconds, also after a 5xx or a slow answer.
    /// Without it only failed connections are tried again, once. (Twilio, "Webhooks: connection overrides"; a fragment is not signed.)
    /// </summary>
    const string Retries = "#rc=3&rp=ct,rt,5xx";

    /// <summary>False: the setting PublicUrl is missing, and the other members throw.</summary>
    public bool AreKnown => publicUrl.Base is not null;

    public string VoiceIncoming => Of("voice/incoming");
    public string VoiceFallback => Of("voice/incomingFallback");
    public string NumberStatus => Of("voice/numberStatus") + Retries;
    public string MessageIncoming => Of("message/incoming");

    /// <param name="role">As in the path: <c>voice/legStatus</c>.</param>
    public string Of(string role) => publicUrl.Of($"{Root}/{role}") ?? throw new InvalidOperationException($"Twilio cannot be told where {role} is: PublicUrl is not set.");

    /// <summary>The address at which a request came, as Twilio knows it; null: it cannot know one.</summary>
    /// <param name="target">Path and query as they stood in the request line.</param>
    public string? Called(string target) => publicUrl.Of(target);

    /// <summary>A callback that carries news and is told again when it was not taken.</summary>
    /// <param name="hints">What is to come back with it, see TwilioHint. Twilio signs it with the address.</param>
    public string Callback(string role, params ReadOnlySpan<(string Name, string Value)> hints)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in hints)
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return Of(role) + query + Retries;
    }
}
