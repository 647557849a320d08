using System.Globalization;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Deals;

/// <summary>A line of what is bought as it is being written.</summary>
public sealed class LineDraft
{
    public string Name { get; set; } = "";
    public string Quantity { get; set; } = "1";
    public string Price { get; set; } = "";
    public string Cost { get; set; } = "";

    public static LineDraft Of(DealLine line) => new() { Name = line.Name, Quantity = Written(line.Quantity), Price = Written(line.Price), Cost = Written(line.Cost) };

    public static List<LineDraft> Of(IEnumerable<DealLine> lines) => [.. lines.Select(Of)];

    /// <summary>Null: it is not complete. An empty price is none.</summary>
    public DealLine? Line
    {
        get
        {
            var (quantity, price, cost) = (DealFieldCheck.Number(Quantity), Amount(Price), Amount(Cost));
            return Name.Trim().Length == 0 || quantity is not > 0 || price is not >= 0 || cost is not >= 0
                ? null : new() { Name = Name.Trim(), Quantity = quantity.Value, Price = price.Value, Cost = cost.Value };
        }
    }

    public static bool IsSame(IReadOnlyList<LineDraft> mine, IReadOnlyList<DealLine> theirs) =>
        mine.Count == theirs.Count && mine.Zip(theirs).All(pair => pair.First.Line == pair.Second);

    /// <summary>As the history of a deal says it.</summary>
    public static string Words(IEnumerable<DealLine> lines) => string.Join("; ", lines.Select(line => $"{line.Name} {Written(line.Quantity)} × {Written(line.Price)}"));

    static decimal? Amount(string text) => text.Trim().Length == 0 ? 0 : DealFieldCheck.Number(text);

    static string Written(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
