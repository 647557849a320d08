using System.Buffers.Binary;
using System.Text;

namespace ContactCenterCrm.Server.Demo;

/// <summary>Two people in turn, as if heard through a wall: a hum that rises and falls in syllables. WAV, 8 bits, 8 kHz, a channel each.</summary>
internal static class DemoVoices
{
    const int Rate = 8000;
    const int HeaderBytes = 44;
    const int Silence = 128;

    public static byte[] Talk(TimeSpan length, Random random)
    {
        var frames = (int)(length.TotalSeconds * Rate);
        var wav = new byte[HeaderBytes + 2 * frames];
        WriteHeader(wav, 2 * frames);
        var samples = wav.AsSpan(HeaderBytes);
        samples.Fill(Silence);
        for (var (frame, speaker) = (0, 0); frame < frames; speaker = 1 - speaker)
        {
            var turn = Math.Min(frames - frame, (int)(Rate * (1.2 + 3 * random.NextDouble())));
            Speak(samples.Slice(2 * frame, 2 * turn)[speaker..], pitch: speaker == 0 ? 190 : 120, random);
            frame += turn + random.Next(Rate / 2);
        }
        return wav;
    }

    /// <summary>Syllable after syllable into every second byte.</summary>
    static void Speak(Span<byte> channel, double pitch, Random random)
    {
        var frames = (channel.Length + 1) / 2;
        for (var frame = 0; frame < frames;)
        {
            var syllable = Math.Min(frames - frame, (int)(Rate * (0.09 + 0.16 * random.NextDouble())));
            var hertz = pitch * (0.85 + 0.4 * random.NextDouble());
            var vowel = 2 + random.Next(5);
            for (var i = 0; i < syllable; i++)
            {
                var phase = 2 * Math.PI * hertz * i / Rate;
                var loudness = Math.Sin(Math.PI * i / syllable);
                channel[2 * (frame + i)] = (byte)(Silence + loudness * (38 * Math.Sin(phase) + 24 * Math.Sin(vowel * phase) + 9 * Math.Sin((vowel + 4) * phase)));
            }
            frame += syllable + random.Next(Rate / 12);
        }
    }

    static void WriteHeader(Span<byte> wav, int dataBytes)
    {
        Encoding.ASCII.GetBytes("RIFF", wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], HeaderBytes - 8 + dataBytes);
        Encoding.ASCII.GetBytes("WAVEfmt ", wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], 2 * Rate);
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 8);
        Encoding.ASCII.GetBytes("data", wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], dataBytes);
    }
}
