using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// Addresses of sound: opaque, sealed with this installation's keys, good for one person, one recording and one use, for a while. They
/// replace neither the session nor the right: both are asked for again at each request.
/// </summary>
internal sealed class RecordingTickets(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Beside the length of the sound itself, so that a page left open does not stop in the middle of a talk.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    readonly IDataProtector protector = protection.CreateProtector("Recordings.Ticket");

    public RecordingTicket Of(Access access, Sound sound, ListeningUse use)
    {
        var expiresAt = time.GetUtcNow() + Lifetime + TimeSpan.FromSeconds(sound.DurationSeconds ?? 0);
        var ticket = new Ticket(sound.Id, access.AgentId, use, expiresAt);
        return new()
        {
            Url = $"/api/recordings/sound/{Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)))}",
            ExpiresAt = expiresAt,
            ContentType = sound.ContentType!,
            Bytes = sound.Bytes!.Value,
            DurationSeconds = sound.DurationSeconds,
        };
    }

    /// <summary>Null: it is none of ours, or somebody else's.</summary>
    public Ticket? Read(Access access, string text)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(protector.Unprotect(Base64Url.DecodeFromChars(text)));
            return ticket?.AgentId == access.AgentId ? ticket : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public bool IsExpired(Ticket ticket) => ticket.ExpiresAt <= time.GetUtcNow();

    public sealed record Ticket(long RecordingId, long AgentId, ListeningUse Use, DateTimeOffset ExpiresAt);
}
