using System.Xml.Linq;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

public sealed class TwimlTests
{
    private const string Url = "https://crm.example.test/webhooks/twilio/voice/legStatus?queue=a&caller=b#rc=3&rp=ct,rt,5xx";

    [Test]
    public void Whatever_stands_in_a_text_or_an_address_comes_out_as_it_went_in()
    {
        const string Nasty = "</Say><Hangup/> & \"quotes\" ]]> 🙏 ñ";
        var document = XDocument.Parse(new Twiml().Say(Nasty, "en-US").Enqueue("a&b", Url, Url).ToString());

        Assert.That(document.Root!.Elements().Select(step => step.Name.LocalName), Is.EqualTo(new[] { "Say", "Enqueue" }));
        Assert.That(document.Root.Element("Say")!.Value, Is.EqualTo(Nasty));
        Assert.That(document.Root.Element("Enqueue")!.Attribute("waitUrl")!.Value, Is.EqualTo(Url));
        Assert.That(document.Root.Element("Enqueue")!.Value, Is.EqualTo("a&b"));
    }

    [Test]
    public void Characters_that_XML_does_not_know_are_left_out() =>
        Assert.That(XDocument.Parse(new Twiml().Say("a\0b\u0001c\uFFFEd\uD800e", "en-US").ToString()).Root!.Value, Does.StartWith("abcd").And.EndsWith("e"));

    [Test]
    public void Each_endpoint_is_dialled_as_what_it_is()
    {
        var dial = XDocument.Parse(new Twiml().Dial(new()
        {
            Endpoints = ["client:alice", "sip:6001@pbx.example.test", "+12025550199"],
            Seconds = 20,
            Action = "https://a",
            LegStatus = Url,
            Whisper = "https://w",
            RecordingStatus = "https://r",
        }).ToString()).Root!.Element("Dial")!;

        Assert.That(dial.Elements().Select(noun => (noun.Name.LocalName, noun.Value)), Is.EqualTo(new[]
        {
            ("Client", "alice"), ("Sip", "sip:6001@pbx.example.test"), ("Number", "+12025550199"),
        }));
        Assert.That(dial.Elements().Select(noun => noun.Attribute("statusCallback")!.Value), Is.All.EqualTo(Url));
        Assert.That(dial.Elements().Select(noun => noun.Attribute("url")?.Value), Is.EqualTo(new[] { null, null, "https://w" }));
        Assert.That(dial.Attribute("record")!.Value, Is.EqualTo("record-from-answer-dual"));
    }

    [Test]
    public void A_document_that_tells_nothing_is_one() => Assert.That(Twiml.Nothing.ToString(), Is.EqualTo("<Response />"));
}
