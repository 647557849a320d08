using System.Net.Security;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Where a PBX listens, who we are there, and how patient we are.</summary>
public sealed record AmiOptions
{
    public required string Host { get; init; }
    public int Port { get; init; } = 5038;
    public required string Username { get; init; }
    public required string Secret { get; init; }

    /// <summary>Sends the secret as it is instead of answering a challenge. A PBX that refuses the challenge gets it so anyway.</summary>
    public bool UsePlainLogin { get; init; }

    public bool UseTls { get; init; }
    public AmiCertificateTrust Trust { get; init; } = AmiCertificateTrust.Authority;

    /// <summary>With <see cref="AmiCertificateTrust.Pinned"/>: the SHA-256 of the PBX's certificate in hex.</summary>
    public string? PinnedSha256 { get; init; }

    /// <summary>To connect, to shake hands, to be greeted, to be let in: each step may take so long.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An action must be answered within this time, a list completed.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first attempt after a loss waits at most this long, each further one twice as long.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A line that was up this long was a good one: the next loss begins at <see cref="BackoffMin"/> again.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What may wait for the owner of the calls. When it is full the line is dropped and resynchronised.</summary>
    public int Backlog { get; init; } = 16_384;

    public override string ToString() => $"{Username}@{Host}:{Port}";

    /// <summary>Whether this certificate is good enough for us.</summary>
    internal bool Accepts(string? sha256, SslPolicyErrors errors) => Trust switch
    {
        AmiCertificateTrust.Authority => errors is SslPolicyErrors.None,
        AmiCertificateTrust.Pinned => sha256 is not null && sha256.Equals(PinnedSha256, StringComparison.OrdinalIgnoreCase),
        AmiCertificateTrust.Anyone => true,
    };
}

/// <summary><see cref="Anyone"/> hides the line from those who only listen, not from those who pretend to be the PBX.</summary>
public enum AmiCertificateTrust { Authority, Pinned, Anyone }
