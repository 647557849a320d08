using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Makes calls of the PBX's own diary: for those that began and ended while nobody listened to the PBX, and those of which only a part was
/// heard. A call is told from all its lines at once, by the same tracker that follows live calls. What the diary does not know stays unknown:
/// holds, which file a recording went to, and when a phone began to ring (it is taken to ring as soon as it is called). Pure.
/// </summary>
public static class CelStory
{
    /// <summary>To be raised when the same lines give other calls than before: then stored calls are replaced when they are told again.</summary>
    public const int Version = 1;

    /// <summary>More lines than one call ever has.</summary>
    private const int LinesMax = 1 << 20;

    /// <summary>
    /// Lines that belong together: those of one call, and of the calls that it was merged with or shared a bridge with. In the order of their first lines; the lines of
    /// each in the order in which they came.
    /// </summary>
    public static IReadOnlyList<ImmutableArray<CelLine>> Groups(IReadOnlyList<CelLine> lines)
    {
        var groups = new Forest();
        // Names of channels come again after a restart of the PBX: whose it is now is whose it was last.
        var legs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            legs[line.Channel] = line.LegId;
            groups.Join(line.CallId, line.LegId);
            if (line.Extra.TryGetValue("retriever", out var name) && legs.TryGetValue(name, out var retriever))
                groups.Join(line.CallId, retriever);
            foreach (var other in line.Ties)
                groups.Join(line.CallId, other);
        }
        return [.. lines.GroupBy(line => groups.RootOf(line.CallId), StringComparer.Ordinal).Select(group => group.ToImmutableArray())];
    }

    /// <summary>Every channel that these lines speak of has begun and ended in them: nothing more is to come.</summary>
    public static bool IsWhole(ImmutableArray<CelLine> group) =>
        group.GroupBy(line => line.LegId, StringComparer.Ordinal).All(leg => leg.First().Event == "CHAN_START" && leg.Any(line => line.Event == "CHAN_END"));

    /// <summary>
    /// The calls that these lines tell of. What had not ended when they stop is ended there, and uncertain. The revision grows with the number of
    /// lines, and is above that of any call that was followed live.
    /// </summary>
    /// <param name="source">The PBX's name in the keys of its calls.</param>
    /// <param name="trunks">Endpoint names that lead outside.</param>
    /// <param name="group">Lines that belong together, in the order in which the PBX wrote them.</param>
    public static IReadOnlyList<Call> Tell(string source, NumberPlan numbers, IReadOnlySet<string> trunks, ImmutableArray<CelLine> group)
    {
        var tracker = new CallTracker(source, numbers);
        var newest = new Dictionary<CallKey, Call>();
        foreach (var call in new CelSignals(trunks, group).Read().SelectMany(tracker.Apply))
            newest[call.Key] = call;
        var revision = Version * LinesMax + Math.Min(group.Length, LinesMax - 1);
        return [.. newest.Values.Select(call => call with { Revision = revision })];
    }

    /// <summary>Names that turn out to mean the same.</summary>
    private sealed class Forest
    {
        private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

        public void Join(string one, string other) => _parents[RootOf(other)] = RootOf(one);

        public string RootOf(string name)
        {
            while (_parents.TryGetValue(name, out var parent) && parent != name)
            {
                if (_parents.TryGetValue(parent, out var next))
                    _parents[name] = next;
                name = parent;
            }
            return name;
        }
    }
}
