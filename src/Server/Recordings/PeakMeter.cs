namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// The largest deflections of each channel, twenty a second at first. Of long sound two steps become one again and again, so that never
/// more than <see cref="StepsMax"/> are kept: as many as a screen has points.
/// </summary>
internal sealed class PeakMeter(int channels, int framesPerSecond)
{
    const int StepsPerSecond = 20;
    const int StepsMax = 4096;

    readonly List<byte>[] steps = [.. Enumerable.Range(0, channels).Select(_ => new List<byte>())];
    readonly int[] largest = new int[channels];
    int frames;

    public int FramesPerStep { get; private set; } = Math.Max(1, framesPerSecond / StepsPerSecond);

    /// <param name="deflection">0 to 32768.</param>
    public void Add(int channel, int deflection)
    {
        if (deflection > largest[channel])
            largest[channel] = deflection;
    }

    public void EndFrame()
    {
        if (++frames == FramesPerStep)
            EndStep();
    }

    /// <summary>For each channel, a value of 0 to 255 for each step.</summary>
    public IReadOnlyList<byte[]> Values()
    {
        if (frames > 0)
            EndStep();
        return [.. steps.Select(channel => channel.ToArray())];
    }

    void EndStep()
    {
        for (var channel = 0; channel < channels; channel++)
            steps[channel].Add((byte)((largest[channel] * 255 + 16_384) / 32_768));
        Array.Clear(largest);
        frames = 0;
        if (steps[0].Count == StepsMax)
            Halve();
    }

    void Halve()
    {
        foreach (var channel in steps)
        {
            for (var i = 0; i < StepsMax / 2; i++)
                channel[i] = Math.Max(channel[2 * i], channel[2 * i + 1]);
            channel.RemoveRange(StepsMax / 2, StepsMax / 2);
        }
        FramesPerStep *= 2;
    }
}
