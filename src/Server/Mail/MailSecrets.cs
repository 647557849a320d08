using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Mail;

/// <summary>The passwords of mail servers.</summary>
internal sealed class MailSecrets(IDataProtectionProvider protection) : StoredSecrets(protection, "Mail.Secret");
