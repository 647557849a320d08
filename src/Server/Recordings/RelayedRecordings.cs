using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Where the relay of a PBX delivers recordings (asterisk-config/relay). It keeps its file until the answer bears the file's SHA-256.</summary>
internal static class RelayedRecordings
{
    /// <summary>Eighteen hours of two channels at 8 kHz.</summary>
    const long BytesMax = 2L * 1024 * 1024 * 1024;

    const int NameMax = 200;

    public static void MapRelayedRecordings(this IEndpointRouteBuilder api) => api.MapPut("/relay/recordings", Take)
        .RequireAuthorization(RelaySignIn.Policy)
        .WithMetadata(new RequestSizeLimitAttribute(BytesMax));

    // In headers, not in the address: file names hold numbers of clients, and proxies log addresses.
    static async Task<Results<Ok<RelayReceipt>, ProblemHttpResult>> Take(
        [FromHeader(Name = "X-Recording-Leg")] string? leg,
        [FromHeader(Name = "X-Recording-Call")] string? call,
        [FromHeader(Name = "X-Recording-File")] string? file,
        [FromHeader(Name = "X-Recording-Kind")] string? kind,
        [FromHeader(Name = "X-Recording-Started")] long? started,
        [FromHeader(Name = "X-Recording-Sha256")] string? sha256,
        Relay relay, HttpRequest request, RecordingIntake intake, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(leg) || leg.Length > NameMax || call?.Length > NameMax)
            return Problems.Invalid("X-Recording-Leg", $"The unique id of the recorded channel, at most {NameMax} characters.");
        if (string.IsNullOrEmpty(file) || file.Length > RecordingStore.ExternalIdMax)
            return Problems.Invalid("X-Recording-File", $"The path of the file as the PBX named it, at most {RecordingStore.ExternalIdMax} characters.");
        if (started is < 0 or > 32_503_680_000)
            return Problems.Invalid("X-Recording-Started", "Seconds since 1970.");
        var taken = await intake.Take(new()
        {
            Source = relay.Pbx,
            LegId = leg,
            ExternalId = file,
            CallExternalId = string.IsNullOrEmpty(call) ? null : call,
            RecordedAt = started is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            IsVoicemail = kind == "voicemail",
            Sha256 = sha256,
        }, request.Body, cancel);
        return taken.Result switch
        {
            IntakeResult.Stored => Receipt("stored", taken),
            IntakeResult.Known => Receipt("known", taken),
            IntakeResult.Empty => Receipt("empty", taken),
            IntakeResult.Deleted => Receipt("deleted", taken),
            IntakeResult.Other => Problems.Conflict("other_sound", "Other sound has come under these names before, and it stays."),
            IntakeResult.Damaged => Problems.Of(StatusCodes.Status422UnprocessableEntity, "damaged", "What arrived does not have the SHA-256 that was told. Send it again."),
            IntakeResult.NotSound => Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not_sound", "This is neither WAV nor MP3 nor Opus in Ogg."),
        };
    }

    static Ok<RelayReceipt> Receipt(string result, Intake taken) => TypedResults.Ok(new RelayReceipt { Result = result, Sha256 = taken.Sha256, Bytes = taken.Bytes });
}
