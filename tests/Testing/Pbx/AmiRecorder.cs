using System.Net.Sockets;
using System.Text;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>Keeps all that one AMI account hears, byte for byte, and can ask the PBX for something.</summary>
public sealed class AmiRecorder : IAsyncDisposable
{
    readonly TcpClient connection;
    readonly NetworkStream stream;
    readonly MemoryStream heard = new();
    readonly List<(long Offset, DateTimeOffset At)> arrivals = [];
    readonly Task reading;
    int lastAction;

    AmiRecorder(TcpClient connection)
    {
        this.connection = connection;
        stream = connection.GetStream();
        reading = Read();
    }

    /// <summary>The bytes so far.</summary>
    public byte[] Bytes
    {
        get
        {
            lock (heard)
                return heard.ToArray();
        }
    }

    /// <summary>The bytes so far, and when they came.</summary>
    public AmiRecording Recording
    {
        get
        {
            lock (heard)
                return new AmiRecording(heard.ToArray(), [.. arrivals]);
        }
    }

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Logs in and listens from now on.</summary>
    /// <param name="user"><see cref="AsteriskHost.AmiUser"/>, or <see cref="AsteriskHost.EverythingUser"/> who hears and may do all.</param>
    public static async Task<AmiRecorder> Start(AsteriskHost pbx, string user)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(pbx.Address, AsteriskHost.AmiPort);
        var recorder = new AmiRecorder(connection);
        await recorder.Ask("Login", ("Username", user), ("Secret", pbx.AmiSecret));
        return recorder;
    }

    /// <summary>Sends an action and waits until it is answered. What was sent before the answer has been heard then.</summary>
    public async Task Ask(string action, params (string Key, string Value)[] fields)
    {
        var id = $"test-{Interlocked.Increment(ref lastAction)}";
        var lines = fields.Prepend(("ActionID", id)).Prepend(("Action", action)).Select(field => $"{field.Item1}: {field.Item2}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines) + "\r\n"));
        await Until.True(() => Text.Contains($"ActionID: {id}\r\n", StringComparison.Ordinal), $"{action} is answered");
    }

    /// <summary>Cuts the line; what was heard stays.</summary>
    public async ValueTask DisposeAsync()
    {
        connection.Close();
        await reading;
        connection.Dispose();
    }

    async Task Read()
    {
        var buffer = new byte[65_536];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                lock (heard)
                {
                    arrivals.Add((heard.Length, TimeProvider.System.GetUtcNow()));
                    heard.Write(buffer, 0, count);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The PBX was killed, or the test is over: what was heard is what there is.
        }
    }
}
