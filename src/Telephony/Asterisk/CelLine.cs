using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// A line of the PBX's own diary of channels (channel event logging, CEL), as <c>asterisk-config/cel_custom.conf</c> has it written:
/// event, time, the party's number, extension, context, channel, application, its arguments, unique id, linked id, who it is bridged
/// with, and what else there is to say, as JSON.
/// </summary>
public sealed record CelLine
{
    private const int Columns = 12;

    private static readonly FrozenDictionary<string, string> NoExtra = FrozenDictionary<string, string>.Empty;

    /// <summary>CHAN_START, ANSWER, BRIDGE_ENTER …, or the name that the dialplan gave an event of its own.</summary>
    public required string Event { get; init; }

    /// <summary>By the PBX's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public string Number { get; init; } = "";
    public string Extension { get; init; } = "";
    public required string Channel { get; init; }
    public string Application { get; init; } = "";
    public string Arguments { get; init; } = "";
    public required string LegId { get; init; }

    /// <summary>The call that the channel belonged to at that moment.</summary>
    public required string CallId { get; init; }

    public IReadOnlyDictionary<string, string> Extra { get; init; } = NoExtra;

    /// <summary>Ids of other channels, and of bridges, that the line speaks of: what belongs to them belongs to this call, or talks with it.</summary>
    /// <remarks>Not the bridge of a parking lot: it is the same for all who are ever parked.</remarks>
    public IEnumerable<string> Ties => Extra
        .Where(pair => pair.Key.EndsWith("_uniqueid", StringComparison.Ordinal)
            || (pair.Key is "bridge_id" or "bridge1_id" or "bridge2_id" && Extra.GetValueOrDefault("bridge_technology") != "holding_bridge"))
        .Select(pair => pair.Value);

    /// <exception cref="FormatException">It is no such line; the message says why.</exception>
    public static CelLine Parse(string line)
    {
        var columns = Split(line);
        if (columns.Count != Columns)
            throw new FormatException($"A line of the PBX's diary has {Columns} columns, this one {columns.Count}: cel_custom.conf is not the CRM's.");
        if (columns[0].Length == 0 || columns[5].Length == 0 || columns[8].Length == 0 || columns[9].Length == 0)
            throw new FormatException("A line of the PBX's diary without event, channel, unique id or linked id.");
        return new()
        {
            Event = columns[0],
            At = TimeOf(columns[1]),
            Number = columns[2],
            Extension = columns[3],
            Channel = columns[5],
            Application = columns[6],
            Arguments = columns[7],
            LegId = columns[8],
            CallId = columns[9],
            Extra = ExtraOf(columns[11]),
        };
    }

    // Seconds since 1970 with microseconds: what Asterisk writes when cel.conf has no dateformat. Local times have no zone.
    private static DateTimeOffset TimeOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new FormatException($"The time '{text}' is not in seconds since 1970: cel.conf must not set dateformat.");

    private static IReadOnlyDictionary<string, string> ExtraOf(string json)
    {
        if (json.Length == 0)
            return NoExtra;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return NoExtra;
            var extra = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                extra[property.Name] = property.Value.ToString();
            return extra;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The text of an event that the dialplan made.
            return NoExtra;
        }
    }

    // RFC 4180: fields between quotes, quotes within them doubled.
    private static List<string> Split(string line)
    {
        List<string> columns = [];
        var column = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '"' when isQuoted && i + 1 < line.Length && line[i + 1] == '"':
                    column.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    columns.Add(column.ToString());
                    column.Clear();
                    break;
                default:
                    column.Append(line[i]);
                    break;
            }
        }
        if (isQuoted)
            throw new FormatException("A line of the PBX's diary that ends between quotes: it was cut.");
        columns.Add(column.ToString());
        return columns;
    }
}
