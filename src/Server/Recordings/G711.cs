namespace ContactCenterCrm.Server.Recordings;

/// <summary>How far from rest a sample of telephone sound is, 0 to 32768 (ITU-T G.711, tables 1a to 2b).</summary>
internal static class G711
{
    public static int ALaw(byte sample)
    {
        // Every second bit is sent inverted.
        var bits = sample ^ 0x55;
        var segment = (bits & 0x70) >> 4;
        var step = (bits & 0x0F) << 4;
        return segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
    }

    public static int MuLaw(byte sample)
    {
        // All bits are sent inverted; 0x84 is the bias that the law adds before it takes the logarithm.
        var bits = ~sample;
        return (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
    }
}
