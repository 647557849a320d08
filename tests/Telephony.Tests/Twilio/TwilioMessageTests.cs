using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

public sealed class TwilioMessageTests
{
    private static IEnumerable<TwilioFlow> Flows => TwilioFlow.All.Where(flow => flow.Messages.Any());

    [TestCaseSource(nameof(Flows))]
    public void Messages_are_as_they_were_whatever_order_their_news_come_in(object flow)
    {
        var requests = ((TwilioFlow)flow).Requests;
        IEnumerable<TwilioRequest>[] orders = [requests, requests.Reverse(), requests.SelectMany(request => new[] { request, request }), requests.Skip(1).Append(requests[0])];
        foreach (var order in orders)
        {
            var messages = TwilioMessage.Tell(order).ToDictionary(message => message.Sid);
            Assert.That(messages, Has.Count.EqualTo(((TwilioFlow)flow).Messages.Count()));
            foreach (var truth in ((TwilioFlow)flow).Messages)
            {
                var message = messages[truth.GetProperty("sid").GetString()!];
                Assert.That(message.IsInbound, Is.EqualTo(truth.GetProperty("direction").GetString() == "inbound"));
                Assert.That(message.From, Is.EqualTo(truth.GetProperty("from").GetString()));
                Assert.That(message.To, Is.EqualTo(truth.GetProperty("to").GetString()));
                Assert.That(message.Status, Is.EqualTo(truth.GetProperty("status").GetString()));
                Assert.That(message.IsWhatsApp, Is.EqualTo(truth.TryGetProperty("channel", out _)));
                if (truth.TryGetProperty("body", out var body))
                    Assert.That(message.Body, Is.EqualTo(body.GetString()));
                if (truth.TryGetProperty("errorCode", out var error))
                    Assert.That(message.ErrorCode, Is.EqualTo(error.GetInt32()));
                if (truth.TryGetProperty("profileName", out var name))
                    Assert.That(message.SenderName, Is.EqualTo(name.GetString()));
                if (truth.TryGetProperty("media", out var media))
                    Assert.That(message.Media.Select(one => one.Sid), Is.EqualTo(media.EnumerateArray().Select(one => one.GetProperty("sid").GetString())));
            }
        }
    }
}
