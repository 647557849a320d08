using System.Diagnostics.Metrics;

namespace ContactCenterCrm.Server.Calls;

/// <summary>What the intake of calls does, at <c>/metrics</c>; every figure by source.</summary>
internal static class CallMetrics
{
    static readonly Meter Meter = new("ContactCenterCrm.Calls");
    static readonly Counter<long> SignalCount = Meter.CreateCounter<long>("crm.calls.signals", description: "Signals that the tracker took in");
    static readonly Counter<long> IgnoredCount = Meter.CreateCounter<long>("crm.calls.signals.ignored", description: "Signals that came late, twice, or about nothing known");
    static readonly Counter<long> SavedCount = Meter.CreateCounter<long>("crm.calls.saved", description: "Versions of calls that were saved");
    static readonly Counter<long> FailureCount = Meter.CreateCounter<long>("crm.calls.save.failures", description: "Saves that failed because the database was away");
    static readonly Counter<long> QuarantinedCount = Meter.CreateCounter<long>("crm.calls.quarantined", description: "What could not be understood or saved");
    static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("crm.calls.save.batch", description: "Calls in a transaction");
    static readonly Histogram<double> SaveTime = Meter.CreateHistogram<double>("crm.calls.save.duration", "ms", "A transaction, from the batch to the commit");
    static readonly Histogram<double> LagTime = Meter.CreateHistogram<double>("crm.calls.lag", "ms", "From the arrival of a signal until what it changed was saved");
    static readonly Gauge<int> PendingGauge = Meter.CreateGauge<int>("crm.calls.pending", description: "Calls that wait to be saved");

    public static void Applied(string source, long ignored)
    {
        SignalCount.Add(1, Of(source));
        if (ignored > 0)
            IgnoredCount.Add(ignored, Of(source));
    }

    public static void Saved(string source, int calls, TimeSpan duration)
    {
        SavedCount.Add(calls, Of(source));
        BatchSize.Record(calls, Of(source));
        SaveTime.Record(duration.TotalMilliseconds, Of(source));
    }

    public static void Failed(string source) => FailureCount.Add(1, Of(source));

    public static void Lagged(string source, TimeSpan lag) => LagTime.Record(lag.TotalMilliseconds, Of(source));

    public static void Quarantined(string source) => QuarantinedCount.Add(1, Of(source));

    public static void Pending(string source, int calls) => PendingGauge.Record(calls, Of(source));

    static KeyValuePair<string, object?> Of(string source) => new("source", source);
}
