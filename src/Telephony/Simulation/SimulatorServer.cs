using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// The simulated PBX behind a TCP port on 127.0.0.1 that speaks AMI: a client cannot tell it from an Asterisk. One loop owns the
/// PBX; actions from connections and work from <see cref="Do"/> reach it through a bounded inbox, and the given clock moves it.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private const int InboxLength = 4096;
    private readonly TimeProvider _clock;
    private readonly SimulatedPbx _pbx;
    private readonly SimulatorOptions _options;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;

    private readonly Channel<Action<SimulatedPbx>> _inbox = Channel.CreateBounded<Action<SimulatedPbx>>(
        new BoundedChannelOptions(InboxLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly List<SimulatorSession> _sessions = [];
    private Task _accepting = Task.CompletedTask;
    private Task _running = Task.CompletedTask;

    private SimulatorServer(SimulatedPbx pbx, TimeProvider clock, SimulatorOptions options)
    {
        (_pbx, _clock, _options) = (pbx, clock, options);
        _listener = new TcpListener(IPAddress.Loopback, options.Port);
        _timer = clock.CreateTimer(_ => _inbox.Writer.TryWrite(static _ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts to listen. From now on the PBX belongs to the server: reach it by <see cref="Do"/> and <see cref="Ask"/>.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static SimulatorServer Start(SimulatedPbx pbx, TimeProvider clock, SimulatorOptions? options = null)
    {
        var server = new SimulatorServer(pbx, clock, options ?? new SimulatorOptions());
        server._listener.Start();
        pbx.Emitted += server.Publish;
        pbx.Stopped += server.SayGoodbye;
        server._running = Task.Run(server.Run);
        server._accepting = Task.Run(server.Accept);
        return server;
    }

    /// <summary>Runs this on the PBX, between its own steps, at the clock's present time.</summary>
    public async Task Do(Action<SimulatedPbx> act, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inbox.Writer.WriteAsync(pbx => Complete(done, () => act(pbx)), cancel);
        await done.Task.WaitAsync(cancel);
    }

    /// <summary>Asks the PBX something, between its own steps, at the clock's present time.</summary>
    public async Task<T> Ask<T>(Func<SimulatedPbx, T> ask, CancellationToken cancel)
    {
        T answer = default!;
        await Do(pbx => answer = ask(pbx), cancel);
        return answer;
    }

    /// <summary>All connections break without notice; the next ones are welcome.</summary>
    public Task CutLines(CancellationToken cancel) => Do(_ => CloseAll(), cancel);

    /// <summary>While silent, connections stay open and nothing is said on them: a dead network in between.</summary>
    public Task SetSilent(bool isSilent, CancellationToken cancel) => Do(_ => IsSilent = isSilent, cancel);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        _inbox.Writer.TryComplete();
        await Task.WhenAll(_running, _accepting);
        await _timer.DisposeAsync();
        foreach (var session in _sessions.ToArray())
            await session.Ended;
        _stopping.Dispose();
    }

    internal SimulatorOptions Options => _options;
    internal bool IsSilent { get; private set; }

    internal ValueTask Post(Action<SimulatedPbx> act) => _inbox.Writer.WriteAsync(act, _stopping.Token);

    private async Task Run()
    {
        await foreach (var act in _inbox.Reader.ReadAllAsync())
        {
            _pbx.RunUntil(_clock.GetUtcNow());
            act(_pbx);
            _pbx.RunUntil(_clock.GetUtcNow());
            if (_pbx.NextAt is { } next)
                _timer.Change(WholeMilliseconds(next - _clock.GetUtcNow()), Timeout.InfiniteTimeSpan);
        }
        CloseAll();
    }

    private async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException)
            {
                return;
            }
            await Welcome(socket);
        }
    }

    private async Task Welcome(Socket socket)
    {
        try
        {
            await Post(pbx =>
            {
                if (!pbx.IsRunning)
                {
                    socket.Dispose();
                    return;
                }
                var session = new SimulatorSession(this, socket);
                _sessions.Add(session);
                session.Start(() => _inbox.Writer.TryWrite(_ => _sessions.Remove(session)));
            });
        }
        catch (Exception problem) when (problem is OperationCanceledException or ChannelClosedException)
        {
            socket.Dispose();
        }
    }

    private void Publish(SimulatedEvent simulated)
    {
        foreach (var session in _sessions)
            session.Tell(simulated);
    }

    // The process ends: what it has said still arrives.
    private void SayGoodbye()
    {
        foreach (var session in _sessions)
            session.CloseAfterSending();
    }

    private void CloseAll()
    {
        foreach (var session in _sessions)
            session.Close();
        _sessions.Clear();
    }

    private static void Complete(TaskCompletionSource done, Action act)
    {
        try
        {
            act();
            done.SetResult();
        }
        catch (Exception problem)
        {
            done.SetException(problem);
        }
    }

    // Timers count whole milliseconds: rounded down they would fire too early, again and again.
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
}
