using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Tests.Asterisk;

namespace ContactCenterCrm.Telephony.Tests.Traces;

/// <summary>The network cuts where it likes: real recordings must read the same however their bytes arrive.</summary>
public sealed class WireTests
{
    private const int EverywhereBytesMax = 5_000;
    private const int RandomCuts = 20;
    private const int ByteByByteBytesMax = 60_000;

    private static IEnumerable<string> Files => Scenario.All.SelectMany(scenario => scenario.Accounts.SelectMany(files => files));

    private static IEnumerable<TestCaseData> Recordings => Files.Select(file =>
        new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file)));

    [TestCaseSource(nameof(Recordings))]
    public void A_recording_cut_anywhere_reads_the_same(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var whole = Texts(ByteFeed.Read(bytes, []));

        // Small ones at every byte; large ones at seeded places, several at once.
        var random = new Random(bytes.Length);
        var cuts = bytes.Length <= EverywhereBytesMax
            ? Enumerable.Range(1, bytes.Length - 1).Select(cut => new[] { cut })
            : Enumerable.Range(0, RandomCuts).Select(_ => Enumerable.Range(0, 50).Select(_ => random.Next(bytes.Length)).Order().ToArray());
        foreach (var cut in cuts)
            Assert.That(Texts(ByteFeed.Read(bytes, cut)).SequenceEqual(whole), Is.True, $"cut at {string.Join(", ", cut)}");
    }

    [TestCaseSource(nameof(Recordings))]
    public void A_recording_fed_byte_by_byte_reads_the_same(string file)
    {
        var bytes = File.ReadAllBytes(file).Take(ByteByByteBytesMax).ToArray();

        Assert.That(Texts(ByteFeed.Read(bytes, Enumerable.Range(1, bytes.Length - 1))).SequenceEqual(Texts(ByteFeed.Read(bytes, []))), Is.True);
    }

    [TestCaseSource(nameof(Recordings))]
    public void Every_message_of_a_recording_is_understood(string file)
    {
        var malformed = ByteFeed.Read(File.ReadAllBytes(file), []).Where(message => message.Kind == AmiMessageKind.Malformed).Select(message => message.Excerpt);

        Assert.That(malformed, Is.Empty);
    }

    private static List<string> Texts(List<AmiMessage> messages) =>
        [.. messages.Select(message => $"{message.Kind} {message.Event} {message.Name} {string.Join('|', message.Fields().Select(field => field.Key + "=" + field.Value))}")];
}
