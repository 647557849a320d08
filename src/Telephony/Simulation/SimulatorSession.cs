using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// One AMI connection to the simulator. Its reading loop hands every action to the PBX's owner, who answers into the outbox; the
/// writing loop empties it. A reader so slow that the outbox overflows is cut off, as Asterisk does.
/// </summary>
internal sealed class SimulatorSession(SimulatorServer server, Socket socket)
{
    private const int ActionLinesMax = 256;
    private readonly Channel<string> _outbox = Channel.CreateBounded<string>(
        new BoundedChannelOptions(server.Options.OutboxPackets) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private volatile bool _isLeaving;

    /// <summary>Null until the login is accepted.</summary>
    public SimulatedUser? User { get; set; }

    public string Challenge { get; set; } = "";
    public bool WantsEvents { get; set; } = true;
    public EventFilters Filters { get; } = new();
    public Task Ended { get; private set; } = Task.CompletedTask;
    public SimulatorOptions Options => server.Options;

    public void Start(Action ended) => Ended = Task.Run(async () =>
    {
        await Serve();
        ended();
    });

    /// <summary>Sends the event when this user may read it and no filter keeps it back.</summary>
    public void Tell(SimulatedEvent simulated)
    {
        if (User?.MayRead(simulated.ReadClass) == true && WantsEvents && Filters.Pass(simulated))
            Send(simulated.Text);
    }

    public void Send(string text)
    {
        if (!server.IsSilent && !_isLeaving && !_outbox.Writer.TryWrite(text))
            Close();
    }

    /// <summary>What is in the outbox still goes out, then the connection is closed: the end of a Logoff.</summary>
    public void CloseAfterSending()
    {
        _isLeaving = true;
        _outbox.Writer.TryComplete();
    }

    /// <summary>The connection breaks now.</summary>
    public void Close()
    {
        _outbox.Writer.TryComplete();
        socket.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            socket.NoDelay = true;
            await using var stream = await Open();
            Send(Options.Banner + "\r\n");
            var reading = Read(stream);
            await Write(stream);
            // A socket closed with something unread would take back what was just said: the client closes first.
            socket.Shutdown(SocketShutdown.Send);
            await reading;
        }
        catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            Close();
        }
    }

    private async Task<Stream> Open()
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (Options.Certificate is not { } certificate)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate });
        return secure;
    }

    // Action packet: "Name: value" lines, then an empty line, as in the other direction.
    private async Task Read(Stream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            var lines = new List<string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0 && lines.Count < ActionLinesMax)
                {
                    lines.Add(line);
                    continue;
                }
                if (lines.Count > 0)
                {
                    var action = new SimulatedAction(lines);
                    await server.Post(pbx => SimulatedActions.Answer(pbx, this, action));
                }
                lines.Clear();
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException or ChannelClosedException)
        {
            // The connection is over, whoever ended it.
        }
        _outbox.Writer.TryComplete();
    }

    private async Task Write(Stream stream)
    {
        await foreach (var text in _outbox.Reader.ReadAllAsync())
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>What a client asks for.</summary>
internal sealed class SimulatedAction(IEnumerable<string> lines)
{
    private readonly ILookup<string, string> _fields = lines
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2)
        .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);

    public string this[string name] => _fields[name].FirstOrDefault("");
}
