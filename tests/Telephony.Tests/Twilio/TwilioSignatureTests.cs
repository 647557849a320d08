using System.Text;
using System.Text.Json;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

public sealed class TwilioSignatureTests
{
    private static IEnumerable<TestCaseData> Vectors()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(TwilioFlow.Scenarios, "twilio-signatures.json")));
        foreach (var vector in document.RootElement.Clone().GetProperty("vectors").EnumerateArray())
            yield return new TestCaseData(vector).SetArgDisplayNames(vector.GetProperty("id").GetString()!);
    }

    [Test]
    public void All_vectors_are_there() => Assert.That(Vectors().Count(), Is.EqualTo(47));

    [TestCaseSource(nameof(Vectors))]
    public void A_request_is_genuine_exactly_when_the_vector_says_so(JsonElement vector) => Assert.That(IsValid(vector), Is.EqualTo(vector.GetProperty("valid").GetBoolean()));

    // Only the token differs: it is what makes a vector valid.
    [TestCaseSource(nameof(Vectors))]
    public void With_another_token_nothing_is_genuine(JsonElement vector) => Assert.That(IsValid(vector, "another"), Is.False);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not base64!")]
    [TestCase("QUJD")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_header_that_is_no_signature_is_refused(string? header) =>
        Assert.That(TwilioSignature.IsValid("12345", "https://crm.example.test/hooks", TwilioForm.Empty, header), Is.False);

    [Test]
    public void Without_a_token_nothing_is_genuine() =>
        Assert.That(TwilioSignature.IsValid("", "https://crm.example.test/", TwilioForm.Empty, TwilioSignature.Of("", "https://crm.example.test/", TwilioForm.Empty)), Is.False);

    [Test]
    public void A_form_is_read_as_it_was_written()
    {
        var form = TwilioForm.Parse("Body=+Call+me+%F0%9F%99%8F+%26+thanks+&From=%2B12025550190&body=other&Empty=&Odd=%zz%4&&Flag"u8);

        Assert.That(form.Pairs, Is.EqualTo(new KeyValuePair<string, string>[]
        {
            new("Body", " Call me 🙏 & thanks "), new("From", "+12025550190"), new("body", "other"), new("Empty", ""), new("Odd", "%zz%4"), new("Flag", ""),
        }));
        Assert.That(TwilioForm.Parse(form.ToString()).Pairs, Is.EqualTo(form.Pairs));
    }

    private static bool IsValid(JsonElement vector, string? token = null)
    {
        token ??= vector.GetProperty("authToken").GetString()!;
        var url = vector.GetProperty("requestUrl").GetString()!;
        var signature = vector.GetProperty("signature").GetString();
        if (vector.TryGetProperty("rawBody", out var body))
            return TwilioSignature.IsValid(token, url, Encoding.UTF8.GetBytes(body.GetString()!), signature);
        // The raw body is what the product reads: it is encoded and parsed on the way.
        var pairs = vector.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Array
            ? parameters.EnumerateArray().Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!)) : [];
        return TwilioSignature.IsValid(token, url, TwilioForm.Parse(new TwilioForm([.. pairs]).ToString()), signature);
    }
}
