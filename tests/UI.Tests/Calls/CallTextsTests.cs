using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Calls;
using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Calls;

public sealed class CallTextsTests
{
    static readonly CallItem inbound = new()
    {
        Id = 1,
        Source = "pbx",
        ExternalId = "1.1",
        Direction = "inbound",
        Client = "+79161234567",
        StartedAt = DateTimeOffset.UnixEpoch,
        WaitSeconds = 14,
    };

    readonly CallTexts english = Texts.In(Language.English).Calls;
    readonly CallTexts russian = Texts.In(Language.Russian).Calls;

    [Test]
    public void A_missed_call_tells_why_and_who_was_rung()
    {
        var call = inbound with { Result = "missed", Reason = "queue_abandoned", Rang = ["101", "102"], EndedAt = DateTimeOffset.UnixEpoch };

        Assert.That(english.Story(call), Is.EqualTo("The caller gave up waiting in the queue after 14 s; rang 101, 102"));
        Assert.That(russian.Story(call), Is.EqualTo("Клиент не дождался ответа в очереди, ждал 14 с; звонил 101, 102"));
    }

    [Test]
    public void An_answered_call_tells_wait_talk_and_the_last_transfer()
    {
        var call = inbound with
        {
            Result = "answered",
            TalkSeconds = 192,
            Transfers = [new TransferItem { Type = "attended", By = "101", To = "102", Answered = true }],
        };

        Assert.That(english.Story(call), Is.EqualTo("Waited 14 s, talked 3 min 12 s, transferred to 102"));
    }

    [Test]
    public void Every_word_of_the_api_has_words_in_both_languages()
    {
        string[] results = ["answered", "voicemail", "missed", "no_answer", "busy", "declined", "cancelled", "failed"];
        string[] reasons =
        [
            "no_answer", "caller_abandoned", "agent_busy", "declined", "unreachable", "queue_abandoned", "queue_timeout", "ivr_abandoned", "ivr_timeout",
            "agent_no_answer",
        ];
        string[] exits = ["answered", "abandoned", "callback_requested", "timeout", "overflow", "join_empty", "closed"];

        Assert.Multiple(() =>
        {
            foreach (var texts in new[] { english, russian })
            {
                Assert.That(results.Where(word => texts.Result(word) == word), Is.Empty);
                Assert.That(reasons.Where(word => texts.Reason(word) == word), Is.Empty);
                Assert.That(exits.Where(word => texts.QueueExit(word) == word && word != "answered"), Is.Empty);
            }
        });
    }
}
