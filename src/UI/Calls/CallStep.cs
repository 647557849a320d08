using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using MudBlazor;

namespace ContactCenterCrm.UI.Calls;

/// <summary>One thing that happened in a call, in words.</summary>
internal sealed record CallStep(DateTimeOffset At, string Icon, string Words, string? Detail, Tone Tone)
{
    /// <summary>The whole story in the order of time.</summary>
    public static IReadOnlyList<CallStep> Of(CallStory story, Texts texts)
    {
        var steps = new List<CallStep> { new(story.Call.StartedAt, CallIcons.Of(story.Call.Direction), texts.Calls.StepStart(story.Call), null, Tone.Neutral) };
        steps.AddRange(story.QueueVisits.Select(visit => OfQueue(visit, texts)));
        steps.AddRange(story.Offers.Select(offer => OfOffer(offer, texts)));
        steps.AddRange(story.Talks.Select(talk => OfTalk(talk, texts)));
        steps.Sort((one, other) => one.At.CompareTo(other.At));
        if (story.Call.EndedAt is { } end)
            steps.Add(OfEnd(story.Call, end, texts));
        return steps;
    }

    static CallStep OfQueue(QueueVisitItem visit, Texts texts) => new(
        visit.EnteredAt,
        Icons.Material.Rounded.Groups,
        texts.Calls.StepQueue(visit.Queue),
        texts.Calls.QueueExit(visit.Exit) + (visit.LeftAt is { } left ? " · " + texts.Time.Length((left - visit.EnteredAt).TotalSeconds) : ""),
        Tone.Neutral);

    static CallStep OfOffer(OfferItem offer, Texts texts) => new(
        offer.OfferedAt,
        Icons.Material.Rounded.RingVolume,
        texts.Calls.StepRang(texts.Calls.Person(offer.AgentName, offer.Extension)),
        texts.Calls.Offer(offer.Result) + (offer.RingSeconds is { } seconds ? " · " + texts.Time.Length(seconds) : ""),
        CallIcons.OfOffer(offer.Result));

    static CallStep OfTalk(TalkItem talk, Texts texts) => new(
        talk.StartedAt,
        Icons.Material.Rounded.Phone,
        texts.Calls.StepTalk(texts.Calls.Person(talk.AgentName, talk.Extension ?? talk.ExternalNumber)),
        texts.Calls.TalkKind(talk.Kind) + (talk.EndedAt is { } ended ? " · " + texts.Time.Length((ended - talk.StartedAt).TotalSeconds) : ""),
        Tone.Good);

    static CallStep OfEnd(CallItem call, DateTimeOffset end, Texts texts) => new(
        end,
        Icons.Material.Rounded.CallEnd,
        texts.Calls.StepEnd,
        string.Join(" ", new[] { call.HangupBy is { } by ? texts.Calls.HungUpBy(by) : null, call.Uncertain is { } why ? texts.Calls.Uncertain(why) : null }.OfType<string>()),
        Tone.Neutral);
}
