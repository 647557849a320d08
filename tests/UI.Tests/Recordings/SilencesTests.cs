using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Recordings;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Recordings;

/// <summary>Where nobody speaks, in half-second steps.</summary>
internal sealed class SilencesTests
{
    [Test]
    public void It_is_silent_where_both_sides_are()
    {
        var silences = Silences.Of(Peaks([90, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 80, 80, 0, 0]));

        Assert.That(silences, Is.EqualTo(new[] { new[] { 0.8, 2.7 } }));
    }

    [Test]
    public void A_breath_belongs_to_the_talk() => Assert.That(Silences.Of(Peaks([90, 0, 0, 90])), Is.Empty);

    [Test]
    public void The_hiss_of_a_line_is_silence_and_the_end_counts() => Assert.That(Silences.Of(Peaks([90, 5, 4, 5, 3])), Is.EqualTo(new[] { new[] { 0.8, 2.2 } }));

    [Test]
    public void A_channel_that_ends_earlier_is_silent_from_there() =>
        Assert.That(Silences.Of(Peaks([90], [90, 0, 0, 0, 0])), Is.EqualTo(new[] { new[] { 0.8, 2.2 } }));

    [Test]
    public void Sound_of_unknown_loudness_has_no_silence() => Assert.That(Silences.Of(new() { StepSeconds = 0.5 }), Is.Empty);

    static RecordingPeaks Peaks(params byte[][] channels) => new()
    {
        StepSeconds = 0.5,
        Channels = [.. channels.Select(values => new ChannelPeaks { Side = "mixed", Values = Convert.ToBase64String(values) })],
    };
}
