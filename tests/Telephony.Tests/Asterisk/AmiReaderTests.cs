using System.Buffers;
using System.Text;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

public sealed class AmiReaderTests
{
    private const string Banner = "Asterisk Call Manager/11.0.0\r\n";

    private const string Stream = Banner +
        "Response: Success\r\nActionID: login-1\r\nMessage: Authentication accepted\r\n\r\n" +
        "Event: VarSet\r\nTimestamp: 1795427441.464582\r\nVariable: CDR(x)\r\nValue: a: b: c\r\nExten: \r\nUniqueid: none\r\n\r\n" +
        "Event: Status\r\nVariable: DID=1\r\nVariable: REC=2\r\nCallerIDName: Иван ☎\r\n\r\n";

    [Test]
    public void Banner_response_and_events_are_told_apart()
    {
        var messages = Read(Stream);

        Assert.That(messages.Select(message => message.Kind), Is.EqualTo(new[]
        {
            AmiMessageKind.Banner, AmiMessageKind.Response, AmiMessageKind.Event, AmiMessageKind.Event,
        }));
        Assert.That(messages[0].Name, Is.EqualTo("Asterisk Call Manager/11.0.0"));
        Assert.That(messages[1].IsSuccess, Is.True);
        Assert.That(messages[1].ActionId, Is.EqualTo("login-1"));
        Assert.That(messages[2].Event, Is.EqualTo(AmiEvent.VarSet));
        Assert.That(messages[3].Event, Is.EqualTo(AmiEvent.Status));
    }

    [Test]
    public void Only_the_first_colon_divides_and_an_empty_value_is_empty()
    {
        var varSet = Read(Stream)[2];

        Assert.That(varSet[AmiKey.Value], Is.EqualTo("a: b: c"));
        Assert.That(varSet.Has(AmiKey.Exten), Is.True);
        Assert.That(varSet[AmiKey.Exten], Is.Empty);
        Assert.That(varSet.Has(AmiKey.Channel), Is.False);
        Assert.That(varSet[AmiKey.Channel], Is.Empty);
    }

    [Test]
    public void Repeated_keys_keep_all_their_values_in_order() =>
        Assert.That(Read(Stream)[3].All(AmiKey.Variable), Is.EqualTo(new[] { "DID=1", "REC=2" }));

    [Test]
    public void Key_case_does_not_matter()
    {
        var message = Read(Banner + "event: hangup\r\nUNIQUEID: 1.2\r\nlinkedID: 1.1\r\n\r\n")[1];

        Assert.That(message.Event, Is.EqualTo(AmiEvent.Hangup));
        Assert.That(message[AmiKey.Uniqueid], Is.EqualTo("1.2"));
        Assert.That(message[AmiKey.Linkedid], Is.EqualTo("1.1"));
    }

