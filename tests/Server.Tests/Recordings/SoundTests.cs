using System.Buffers.Binary;
using System.Security.Cryptography;
using ContactCenterCrm.Server.Recordings;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>What is read from the bytes of a recording, however they come.</summary>
sealed class SoundTests
{
    [Test]
    public async Task Two_channels_are_measured_apart()
    {
        var facts = await Facts(Wav.Tone(3, 16_384, 4_096));

        Assert.Multiple(() =>
        {
            Assert.That(facts!.ContentType, Is.EqualTo("audio/wav"));
            Assert.That(facts.Channels, Is.EqualTo(2));
            Assert.That(facts.DurationSeconds, Is.EqualTo(3).Within(0.001));
            Assert.That(facts.StepSeconds, Is.EqualTo(0.05));
            Assert.That(facts.Peaks[0], Is.EqualTo(Enumerable.Repeat((byte)128, 60)));
            Assert.That(facts.Peaks[1], Is.EqualTo(Enumerable.Repeat((byte)32, 60)));
        });
    }

    [Test]
    public async Task It_does_not_matter_where_the_network_cuts()
    {
        // A chunk that is not known, of odd length, stands before the sound.
        var wav = Wav.Tone(0.05, 20_000, 10);
        byte[] file = [.. wav[..36], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wav[36..]];
        var whole = await Facts(file);
        for (var cut = 1; cut < file.Length; cut++)
            Assert.That(Text(await Facts(file[..cut], file[cut..])), Is.EqualTo(Text(whole)), $"cut at {cut}");
        Assert.That(Text(await Facts([.. file.Select(one => new[] { one })])), Is.EqualTo(Text(whole)));
    }

    [TestCase(1, 8, (byte)255, 253, TestName = "8 bits without a sign")]
    [TestCase(6, 8, (byte)0x2A, 251, TestName = "A-law: the loudest")]
    [TestCase(6, 8, (byte)0xD5, 0, TestName = "A-law: silence")]
    [TestCase(7, 8, (byte)0x80, 250, TestName = "mu-law: the loudest")]
    [TestCase(7, 8, (byte)0xFF, 0, TestName = "mu-law: silence")]
    public async Task Telephone_codings_are_measured(int coding, int bits, byte sample, int peak)
    {
        var facts = await Facts(Wav.File(coding, 1, bits, [.. Enumerable.Repeat(sample, 8_000)]));

        Assert.That(facts!.DurationSeconds, Is.EqualTo(1));
        Assert.That(facts.Peaks.Single().Distinct(), Is.EqualTo(new[] { (byte)peak }));
    }

    [Test]
    public async Task A_coding_that_is_not_decoded_is_sound_all_the_same()
    {
        // 49 is GSM, which some PBXs write.
        var facts = await Facts(Wav.File(49, 1, 8, new byte[1_625]));

        Assert.That(facts!.IsEmpty, Is.False);
        Assert.That(facts.Peaks, Is.Empty);
    }

    [TestCase(0u)]
    [TestCase(uint.MaxValue)]
    public async Task A_file_whose_length_was_never_filled_in_is_read_to_its_end(uint told)
    {
        var facts = await Facts(Wav.File(1, 1, 16, new byte[16_000], told));

        Assert.That(facts!.DurationSeconds, Is.EqualTo(1));
    }

    [Test]
    public async Task A_header_alone_is_empty() => Assert.That((await Facts(Wav.Tone(0, 1)))!.IsEmpty, Is.True);

    [Test]
    public async Task An_hour_has_no_more_peaks_than_a_screen_has_points()
    {
        var hour = Wav.File(6, 1, 8, [.. Enumerable.Repeat((byte)0xD5, 3600 * 8_000 - 1), 0x2A]);

        var facts = await Facts(hour);

        Assert.That(facts!.Peaks[0], Has.Length.InRange(2_048, 4_096));
        Assert.That(facts.Peaks[0].Length * facts.StepSeconds, Is.EqualTo(3600).Within(2));
        Assert.That(facts.Peaks[0][^1], Is.EqualTo(251), "the one loud sample, at the very end");
    }

