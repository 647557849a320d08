using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>How the simulator's AMI port presents itself.</summary>
public sealed record SimulatorOptions
{
    /// <summary>0 takes any free port of the loopback address.</summary>
    public int Port { get; init; }

    public ImmutableArray<SimulatedUser> Users { get; init; } = [new("crm", "crm-secret")];

    /// <summary>Set: the port speaks TLS with this certificate.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The first line; another one plays a port that is no Asterisk.</summary>
    public string Banner { get; init; } = "Asterisk Call Manager/11.0.0";

    /// <summary>False plays a PBX with the challenge switched off.</summary>
    public bool AllowsChallenge { get; init; } = true;

    /// <summary>False plays an Asterisk from before the advanced event filters: `Action: Filter` with MatchCriteria is refused.</summary>
    public bool AllowsFilters { get; init; } = true;

    /// <summary>Packets that may wait for a slow reader; one more and its connection is cut, as Asterisk does.</summary>
    public int OutboxPackets { get; init; } = 8192;
}

/// <summary>A user of manager.conf. Classes as there: system, call, agent, cdr, dialplan, reporting, originate …; "all" is every class.</summary>
public sealed record SimulatedUser(string Name, string Secret)
{
    public ImmutableArray<string> Read { get; init; } = ["all"];
    public ImmutableArray<string> Write { get; init; } = ["all"];

    internal bool MayRead(string readClass) => Read.Contains("all") || Read.Contains(readClass);

    internal bool MayWriteAny(IReadOnlyCollection<string> classes) => classes.Count == 0 || Write.Contains("all") || classes.Any(Write.Contains);
}
