using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Secrets of PBXs, kept so that the database alone does not tell them.</summary>
internal sealed class PbxSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("Pbx.Secret");

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
