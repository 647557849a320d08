using System.Diagnostics;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Benchmarks;

/// <summary>When each call was said to ring, and when its card was there. Each call has a number of its own, by which both know it.</summary>
internal sealed class PopWatch
{
    /// <summary>A client who is in nobody's list: beyond those of <see cref="Crowd"/>.</summary>
    const long FirstStranger = 500_000;

    readonly Dictionary<string, int> callOf;
    readonly string[] numbers;
    readonly long[] rang;
    readonly long[] shown;
    readonly TaskCompletionSource allShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int left;
    int cards;

    public PopWatch(int calls)
    {
        (rang, shown, left) = (new long[calls], new long[calls], calls);
        numbers = [.. Enumerable.Range(0, calls).Select(call => Crowd.E164(call % 2 == 0 ? 1 + call : FirstStranger + call)[1..])];
        callOf = numbers.Select((number, call) => (number, call)).ToDictionary(pair => pair.number, pair => pair.call, StringComparer.Ordinal);
    }

    public Task AllShown => allShown.Task;

    public int Cards => cards;

    /// <summary>Calls whose card has not come.</summary>
    public int Left => left;

    /// <summary>The caller's number, as a trunk writes it.</summary>
    public string Number(int call) => numbers[call];

    /// <summary>On the simulator's loop, before the event is written to the socket: the ring is the first that makes the phone ring.</summary>
    public void Emitted(SimulatedEvent simulated)
    {
        if (simulated.Name != "DialState")
            return;
        const string Field = "\r\nCallerIDNum: ";
        var from = simulated.Text.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        var number = simulated.Text[from..simulated.Text.IndexOf('\r', from)];
        Interlocked.CompareExchange(ref rang[callOf[number]], Stopwatch.GetTimestamp(), 0);
    }

    /// <summary>An agent has a card. A late one may tell at once that the call is answered.</summary>
    public void Shown(DeskCard card)
    {
        Interlocked.Increment(ref cards);
        var call = callOf[string.Concat(card.NumberDisplay!.Where(char.IsAsciiDigit))];
        if (Interlocked.CompareExchange(ref shown[call], Stopwatch.GetTimestamp(), 0) == 0 && Interlocked.Decrement(ref left) == 0)
            allShown.SetResult();
    }

    /// <param name="skipped">The first ones, while the product warms up.</param>
    public Latencies Latencies(string name, int skipped)
    {
        var latencies = new Latencies(name);
        foreach (var call in Enumerable.Range(skipped, rang.Length - skipped).Where(call => shown[call] > 0))
            latencies.Add(Stopwatch.GetElapsedTime(rang[call], shown[call]));
        return latencies;
    }
}
