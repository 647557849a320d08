using System.Globalization;

namespace ContactCenterCrm.Benchmarks;

/// <summary>How long many single things took, in milliseconds.</summary>
internal sealed class Latencies(string name)
{
    readonly List<double> values = [];

    public int Count => values.Count;

    public void Add(TimeSpan elapsed) => values.Add(elapsed.TotalMilliseconds);

    /// <param name="share">Of the values, this share is not larger: 0.99 for the 99th percentile.</param>
    public double At(double share) => values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * share) - 1));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-44} p50 {At(0.5),8:0.00}  p95 {At(0.95),8:0.00}  p99 {At(0.99),8:0.00}  max {At(1),8:0.00} ms of {Count}");
}