    [Test]
    public void Timestamp_is_read_to_the_microsecond() =>
        Assert.That(Read(Stream)[2].Timestamp, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1795427441464).AddMicroseconds(582)));

    [TestCase("")]
    [TestCase("yesterday")]
    [TestCase("-5.1")]
    [TestCase("99999999999999999999.1")]
    [TestCase("999999999999999.1")]
    [TestCase("5.x")]
    [TestCase("5.1234567890")]
    public void A_time_that_is_none_is_no_time(string text) =>
        Assert.That(Read(Banner + $"Event: Hangup\r\nTimestamp: {text}\r\n\r\n")[1].Timestamp, Is.Null);

    [Test]
    public void An_event_with_a_Response_field_is_an_event() =>
        Assert.That(Read(Banner + "Event: OriginateResponse\r\nResponse: Failure\r\n\r\n")[1].Kind, Is.EqualTo(AmiMessageKind.Event));

    [Test]
    public void A_packet_cut_at_any_byte_reads_the_same()
    {
        var expected = Read(Stream).Select(Text).ToArray();
        var bytes = Encoding.UTF8.GetBytes(Stream);

        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.That(ByteFeed.Read(bytes, [cut]).Select(Text), Is.EqualTo(expected), $"cut at {cut}");
    }

    [Test]
    public void A_packet_fed_byte_by_byte_reads_the_same() =>
        Assert.That(ByteFeed.Read(Encoding.UTF8.GetBytes(Stream), Enumerable.Range(0, Encoding.UTF8.GetByteCount(Stream))).Select(Text),
            Is.EqualTo(Read(Stream).Select(Text)));

    [Test]
    public void A_packet_spread_over_many_segments_reads_the_same()
    {
        var bytes = ByteFeed.Segmented(Encoding.UTF8.GetBytes(Stream), segmentLength: 1);
        var reader = new AmiReader();
        var messages = new List<string>();
        while (reader.TryRead(ref bytes, out var message))
            messages.Add(Text(message));

        Assert.That(messages, Is.EqualTo(Read(Stream).Select(Text)));
    }

    [Test]
    public void A_line_of_a_megabyte_is_one_malformed_message_and_the_next_packet_is_read()
    {
        var messages = Read(Banner + "Event: VarSet\r\nValue: " + new string('x', 1 << 20) + "\r\n\r\nEvent: Hangup\r\nUniqueid: 7.1\r\n\r\n");

        Assert.That(messages.Select(message => message.Kind), Is.EqualTo(new[] { AmiMessageKind.Banner, AmiMessageKind.Malformed, AmiMessageKind.Event }));
        Assert.That(messages[1].Fault, Is.EqualTo(AmiFault.TooLong));
        Assert.That(messages[1].Excerpt, Does.StartWith("Event: VarSet").And.Length.LessThanOrEqualTo(512));
        Assert.That(messages[2][AmiKey.Uniqueid], Is.EqualTo("7.1"));
    }

    [Test]
    public void An_endless_line_holds_no_memory()
    {
        var reader = new AmiReader(maxMessageBytes: 1000);
        var bytes = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Banner + new string('x', 2000)));
        Assert.That(reader.TryRead(ref bytes, out _), Is.True);
        Assert.That(reader.TryRead(ref bytes, out var oversize), Is.True);
        Assert.That(oversize.Fault, Is.EqualTo(AmiFault.TooLong));

        Assert.That(reader.TryRead(ref bytes, out _), Is.False);
        Assert.That(bytes.Length, Is.LessThan(4), "only what may be the beginning of an empty line is kept");
    }

    [Test]
    public void Garbage_is_malformed_and_the_reader_goes_on()
    {
        byte[] garbage = [.. Enumerable.Range(0, 256).Select(value => (byte)value), .. "\r\n\r\n"u8];
        var messages = ByteFeed.Read([.. Encoding.ASCII.GetBytes(Banner), .. garbage, .. "Event: Hangup\r\nCallerIDName: \xCF\xE5\r\n\r\n"u8], []);

        Assert.That(messages[1].Fault, Is.EqualTo(AmiFault.NeitherEventNorResponse));
        Assert.That(messages[^1].Event, Is.EqualTo(AmiEvent.Hangup));
    }

    [Test]
    public void Bytes_that_are_no_UTF8_become_replacement_characters()
    {
        byte[] cp1251 = [0xCF, 0xE5, 0xF2, 0xF0];
        var messages = ByteFeed.Read([.. Encoding.ASCII.GetBytes(Banner + "Event: Hangup\r\nCallerIDName: "), .. cp1251, .. "\r\n\r\n"u8], []);

        Assert.That(messages[1][AmiKey.CallerIDName], Does.StartWith("\uFFFD"));
    }

    [Test]
    public void A_line_without_a_colon_does_not_cost_the_packet() =>
        Assert.That(Read(Banner + "Event: Hangup\r\nAppData: a\r\nsecond line of it\r\nUniqueid: 7.1\r\n\r\n")[1][AmiKey.Uniqueid], Is.EqualTo("7.1"));

    [Test]
    public void Whoever_greets_otherwise_is_no_Asterisk() =>
        Assert.That(Read("SSH-2.0-OpenSSH_9.2\r\n")[0].Fault, Is.EqualTo(AmiFault.NotAsterisk));

    [Test]
    public void A_recording_that_begins_without_the_greeting_loses_nothing() =>
        Assert.That(Read("Event: Hangup\r\nUniqueid: 7.1\r\n\r\n")[0][AmiKey.Uniqueid], Is.EqualTo("7.1"));

    [Test]
    public void A_copy_stays_when_the_reader_goes_on()
    {
        var reader = new AmiReader();
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Stream));
        reader.TryRead(ref bytes, out _);
        reader.TryRead(ref bytes, out var response);
        var copy = response.Copy();
        reader.TryRead(ref bytes, out _);

        Assert.That(copy.ActionId, Is.EqualTo("login-1"));
        Assert.That(copy.Fields().Select(field => field.Key), Is.EqualTo(new[] { "Response", "ActionID", "Message" }));
    }

    private static List<AmiMessage> Read(string text) => ByteFeed.Read(Encoding.UTF8.GetBytes(text), []);

    private static string Text(AmiMessage message) =>
        $"{message.Kind} {message.Name} | {string.Join(" | ", message.Fields().Select(field => $"{field.Key}={field.Value}"))}";
}
