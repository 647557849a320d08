using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>The secrets of AMI users.</summary>
internal sealed class PbxSecrets(IDataProtectionProvider protection) : StoredSecrets(protection, "Pbx.Secret");
