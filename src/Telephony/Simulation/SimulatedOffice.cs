using System.Collections.Immutable;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>Who sits where in the simulated office: what a real PBX has in pjsip.conf, queues.conf and extensions.conf.</summary>
public sealed record SimulatedOffice
{
    public required ImmutableArray<SimulatedExtension> Extensions { get; init; }
    public ImmutableArray<SimulatedQueue> Queues { get; init; } = [];
    public required ImmutableArray<SimulatedLine> Lines { get; init; }

    /// <summary>The endpoint that leads to the public network.</summary>
    public string Trunk { get; init; } = "trunk";

    /// <summary>The number that clients see when an agent calls them.</summary>
    public string CompanyNumber { get; init; } = "74951234501";

    /// <summary>Four phones and one that is switched off, two queues, a line for each way of reaching them.</summary>
    public static SimulatedOffice Example { get; } = new()
    {
        Extensions =
        [
            new("101", "Agent One"), new("102", "Agent Two"), new("103", "Agent Three"), new("104", "Агент Четыре"),
            new("105", "Agent Five") { IsRegistered = false },
        ],
        Queues =
        [
            new("support", QueueStrategy.RingAll, ["101", "102", "103"]) { MemberRingSeconds = 15, TimeoutSeconds = 30 },
            new("sales", QueueStrategy.RoundRobin, ["102", "103", "104"]) { MemberRingSeconds = 3, TimeoutSeconds = 12, EndsInVoicemail = true },
        ],
        Lines =
        [
            new("74951234501", new RingPhones(["101"])),
            new("74951234502", new RingPhones(["102", "103", "104"])),
            new("74951234503", new EnterQueue("support")),
            new("74951234504", new EnterQueue("sales")),
            new("74951234505", new PlayMenu(new RingPhones(["101"]), new EnterQueue("support"))),
            new("74951234506", new RingPhones(["105"])),
            new("74951234508", new RingPhones(["102"]) { TimeoutSeconds = 4, EndsInVoicemail = true }),
        ],
    };

    /// <summary>
    /// An office of these agents: a line that rings the first of them, one that rings them all, a queue and a voice menu. The
    /// last one sits in no queue.
    /// </summary>
    public static SimulatedOffice Of(params ImmutableArray<SimulatedExtension> agents)
    {
        var numbers = agents.Select(agent => agent.Number).ToImmutableArray();
        return new SimulatedOffice
        {
            Extensions = agents,
            Queues =
            [
                new("support", QueueStrategy.RoundRobin, numbers.Length > 1 ? numbers[..^1] : numbers) { MemberRingSeconds = 12, TimeoutSeconds = 60 },
                new("sales", QueueStrategy.RingAll, numbers) { MemberRingSeconds = 20, TimeoutSeconds = 40, EndsInVoicemail = true },
            ],
            Lines =
            [
                new("74951234501", new RingPhones(numbers[..1])),
                new("74951234502", new RingPhones(numbers) { TimeoutSeconds = 25 }),
                new("74951234503", new EnterQueue("support")),
                new("74951234504", new EnterQueue("sales")),
                new("74951234505", new PlayMenu(new EnterQueue("sales"), new EnterQueue("support"))),
            ],
        };
    }

    internal SimulatedExtension Extension(string number) => Extensions.First(extension => extension.Number == number);

    internal SimulatedQueue Queue(string name) => Queues.First(queue => queue.Name == name);

    internal bool HasExtension(string number) => Extensions.Any(extension => extension.Number == number);
}

/// <summary>A phone on a desk. One that is not registered cannot be reached.</summary>
public sealed record SimulatedExtension(string Number, string Name)
{
    public bool IsRegistered { get; init; } = true;
}

public enum QueueStrategy { RingAll, RoundRobin }

/// <summary>A waiting line and the extensions that serve it.</summary>
public sealed record SimulatedQueue(string Name, QueueStrategy Strategy, ImmutableArray<string> Members)
{
    /// <summary>How long one attempt rings before the next one begins.</summary>
    public double MemberRingSeconds { get; init; } = 15;

    /// <summary>How long a caller may wait in all.</summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>After the timeout the caller may leave a message; otherwise the call is ended.</summary>
    public bool EndsInVoicemail { get; init; }
}

/// <summary>A number that clients dial, and where it leads.</summary>
public sealed record SimulatedLine(string Did, Route Route);

/// <summary>Where a dialled number leads.</summary>
public abstract record Route;

/// <summary>All these phones ring at once.</summary>
public sealed record RingPhones(ImmutableArray<string> Extensions) : Route
{
    public double TimeoutSeconds { get; init; } = 20;
    public bool EndsInVoicemail { get; init; }
}

public sealed record EnterQueue(string Queue) : Route;

/// <summary>A voice menu: the caller presses 1, 2, … and goes on to the option of that place.</summary>
public sealed record PlayMenu(params ImmutableArray<Route> Options) : Route;
