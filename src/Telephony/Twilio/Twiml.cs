using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>Whom a Dial calls, all at once, and how.</summary>
public sealed record TwimlDial
{
    /// <summary>Twilio rings no more together.</summary>
    public const int EndpointsMax = 10;

    /// <summary>client:alice, sip:6001@pbx.example.com or a number in E.164.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>How long they ring, in seconds, 5 to 600. Twilio adds up to five.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>The number that the called party sees; null leaves the caller's own.</summary>
    public string? CallerId { get; init; }

    /// <summary>Asked when the Dial is over.</summary>
    public required string Action { get; init; }

    /// <summary>Told of each step of each leg.</summary>
    public required string LegStatus { get; init; }

    /// <summary>Asked when a plain number picks up: what it hears before it is connected. Null connects at once.</summary>
    public string? Whisper { get; init; }

    /// <summary>Told of the recording; null does not record.</summary>
    public string? RecordingStatus { get; init; }

    /// <summary>The caller goes on hearing the ringing tone, and pays nothing, until somebody answers.</summary>
    public bool AnswersOnBridge { get; init; }
}

/// <summary>
/// What Twilio is to do with a call, as a document (https://www.twilio.com/docs/voice/twiml): each method adds one step. Whatever is put
/// into it is escaped, and characters that XML does not know are left out.
/// </summary>
public sealed class Twiml
{
    public const string ContentType = "text/xml";

    private readonly XElement _response = new("Response");

    /// <summary>Nothing (more): a call that is told nothing ends.</summary>
    public static Twiml Nothing => new();

    /// <summary>Speaks a text; an empty one adds no step.</summary>
    /// <param name="language">en-US, ru-RU, …</param>
    public Twiml Say(string text, string language) => text.Length == 0 ? this : Add(new XElement("Say", new XAttribute("language", language), Clean(text)));

    public Twiml Pause(int seconds) => Add(new XElement("Pause", new XAttribute("length", seconds)));

    public Twiml Hangup() => Add(new XElement("Hangup"));

    /// <summary>Does not take the call at all.</summary>
    public Twiml Reject() => Add(new XElement("Reject"));

    /// <summary>Lets the caller speak after a beep.</summary>
    public Twiml Record(int secondsMax, string action, string recordingStatus) => Add(new XElement(
        "Record",
        new XAttribute("maxLength", secondsMax), new XAttribute("timeout", 5), new XAttribute("playBeep", "true"),
        Address("action", action),
        RecordingCallbacks(recordingStatus)));

    public Twiml Dial(TwimlDial dial) => Add(new XElement(
        "Dial",
        new XAttribute("timeout", dial.Seconds),
        dial.AnswersOnBridge ? new XAttribute("answerOnBridge", "true") : null,
        dial.CallerId is null ? null : new XAttribute("callerId", Clean(dial.CallerId)),
        Address("action", dial.Action),
        dial.RecordingStatus is null ? null : new XAttribute("record", "record-from-answer-dual"),
        dial.RecordingStatus is null ? null : RecordingCallbacks(dial.RecordingStatus),
        dial.Endpoints.Take(TwimlDial.EndpointsMax).Select(endpoint => Noun(endpoint, dial))));

    /// <summary>Takes the caller at the head of a queue.</summary>
    /// <param name="connect">Asked what the caller hears before.</param>
    /// <param name="recordingStatus">Null does not record.</param>
    public Twiml DialQueue(string queue, string connect, string action, string? recordingStatus) => Add(new XElement(
        "Dial",
        Address("action", action),
        recordingStatus is null ? null : new XAttribute("record", "record-from-answer-dual"),
        recordingStatus is null ? null : RecordingCallbacks(recordingStatus),
        new XElement("Queue", Address("url", connect), Clean(queue))));

    public Twiml Enqueue(string queue, string wait, string action) => Add(new XElement(
        "Enqueue",
        new XAttribute("waitUrl", Clean(wait)), new XAttribute("waitUrlMethod", "POST"),
        Address("action", action),
        Clean(queue)));

    public override string ToString()
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
            _response.WriteTo(writer);
        return text.ToString();
    }

    private static XElement Noun(string endpoint, TwimlDial dial)
    {
        object[] callbacks =
        [
            new XAttribute("statusCallback", Clean(dial.LegStatus)),
            new XAttribute("statusCallbackEvent", "initiated ringing answered completed"),
        ];
        if (TwilioAddress.IsSoftphone(endpoint))
            return new XElement("Client", callbacks, new XElement("Identity", Clean(endpoint[(endpoint.IndexOf(':', StringComparison.Ordinal) + 1)..])));
        if (TwilioAddress.IsEndpoint(endpoint))
            return new XElement("Sip", callbacks, Clean(endpoint));
        return new XElement("Number", callbacks, dial.Whisper is null ? null : Address("url", dial.Whisper), Clean(endpoint));
    }

    private static object[] Address(string name, string url) => [new XAttribute(name, Clean(url)), new XAttribute("method", "POST")];

    // "absent": too short or silent, so that nobody waits for it.
    private static object[] RecordingCallbacks(string url) =>
        [new XAttribute("recordingStatusCallback", Clean(url)), new XAttribute("recordingStatusCallbackEvent", "completed absent")];

    private Twiml Add(XElement step)
    {
        _response.Add(step);
        return this;
    }

    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar)
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)));
}
