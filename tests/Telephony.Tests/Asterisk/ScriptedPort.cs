using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

/// <summary>A port on the loopback address that says exactly what a test wants, byte by byte. Actions are answered with Success.</summary>
internal sealed class ScriptedPort : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _greeting;
    private readonly bool _answers;
    private readonly Task _accepting;
    private volatile NetworkStream? _stream;
    private TaskCompletionSource<NetworkStream> _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedPort(string greeting = "Asterisk Call Manager/11.0.0\r\n", bool answers = true)
    {
        (_greeting, _answers) = (greeting, answers);
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The actions that came, with their fields.</summary>
    public List<string> Actions { get; } = [];

    /// <summary>Says this as soon as a client has taken its snapshot.</summary>
    public async Task Say(string text, CancellationToken cancel)
    {
        var stream = await _loggedIn.Task.WaitAsync(cancel);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
    }

    public void Cut()
    {
        _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stream?.Socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        _stream?.Socket.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(Serve(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task Serve(Socket socket)
    {
        try
        {
            var stream = new NetworkStream(socket, ownsSocket: true);
            _stream = stream;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_greeting));
            using var reader = new StreamReader(stream);
            var action = new StringBuilder();
            while (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                if (line.Length > 0)
                {
                    action.Append(line).Append('\n');
                    continue;
                }
                Actions.Add(action.ToString());
                if (_answers)
                    await Answer(stream, action.ToString());
                action.Clear();
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side, or the test, has had enough.
        }
    }

    private async Task Answer(NetworkStream stream, string action)
    {
        var id = action.Split('\n').First(line => line.StartsWith("ActionID: ", StringComparison.Ordinal));
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"Response: Success\r\n{id}\r\nChallenge: 1\r\n\r\n"));
        if (action.StartsWith("Action: CoreShowChannels", StringComparison.Ordinal))
            _loggedIn.TrySetResult(stream);
    }
}
