namespace ContactCenterCrm.Telephony.Calls;

internal static class Intervals
{
    /// <summary>How long at least one of the intervals lasted; where they overlap, the time counts once.</summary>
    public static double TotalSeconds(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> intervals)
    {
        var total = TimeSpan.Zero;
        var covered = DateTimeOffset.MinValue;
        foreach (var (from, to) in intervals.OrderBy(interval => interval.From))
        {
            var start = from > covered ? from : covered;
            if (to <= start)
                continue;
            total += to - start;
            covered = to;
        }
        return total.TotalSeconds;
    }
}
