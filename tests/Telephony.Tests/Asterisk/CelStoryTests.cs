using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Tests.Traces;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

/// <summary>The PBX's diary alone, without a word of what was said live, tells the calls of the golden scenarios.</summary>
public sealed class CelStoryTests
{
    private static readonly HashSet<string> Trunks = new(StringComparer.Ordinal) { "trunk" };

    /// <summary>What the diary of these recordings does not hold.</summary>
    private static readonly Dictionary<string, (string[] Fields, string Why)> Unknown = new(StringComparer.Ordinal)
    {
        ["102-ringgroup-abandoned"] = (["rang"], "that a phone gave no sign of life"),
        ["103-switched-off-phone"] = (["rang", "reason", "ringSeconds"], "that a phone gave no sign of life"),
        ["104-switched-off-phone-abandoned"] = (["rang", "ringSeconds"], "that a phone gave no sign of life"),
        ["107-queue-empty"] = (["reason"], "the queue: this PBX did not write APP_START"),
        ["120-originate-agent-declines"] = (["direction", "client", "result"], "whom the order to call was for"),
        ["14-queue-timeout-voicemail"] = (["result"], "the message: this dialplan did not write VOICEMAIL"),
        ["24-noanswer-voicemail"] = (["result"], "the message: this dialplan did not write VOICEMAIL"),
        ["36-forward-302"] = (["rang"], "that a phone sent the call on at once"),
        ["46-originate-agent-no-answer"] = (["direction", "client", "result"], "whom the order to call was for"),
        ["59-kill-9"] = (["talkSeconds"], "when the PBX died"),
        ["70-ami-redirect-hangup"] = (["hangupBy"], "that a command hung up"),
    };

    // The diary came over the line that was cut in the middle: half of it.
    private static IEnumerable<Scenario> Written =>
        Scenario.WithExpectation.Where(scenario => scenario.Name != "57-ami-disconnect" && LinesOf(scenario).Length > 0);

    [TestCaseSource(nameof(Written))]
    public void The_diary_alone_gives_what_an_observer_saw(object scenario)
    {
        var lines = LinesOf((Scenario)scenario);
        var calls = CelStory.Groups(lines).SelectMany(Tell).Where(call => call.MergedInto is null).ToList();

        var unknown = Unknown.GetValueOrDefault(((Scenario)scenario).Name).Fields ?? [];
        var expected = ((Scenario)scenario).Expected.Select(call => call with { Fields = [.. call.Fields.Where(field => !unknown.Contains(field.Field))] }).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(calls.Select(call => call.Key.ExternalId), Is.EquivalentTo(expected.Select(call => call.ExternalId)));
            Assert.That(expected.SelectMany(call => calls.Where(told => told.Key.ExternalId == call.ExternalId).SelectMany(call.Differences)), Is.Empty);
        });
    }

    [Test]
    public void Calls_that_are_written_through_each_other_are_told_apart()
    {
        var apart = Written.Where(scenario => !Unknown.ContainsKey(scenario.Name)).Take(20).Select(LinesOf).ToList();
        var mixed = Enumerable.Range(0, apart.Max(lines => lines.Length)).SelectMany(i => apart.Where(lines => i < lines.Length).Select(lines => lines[i])).ToList();

        Assert.That(Told(CelStory.Groups(mixed)), Is.EquivalentTo(Told(apart.SelectMany(lines => CelStory.Groups(lines)))));
    }

    [Test]
    public void A_call_is_whole_when_every_channel_has_begun_and_ended()
    {
        var lines = LinesOf(Scenario.Named("30-"));

        Assert.That(CelStory.Groups(lines).Select(CelStory.IsWhole), Is.EqualTo(new[] { true }));
        Assert.That(CelStory.IsWhole(lines[1..]), Is.False);
        Assert.That(Enumerable.Range(1, lines.Length - 3).Where(length => CelStory.Groups(lines[..length]).All(CelStory.IsWhole)), Is.Empty);
    }

    [Test]
    public void A_call_of_which_the_end_is_missing_ends_with_its_last_line_and_is_uncertain()
    {
        var lines = LinesOf(Scenario.Named("01-"));
        var answered = lines.TakeWhile(line => line.Event != "BRIDGE_EXIT").ToImmutableArray();

        var call = Tell(answered).Single();

        Assert.That((call.Result, call.EndedAt, call.Uncertain), Is.EqualTo((CallResult.Answered, answered[^1].At, CallUncertainty.PbxStopped)));
    }

    [Test]
    public void More_lines_give_a_higher_revision_and_all_are_above_those_of_calls_heard_live()
    {
        var lines = LinesOf(Scenario.Named("01-"));

        Assert.That(Tell(lines).Single().Revision, Is.GreaterThan(Tell(lines[..^1]).Single().Revision));
        Assert.That(Tell(lines[..1]).Single().Revision, Is.GreaterThan(1_000_000));
    }

    [TestCase("\"ANSWER\",\"1795426355.5\"", "12 columns, this one 2")]
    [TestCase("\"ANSWER\",\"1795426355.5\",\"1\",\"2\",\"3\",\"PJSIP/101-1\",\"\",\"\",\"1.1\",\"1.1\",\"\",\"{", "cut")]
    [TestCase("\"ANSWER\",\"2026-11-23 09:32:35.000001\",\"1\",\"2\",\"3\",\"PJSIP/101-1\",\"\",\"\",\"1.1\",\"1.1\",\"\",\"\"", "dateformat")]
    [TestCase("\"ANSWER\",\"1795426355.5\",\"1\",\"2\",\"3\",\"\",\"\",\"\",\"1.1\",\"1.1\",\"\",\"\"", "without event, channel")]
    public void A_line_that_cannot_be_read_says_why(string line, string why) =>
        Assert.That(() => CelLine.Parse(line), Throws.TypeOf<FormatException>().With.Message.Contains(why));

    private static List<string> Told(IEnumerable<ImmutableArray<CelLine>> groups) => [.. groups.SelectMany(Tell).Select(CallJson.Line)];

    private static IReadOnlyList<Call> Tell(ImmutableArray<CelLine> group) => CelStory.Tell("pbx", new NumberPlan("RU"), Trunks, group);

    /// <summary>What the PBX wrote into its diary, as it said it on AMI at the same time.</summary>
    private static ImmutableArray<CelLine> LinesOf(Scenario scenario) =>
    [
        .. scenario.Recordings.SelectMany(recording => recording.Messages().Select(pair => pair.Message)
            .Where(message => message.Event == AmiEvent.CEL && message.Timestamp is not null)
            .Select(message => message.Fields().ToDictionary(field => field.Key.ToLowerInvariant(), field => field.Value) is var fields
                ? CelLine.Parse(string.Join(',', new[]
                {
                    fields["eventname"], fields["timestamp"], fields["calleridnum"], fields["exten"], fields["context"], fields["channel"],
                    fields["application"], fields["appdata"], fields["uniqueid"], fields["linkedid"], fields["peer"], fields["extra"],
                }.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))
                : throw new InvalidOperationException()).ToList()),
    ];
}
