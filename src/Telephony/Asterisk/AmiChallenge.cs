using System.Security.Cryptography;
using System.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>AMI's challenge: the secret itself does not go over the wire. Both sides hash it with a number that the PBX gave.</summary>
internal static class AmiChallenge
{
    /// <summary>Key: MD5 of challenge and secret in lower-case hex (Asterisk, manager.c, authenticate).</summary>
    public static string Key(string challenge, string secret) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + secret)));
}
