using System.Net;
using System.Net.Sockets;

namespace ContactCenterCrm.Testing;

/// <summary>A way over the network to a server, which can be cut and made again.</summary>
public sealed class CuttableLine : IAsyncDisposable
{
    readonly string host;
    readonly int port;
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Lock mutex = new();
    readonly Task accepting;
    CancellationTokenSource whole = new();
    bool isCut;

    public CuttableLine(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>Where to connect to instead, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What goes through it breaks off, and nothing gets through for so long.</summary>
    public async Task Cut(TimeSpan time)
    {
        lock (mutex)
        {
            isCut = true;
            whole.Cancel();
        }
        await Task.Delay(time);
        lock (mutex)
        {
            whole.Dispose();
            whole = new();
            isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        whole.Dispose();
        closing.Dispose();
    }

    async Task Accept()
    {
        List<Task> passing = [];
        try
        {
            while (true)
            {
                var here = await listener.AcceptTcpClientAsync(closing.Token);
                lock (mutex)
                {
                    if (isCut)
                        here.Dispose();
                    else
                        passing.Add(Pass(here, CancellationTokenSource.CreateLinkedTokenSource(whole.Token, closing.Token)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(passing);
        }
    }

    async Task Pass(TcpClient here, CancellationTokenSource until)
    {
        using (here)
        using (until)
        using (var there = new TcpClient())
        {
            try
            {
                await there.ConnectAsync(host, port, until.Token);
                await Task.WhenAny(here.GetStream().CopyToAsync(there.GetStream(), until.Token), there.GetStream().CopyToAsync(here.GetStream(), until.Token));
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                // One side is gone: so is the other.
            }
        }
    }
}
