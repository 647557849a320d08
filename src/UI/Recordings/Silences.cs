using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Recordings;

/// <summary>Where in a recording nobody speaks, read from its loudness. Pure.</summary>
internal static class Silences
{
    /// <summary>Of 255: what a line hisses when nobody speaks.</summary>
    const int QuietBelow = 8;

    /// <summary>A shorter pause belongs to the talk.</summary>
    const double LeastSeconds = 1.5;

    /// <summary>Left of each silence at both of its ends, so that no word loses its beginning.</summary>
    const double KeptSeconds = 0.3;

    /// <summary>From and to, in seconds; nothing where the loudness is not known.</summary>
    public static IReadOnlyList<double[]> Of(RecordingPeaks peaks)
    {
        var channels = peaks.Channels.Select(channel => Convert.FromBase64String(channel.Values)).ToList();
        var length = channels.Count == 0 ? 0 : channels.Max(values => values.Length);
        List<double[]> silences = [];
        for (int at = 0, begin = 0; at <= length; at++)
        {
            if (at < length && channels.All(values => at >= values.Length || values[at] < QuietBelow))
                continue;
            var (from, to) = (begin * peaks.StepSeconds, at * peaks.StepSeconds);
            if (to - from >= LeastSeconds)
                silences.Add([from + KeptSeconds, to - KeptSeconds]);
            begin = at + 1;
        }

        return silences;
    }
}
