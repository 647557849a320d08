using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

/// <summary>A simulated PBX behind a real TCP port and a connection to it, both on one clock that the test moves.</summary>
internal sealed class AmiBench : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    public SimulatorServer? Server { get; private set; }
    public AmiConnection Connection { get; private set; } = null!;

    /// <summary>Ends a test that waits for what never comes.</summary>
    public CancellationToken Impatience { get; } = new CancellationTokenSource(patience).Token;

    public static AmiBench WithSimulator(SimulatorOptions? options = null, Func<AmiOptions, AmiOptions>? change = null)
    {
        var bench = new AmiBench();
        var pbx = new SimulatedPbx(SimulatedOffice.Example, seed: 1, bench.Clock.GetUtcNow());
        bench.Server = SimulatorServer.Start(pbx, bench.Clock, options);
        bench.Connect(bench.Server.Port, change);
        return bench;
    }

    public static AmiBench WithPort(int port, Func<AmiOptions, AmiOptions>? change = null)
    {
        var bench = new AmiBench();
        bench.Connect(port, change);
        return bench;
    }

    /// <summary>Waits, letting time pass, for a state of this kind.</summary>
    public async Task<AmiLinkState> Until(Func<AmiLinkState, bool> isWanted) =>
        await Passing(async () =>
        {
            while (true)
            {
                var state = await Connection.StateChanges.ReadAsync(Impatience);
                if (isWanted(state))
                    return state;
            }
        });

    public Task<AmiLinkState> UntilUp() => Until(state => state.Status is AmiLinkStatus.Up);

    public Task<AmiLinkState> UntilDown() => Until(state => state.Status is AmiLinkStatus.Down);

    /// <summary>The signals up to and including the first one of this type.</summary>
    public async Task<List<CallSignal>> SignalsUntil<T>()
        where T : CallSignal => await Passing(async () =>
        {
            var signals = new List<CallSignal>();
            do
            {
                signals.Add(await Connection.Signals.ReadAsync(Impatience));
            }
            while (signals[^1] is not T);
            return signals;
        });

    /// <summary>Lets time pass in small steps until this is done.</summary>
    public async Task<T> Passing<T>(Func<Task<T>> work)
    {
        var task = work();
        while (!task.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(1, Impatience));
        }
        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        if (Server is not null)
            await Server.DisposeAsync();
        _stopping.Dispose();
    }

    private void Connect(int port, Func<AmiOptions, AmiOptions>? change)
    {
        // Fake time runs a hundred times faster than the machine: a busy moment of it must not look like a silent PBX.
        var options = new AmiOptions
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "crm",
            Secret = "crm-secret",
            StepTimeout = TimeSpan.FromMinutes(20),
            AnswerTimeout = TimeSpan.FromMinutes(20),
        };
        Connection = new AmiConnection(change?.Invoke(options) ?? options, new HashSet<string> { "trunk" }, Clock, new Random(1));
        _running = Connection.Run(_stopping.Token);
    }
}
