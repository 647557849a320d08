using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.DataProtection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Platform;

/// <summary>What every blob storage must do: a folder, and Azure Storage by Microsoft's own emulator.</summary>
[TestFixture("folder"), TestFixture("azure")]
sealed class BlobTests(string kind)
{
    const string Key = "recordings/2026/03/14/a";

    string folder = "";
    IBlobs blobs = null!;

    [SetUp]
    public async Task Open()
    {
        folder = Directory.CreateTempSubdirectory("crm-blobs-").FullName;
        if (kind == "folder")
            blobs = new FolderBlobs(folder, new EphemeralDataProtectionProvider(), TimeProvider.System);
        else if (AzuriteHost.Missing is { } reason)
            Assert.Ignore(reason);
        else
            blobs = new AzureBlobs(new((await AzuriteHost.Shared).ConnectionString, AzuriteHost.NewContainer()));
    }

    [TearDown]
    public void Close() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task What_was_written_is_read_whole([Values(0, 1, 65_535, 65_536, 65_537, 262_144, 1_000_003)] int length)
    {
        var bytes = Bytes(length);
        await blobs.Write(Key, new Trickle(bytes), default);

        await using var stream = await blobs.Open(Key, default);

        Assert.That(stream!.Length, Is.EqualTo(length));
        Assert.That(await ReadToEnd(stream), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Any_part_of_it_can_be_read()
    {
        var bytes = Bytes(700_001);
        await blobs.Write(Key, new MemoryStream(bytes), default);
        await using var stream = await blobs.Open(Key, default);
        var random = new Random(1);
        foreach (var from in Enumerable.Range(0, 40).Select(_ => random.Next(bytes.Length)).Concat([0, 65_535, 65_536, 131_072, 700_000]))
        {
            var part = new byte[Math.Min(random.Next(1, 100_000), bytes.Length - from)];
            stream!.Seek(from, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(part);
            Assert.That(part.AsSpan().SequenceEqual(bytes.AsSpan(from, part.Length)), $"{part.Length} bytes from {from}");
        }
    }

    [Test]
    public async Task A_key_is_written_once()
    {
        await blobs.Write(Key, new MemoryStream(Bytes(100)), default);

        Assert.That(async () => await blobs.Write(Key, new MemoryStream(Bytes(200)), default), Throws.InstanceOf<IOException>());

        await using var stream = await blobs.Open(Key, default);
        Assert.That(await ReadToEnd(stream!), Is.EqualTo(Bytes(100)));
    }

    [Test]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        Assert.That(async () => await blobs.Write(Key, new Trickle(Bytes(300_000), breaksAt: 200_000), default), Throws.InstanceOf<IOException>());

        Assert.That(await blobs.Open(Key, default), Is.Null);
        Assert.That(await Keys("recordings/"), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_found_under_a_key_that_nobody_wrote()
    {
        Assert.That(await blobs.Open(Key, default), Is.Null);
        Assert.That(await blobs.Delete(Key, default), Is.False);
        Assert.That(await Keys(""), Is.Empty);
    }

    [Test]
    public async Task What_is_deleted_is_gone()
    {
        await blobs.Write(Key, new MemoryStream(Bytes(10)), default);

        Assert.That(await blobs.Delete(Key, default), Is.True);

        Assert.That(await blobs.Open(Key, default), Is.Null);
        Assert.That(await blobs.Delete(Key, default), Is.False);
    }

    [Test]
    public async Task Keys_are_listed_by_how_they_begin()
    {
        foreach (var key in new[] { "recordings/2026/03/13/x", "recordings/2026/03/14/x", "recordings/2026/03/14/y", "other/z" })
            await blobs.Write(key, new MemoryStream(Bytes(1)), default);

        Assert.That(await Keys("recordings/2026/03/14"), Is.EquivalentTo(new[] { "recordings/2026/03/14/x", "recordings/2026/03/14/y" }));
        Assert.That(await Keys(""), Has.Count.EqualTo(4));
    }

    [TestCase("../outside")]
    [TestCase("/etc/passwd")]
    [TestCase("a//b")]
    [TestCase("A")]
    [TestCase("a/..")]
    [TestCase("")]
    public void A_key_that_could_be_a_way_out_is_refused(string key)
    {
        Assert.That(async () => await blobs.Write(key, Stream.Null, default), Throws.ArgumentException);
        Assert.That(async () => await blobs.Open(key, default), Throws.ArgumentException);
        Assert.That(async () => await blobs.Delete(key, default), Throws.ArgumentException);
    }

    async Task<IReadOnlyList<string>> Keys(string prefix)
    {
        List<string> keys = [];
        await foreach (var key in blobs.List(prefix, default))
            keys.Add(key);
        return keys;
    }

    static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    internal static async Task<byte[]> ReadToEnd(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    /// <summary>Comes in pieces of odd sizes, as from a network, and perhaps breaks off.</summary>
    sealed class Trickle(byte[] bytes, int? breaksAt = null) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= breaksAt
                ? throw new IOException("The sender is gone.")
                : base.ReadAsync(buffer[..Math.Min(buffer.Length, 7_001)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}

/// <summary>Blobs in a folder are of no use to a thief of the disk, and no change of them goes unnoticed.</summary>
sealed class SealedBlobTests
{
    const int Length = 150_000;

    string folder = "";
    readonly EphemeralDataProtectionProvider keys = new();

    FolderBlobs Blobs => new(folder, keys, TimeProvider.System);
    string File(string key) => Path.Combine(folder, key);

    [SetUp]
    public async Task Write()
    {
        folder = Directory.CreateTempSubdirectory("crm-sealed-").FullName;
        // Sound that a thief would know again: the same bytes over and over.
        await Blobs.Write("a", new MemoryStream([.. Enumerable.Repeat((byte)'x', Length)]), default);
        await Blobs.Write("b", new MemoryStream([.. Enumerable.Repeat((byte)'x', Length)]), default);
    }

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void The_disk_tells_neither_the_sound_nor_that_two_are_the_same()
    {
        var (one, other) = (System.IO.File.ReadAllBytes(File("a")), System.IO.File.ReadAllBytes(File("b")));

        Assert.That(one.AsSpan().IndexOf("xxxx"u8), Is.LessThan(0));
        Assert.That(other.AsSpan(1_000).IndexOf(one.AsSpan(1_000, 16)), Is.LessThan(0));
    }

    [Test]
    public async Task A_changed_byte_is_noticed_wherever_it_is()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File("a"));
        for (var at = 0; at < whole.Length; at += at < 400 ? 1 : 4_999)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            Assert.That(async () => await Read(changed), Throws.InstanceOf<InvalidDataException>(), $"byte {at}");
        }
    }

    [Test]
    public async Task A_shortened_file_is_noticed()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File("a"));
        // Also exactly between two pieces, where each of those that are left is whole.
        var header = whole.Length - Length - 3 * 16;
        foreach (var length in new[] { 0, 5, 10, header, header + 65_552, header + 2 * 65_552, whole.Length - 1 })
            Assert.That(async () => await Read(whole[..length]), Throws.InstanceOf<InvalidDataException>(), $"{length} bytes");
    }

    [Test]
    public async Task Two_pieces_that_changed_places_are_noticed()
    {
        var whole = await System.IO.File.ReadAllBytesAsync(File("a"));
        var header = whole.Length - Length - 3 * 16;
        byte[] swapped = [.. whole[..header], .. whole[(header + 65_552)..(header + 2 * 65_552)], .. whole[header..(header + 65_552)], .. whole[(header + 2 * 65_552)..]];

        Assert.That(async () => await Read(swapped), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void A_file_under_the_name_of_another_does_not_open()
    {
        System.IO.File.Copy(File("b"), File("a"), overwrite: true);

        Assert.That(async () => await Blobs.Open("a", default), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Another_installation_cannot_open_it() =>
        Assert.That(async () => await new FolderBlobs(folder, new EphemeralDataProtectionProvider(), TimeProvider.System).Open("a", default), Throws.InstanceOf<InvalidDataException>());

    async Task<byte[]> Read(byte[] file)
    {
        await System.IO.File.WriteAllBytesAsync(File("a"), file);
        await using var stream = await Blobs.Open("a", default);
        return await BlobTests.ReadToEnd(stream!);
    }
}
