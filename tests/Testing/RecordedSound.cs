using System.Buffers.Binary;
using System.Text;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Recordings;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Testing;

/// <summary>Sound as a PBX sends it, made by the tests: no file has to be kept for it.</summary>
public static class RecordedSound
{
    const int Rate = 8000;
    const int Channels = 2;
    const int BytesPerFrame = 2 * Channels;

    /// <summary>
    /// A WAV of two channels, 16 bits, 8 kHz: on the first somebody speaks during the first third, on the second somebody during the last
    /// one; between them it is silent.
    /// </summary>
    public static byte[] Talk(int seconds)
    {
        var frames = seconds * Rate;
        var wav = new byte[44 + frames * BytesPerFrame];
        WriteHeader(wav, frames * BytesPerFrame);
        for (var frame = 0; frame < frames; frame++)
        {
            var voice = (short)(12_000 * Math.Sin(2 * Math.PI * 440 * frame / Rate));
            var place = wav.AsSpan(44 + frame * BytesPerFrame);
            BinaryPrimitives.WriteInt16LittleEndian(place, frame < frames / 3 ? voice : (short)0);
            BinaryPrimitives.WriteInt16LittleEndian(place[2..], frame >= frames * 2 / 3 ? voice : (short)0);
        }

        return wav;
    }

    /// <summary>The PBX delivers what the call said it records. Returns the recording's id.</summary>
    public static async Task<long> Deliver(this RunningServer server, long callId, byte[] sound)
    {
        ExpectedRow? expected = null;
        await Until.True(async () => (expected = await Expected(server, callId)) is not null, $"a recording of call {callId} is expected");
        var arriving = new ArrivingRecording { Source = expected!.Source, LegId = expected.LegId, ExternalId = expected.ExternalId };
        using var stream = new MemoryStream(sound);
        return (await server.Services.GetRequiredService<RecordingIntake>().Take(arriving, stream, CancellationToken.None)).RecordingId;
    }

    static async Task<ExpectedRow?> Expected(RunningServer server, long callId)
    {
        await using var session = await server.Services.GetRequiredService<Database>().Read(CancellationToken.None);
        return await session.QueryFirst<ExpectedRow>(
            new("SELECT source, leg_id, external_id FROM recording WHERE call_id = @callId AND state = 'expected'"), new { callId }, CancellationToken.None);
    }

    // RIFF, then "fmt " (PCM), then "data": the form that every player reads.
    static void WriteHeader(Span<byte> wav, int dataBytes)
    {
        Encoding.ASCII.GetBytes("RIFF", wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], 36 + dataBytes);
        Encoding.ASCII.GetBytes("WAVEfmt ", wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], Channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], Rate * BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], BytesPerFrame);
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        Encoding.ASCII.GetBytes("data", wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], dataBytes);
    }

    sealed record ExpectedRow
    {
        public string Source { get; init; } = "";
        public string LegId { get; init; } = "";
        public string ExternalId { get; init; } = "";
    }
}
