using System.Buffers.Binary;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>WAV files as PBXs write them.</summary>
static class Wav
{
    /// <summary>Tones of 16 bits at 8 kHz, one amplitude (0 to 32767) for each channel.</summary>
    public static byte[] Tone(double seconds, params int[] amplitudes)
    {
        var frames = (int)(seconds * 8_000);
        var data = new byte[frames * amplitudes.Length * 2];
        for (var frame = 0; frame < frames; frame++)
            for (var channel = 0; channel < amplitudes.Length; channel++)
                BinaryPrimitives.WriteInt16LittleEndian(
                    data.AsSpan((frame * amplitudes.Length + channel) * 2), (short)(frame % 20 < 10 ? amplitudes[channel] : -amplitudes[channel]));
        return File(1, amplitudes.Length, 16, data);
    }

    /// <summary>A whole file around samples at 8 kHz.</summary>
    public static byte[] File(int coding, int channels, int bits, byte[] data, uint? toldLength = null)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + data.Length);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), (short)coding);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), 8_000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 8_000 * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)bits);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), toldLength ?? (uint)data.Length);
        return [.. header, .. data];
    }
}
