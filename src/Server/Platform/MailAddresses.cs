using MimeKit;

namespace ContactCenterCrm.Server.Platform;

/// <summary>Addresses that a mail can be sent to.</summary>
internal static class MailAddresses
{
    /// <summary>Whether it is one address and nothing else: no name beside it, no second one.</summary>
    public static bool IsOne(string text) =>
        MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && parsed.Domain.Length > 0 && string.IsNullOrEmpty(parsed.Name);
}
