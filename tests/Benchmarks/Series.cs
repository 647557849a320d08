using System.Globalization;

namespace ContactCenterCrm.Benchmarks;

/// <summary>The same measurement several times. Machines are noisy: a figure is a median with its range, and only ratios of one sitting count.</summary>
internal sealed class Series(string name, string unit)
{
    readonly List<double> values = [];

    public string Name => name;

    public double Median => values.Order().ElementAt(values.Count / 2);

    public void Add(double value) => values.Add(value);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-34} {Median,14:N0} {unit} [{values.Min():N0} - {values.Max():N0}] of {values.Count}");
}
