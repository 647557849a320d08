namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// How long to wait before the next attempt: twice as long each time, up to a limit, and a random part of it, so that many
/// clients of a PBX that comes back do not all knock at once.
/// </summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, Random random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var limit = Math.Min(max.TotalMilliseconds, min.TotalMilliseconds * Math.Pow(2, _failures));
        if (limit < max.TotalMilliseconds)
            _failures++;
        return TimeSpan.FromMilliseconds(limit * (0.5 + random.NextDouble() / 2));
    }

    public void Reset() => _failures = 0;
}
