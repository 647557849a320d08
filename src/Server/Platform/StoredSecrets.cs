using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Platform;

/// <summary>Secrets kept so that the database alone does not tell them. Each purpose reads only its own.</summary>
internal abstract class StoredSecrets(IDataProtectionProvider protection, string purpose)
{
    readonly IDataProtector protector = protection.CreateProtector(purpose);

    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>Null: the installation's keys are not those with which it was protected. It must be entered again.</summary>
    public string? Unprotect(string protectedSecret)
    {
        try
        {
            return protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
