using System.Diagnostics;

namespace ContactCenterCrm.Testing;

/// <summary>Waiting for something that another process does: the condition is asked again and again, never a fixed sleep.</summary>
public static class Until
{
    /// <summary>Generous: a machine under load is slow, and a test that passes never waits it out.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">It did not become true; the message says what was waited for.</exception>
    public static Task True(Func<bool> condition, string what) =>
        True(() => Task.FromResult(condition()), what);

    /// <exception cref="TimeoutException">It did not become true; the message says what was waited for.</exception>
    /// <param name="patience">Where the product itself lets time pass; null: <see cref="Patience"/>.</param>
    public static async Task True(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(Step))
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"After {limit.TotalSeconds:0} s still not true: {what}");
    }
}
