namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// How long to wait before the database is asked again: twice as long each time, and a random part of it, because nodes that wait for one
/// database must not all knock at once.
/// </summary>
internal sealed class RetryPause
{
    static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    int failures;

    /// <summary>After one more failure.</summary>
    public TimeSpan Next()
    {
        var limit = Math.Min(Max.TotalMilliseconds, Min.TotalMilliseconds * Math.Pow(2, Math.Min(failures++, 10)));
        return TimeSpan.FromMilliseconds(limit * (0.5 + Random.Shared.NextDouble() / 2));
    }

    /// <summary>It succeeded. True: it had failed before.</summary>
    public bool End()
    {
        var hadFailed = failures > 0;
        failures = 0;
        return hadFailed;
    }
}
