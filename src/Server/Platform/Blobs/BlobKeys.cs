using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>Keys of blobs: a few words of lower-case letters, digits and dashes, separated by slashes. So each is a safe path and a safe address.</summary>
internal static partial class BlobKeys
{
    /// <summary>A key that was never used, in a folder for its day: no folder grows without end.</summary>
    public static string New(string prefix, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}/{at.UtcDateTime:yyyy/MM/dd}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");

    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Checked(string key) => Key().IsMatch(key) ? key : throw new ArgumentException($"'{key}' is no key of a blob.", nameof(key));

    [GeneratedRegex("^[a-z0-9-]+(/[a-z0-9-]+)*$")]
    private static partial Regex Key();
}
