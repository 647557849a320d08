using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ContactCenterCrm.UI.Desk;

/// <summary>
/// The live line to the server. It tries forever to be up; each time it comes up, the server sends the whole desk. While it is
/// down the desk is asked for every few seconds, so a ring is still seen, only later.
/// </summary>
internal sealed class DeskLine : IDisposable
{
    static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(3);
    static readonly TimeSpan RetryMost = TimeSpan.FromSeconds(15);

    readonly DeskApi api;
    readonly DeskBoard board;
    readonly NavigationManager navigation;
    readonly ServerClock clock;
    readonly TimeProvider time;
    CancellationTokenSource? open;
    TaskCompletionSource online = new();

    public DeskLine(DeskApi api, DeskBoard board, Browser browser, NavigationManager navigation, ServerClock clock, TimeProvider time)
    {
        (this.api, this.board, this.navigation, this.clock, this.time) = (api, board, navigation, clock, time);
        browser.CameOnline += () => Interlocked.Exchange(ref online, new()).TrySetResult();
    }

    public event Action? Changed;

    /// <summary>The server says that tasks or reminders have changed.</summary>
    public event Action? TasksChanged;

    /// <summary>Null while the line is up, and in the first moments of connecting.</summary>
    public DateTimeOffset? LostSince { get; private set; }

    public int Attempts { get; private set; }

    public void Open()
    {
        Close();
        open = new CancellationTokenSource();
        _ = Run(open.Token);
    }

    public void Close()
    {
        open?.Cancel();
        open?.Dispose();
        open = null;
        (LostSince, Attempts) = (null, 0);
        board.Clear();
    }

    /// <summary>Asks for the whole desk now: after the agent changed something that its cards show.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        if ((await api.State(cancel)).Succeeded(out var state, out _))
            board.Replace(state);
    }

    public void Dispose() => Close();

    async Task Run(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await Live(cancel);
                LostSince ??= clock.Now;
                Attempts++;
                Changed?.Invoke();
                await Between(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Signed out.
        }
    }

    /// <summary>One connection, from the handshake to its end, for whatever reason it ends.</summary>
    async Task Live(CancellationToken cancel)
    {
        var ended = new TaskCompletionSource();
        await using var connection = Connection();
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        connection.On<DeskState>(DeskHubNames.State, board.Replace);
        connection.On<DeskCard>(DeskHubNames.Card, board.Put);
        connection.On<long>(DeskHubNames.Closed, board.Remove);
        connection.On<IReadOnlyList<DialItem>>(DeskHubNames.Dials, board.HearDials);
        connection.On<PresenceItem>(DeskHubNames.Presence, board.HearPresence);
        connection.On<LostCount>(DeskHubNames.Lost, board.HearLost);
        connection.On<IReadOnlyList<PbxLinkDown>>(DeskHubNames.LinksDown, board.HearLinksDown);
        connection.On(DeskHubNames.Tasks, () => TasksChanged?.Invoke());
        try
        {
            await connection.StartAsync(cancel);
        }
        catch (Exception refused) when (refused is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // However the handshake fails (no network, server restarting, signed out), the answer is to wait and try again.
            return;
        }

        (LostSince, Attempts) = (null, 0);
        Changed?.Invoke();
        await ended.Task.WaitAsync(cancel);
    }

    /// <summary>Polls for a while that grows with the attempts and differs between browsers, so they do not all come back at once.</summary>
    async Task Between(CancellationToken cancel)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Attempts - 1), RetryMost.TotalSeconds)) * (0.5 + Random.Shared.NextDouble());
        var until = time.GetUtcNow() + wait;
        while (time.GetUtcNow() < until)
        {
            await Refresh(cancel);
            var rest = until - time.GetUtcNow();
            if (rest <= TimeSpan.Zero)
                return;
            var pause = Task.Delay(rest < PollEvery ? rest : PollEvery, time, cancel);
            if (await Task.WhenAny(pause, online.Task) == online.Task)
                return;
            await pause;
        }
    }

    /// <summary>WebSockets only: no negotiation, so any node behind a load balancer may answer; what else could carry it is the polling above.</summary>
    HubConnection Connection() => new HubConnectionBuilder()
        .WithUrl(navigation.ToAbsoluteUri(DeskHubNames.Path.TrimStart('/')), http =>
        {
            http.Transports = HttpTransportType.WebSockets;
            http.SkipNegotiation = true;
        })
        .AddJsonProtocol(json => json.PayloadSerializerOptions = new(WireJson.Default.Options))
        .Build();
}
