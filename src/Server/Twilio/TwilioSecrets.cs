using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>The auth tokens and API key secrets of Twilio accounts.</summary>
internal sealed class TwilioSecrets(IDataProtectionProvider protection) : StoredSecrets(protection, "Twilio.Secret");