    [Test]
    public async Task Mp3_tells_channels_and_duration()
    {
        // MPEG 1 layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes and 1152 samples each; before them a tag of 20 bytes.
        byte[] frame = [0xFF, 0xFB, 0x90, 0xC0, .. new byte[413]];
        byte[] file = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[20], .. Enumerable.Repeat(frame, 100).SelectMany(bytes => bytes)];
        foreach (var facts in new[] { await Facts(file), await Facts(file[30..]), await Facts([.. file.Select(one => new[] { one })]) })
        {
            Assert.That(facts!.ContentType, Is.EqualTo("audio/mpeg"));
            Assert.That(facts.Channels, Is.EqualTo(1));
            Assert.That(facts.DurationSeconds, Is.EqualTo(100 * 1152 / 44_100.0).Within(0.001));
        }
    }

    [Test]
    public async Task Opus_tells_channels_and_duration()
    {
        byte[] head = [.. "OpusHead"u8, 1, 2, 56, 1, .. new byte[7]];
        byte[] file = [.. Page(0, head), .. Page(0, "OpusTags"u8.ToArray()), .. Page(96_312, new byte[600])];
        foreach (var facts in new[] { await Facts(file), await Facts([.. file.Select(one => new[] { one })]) })
        {
            Assert.That(facts!.ContentType, Is.EqualTo("audio/ogg"));
            Assert.That(facts.Channels, Is.EqualTo(2));
            // 312 samples are there only for the decoder to settle.
            Assert.That(facts.DurationSeconds, Is.EqualTo(2).Within(0.001));
        }
    }

    [TestCase("<html><body>Not found</body></html>")]
    [TestCase("RIFF....WAVEdata")]
    [TestCase("RIFF....AVI LIST....")]
    [TestCase("OggS but not at all what follows there in a page of it, is it now")]
    [TestCase("short")]
    [TestCase("")]
    public async Task What_is_no_sound_is_told_apart(string text) => Assert.That(await Facts(System.Text.Encoding.ASCII.GetBytes(text)), Is.Null);

    [Test]
    public async Task Rubbish_of_any_kind_is_read_without_an_error()
    {
        var random = new Random(7);
        foreach (var lead in new[] { "RIFFxxxxWAVEfmt ", "OggS\0", "ID3\u0004", "\u00ff\u00fb" })
        {
            for (var i = 0; i < 300; i++)
            {
                var rest = new byte[random.Next(2_000)];
                random.NextBytes(rest);
                Assert.That(async () => await Facts([.. System.Text.Encoding.Latin1.GetBytes(lead), .. rest]), Throws.Nothing);
            }
        }
    }

    [Test]
    public async Task What_passes_by_is_hashed_and_counted()
    {
        var bytes = Wav.Tone(1, 100);
        await using var sound = new ArrivingSound(new MemoryStream(bytes));
        await sound.CopyToAsync(Stream.Null);

        Assert.That(sound.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))));
        Assert.That(sound.Bytes, Is.EqualTo(bytes.Length));
    }

    static byte[] Page(long position, byte[] body)
    {
        var header = new byte[27];
        "OggS"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(6), position);
        byte[] table = [.. Enumerable.Repeat((byte)255, body.Length / 255), (byte)(body.Length % 255)];
        header[26] = (byte)table.Length;
        return [.. header, .. table, .. body];
    }

    static string Text(SoundFacts? facts) =>
        $"{facts!.Channels} {facts.DurationSeconds} {facts.StepSeconds} {string.Join('|', facts.Peaks.Select(Convert.ToHexString))}";

    static async Task<SoundFacts?> Facts(params byte[][] pieces)
    {
        await using var sound = new ArrivingSound(new Pieces(pieces));
        await sound.CopyToAsync(Stream.Null);
        return sound.Facts();
    }

    /// <summary>Gives one piece at each reading.</summary>
    sealed class Pieces(byte[][] pieces) : MemoryStream
    {
        int next;
        int at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (next < pieces.Length && at == pieces[next].Length)
                (next, at) = (next + 1, 0);
            if (next == pieces.Length)
                return new(0);
            var taken = Math.Min(buffer.Length, pieces[next].Length - at);
            pieces[next].AsSpan(at, taken).CopyTo(buffer.Span);
            at += taken;
            return new(taken);
        }
    }
}
