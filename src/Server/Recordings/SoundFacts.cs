namespace ContactCenterCrm.Server.Recordings;

/// <summary>What the bytes of a recording tell of it.</summary>
internal sealed record SoundFacts
{
    /// <summary>audio/wav, audio/mpeg or audio/ogg.</summary>
    public required string ContentType { get; init; }

    public int? Channels { get; init; }
    public double? DurationSeconds { get; init; }

    /// <summary>The format is whole, but no sound is in it: what a PBX leaves of a call that nobody took.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What one of the peaks stands for.</summary>
    public double StepSeconds { get; init; }

    /// <summary>For each channel, the largest deflection in each step, 0 to 255. Empty: the format is not decoded here.</summary>
    public IReadOnlyList<byte[]> Peaks { get; init; } = [];
}

/// <summary>Reads a format from its bytes as they pass by, and keeps none of them.</summary>
internal interface ISoundMeter
{
    void Feed(ReadOnlySpan<byte> bytes);

    /// <summary>Once everything was fed. Null: this is not such a file.</summary>
    SoundFacts? Facts();
}
