using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// A process that writes AMI events to one reader as fast as its socket takes them: 2 000 outbound calls of 12 events (Newchannel,
/// VarSet, Newstate, DialBegin, Hangup; 465 bytes each on average), in blocks of 100. It prints the port that it listens on.
/// </summary>
internal static class AmiFlood
{
    const int Calls = 2000;
    const int BlockSize = 100;

    public static async Task<int> Serve(int count)
    {
        var blocks = Events().Chunk(BlockSize).Select(block => block.SelectMany(bytes => bytes).ToArray()).ToArray();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        using var socket = await listener.AcceptSocketAsync();
        socket.NoDelay = true;
        await socket.SendAsync("Asterisk Call Manager/11.0.0\r\n"u8.ToArray());
        for (var sent = 0; sent < count; sent += BlockSize)
            await Send(socket, blocks[sent / BlockSize % blocks.Length]);
        socket.Shutdown(SocketShutdown.Send);
        return 0;
    }

    /// <summary>Starts a flood in a process of its own and connects to it.</summary>
    public static async Task<(Process Process, Socket Socket)> Connect(int count)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["flood", count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var port = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 1 << 20 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return (process, socket);
    }

    static async Task Send(Socket socket, byte[] block)
    {
        for (var offset = 0; offset < block.Length;)
            offset += await socket.SendAsync(block.AsMemory(offset));
    }

    static IEnumerable<byte[]> Events()
    {
        var random = new Random(7);
        for (var call = 0; call < Calls; call++)
        {
            foreach (var text in CallEvents(call, random.Next(1_000_000, 9_999_999)))
                yield return Encoding.UTF8.GetBytes(text + "\r\n");
        }
    }

    static IEnumerable<string> CallEvents(int call, int subscriber)
    {
        var (first, second) = ($"17000{call:D5}.{call * 2}", $"17000{call:D5}.{call * 2 + 1}");
        var (agent, number) = (100 + call % 200, $"1555{subscriber}");
        string Channel(string prefix, string name, string id, int state, string words) =>
            $"{prefix}Channel: {name}\r\n{prefix}ChannelState: {state}\r\n{prefix}ChannelStateDesc: {words}\r\n{prefix}CallerIDNum: {agent}\r\n"
            + $"{prefix}CallerIDName: Agent {call % 200}\r\n{prefix}ConnectedLineNum: {number}\r\n{prefix}ConnectedLineName: <unknown>\r\n"
            + $"{prefix}Language: en\r\n{prefix}AccountCode: \r\n{prefix}Context: from-internal\r\n{prefix}Exten: {number}\r\n"
            + $"{prefix}Priority: 1\r\n{prefix}Uniqueid: {id}\r\n{prefix}Linkedid: {first}\r\n";
        string Head(string name, string privilege) =>
            $"Event: {name}\r\nPrivilege: {privilege},all\r\nSystemName: pbx01.example.net\r\nTimestamp: 1700000000.123456\r\n";
        string Agent(int state, string words) => Channel("", $"PJSIP/{agent}-{call:x8}", first, state, words);
        string Trunk(string prefix, int state, string words) => Channel(prefix, $"PJSIP/trunk-{call:x8}", second, state, words);

        yield return Head("Newchannel", "call") + Agent(0, "Down");
        foreach (var (variable, value) in new[] { ("DIALEDPEERNUMBER", number), ("CDR(direction)", "out"), ("__CRM_ID", "c" + call) })
            yield return Head("VarSet", "dialplan") + Agent(4, "Ring") + $"Variable: {variable}\r\nValue: {value}\r\n";
        yield return Head("Newstate", "call") + Agent(4, "Ring");
        yield return Head("Newchannel", "call") + Trunk("", 0, "Down");
        yield return Head("DialBegin", "call") + Agent(4, "Ring") + Trunk("Dest", 0, "Down") + $"DialString: trunk/{number}\r\n";
        yield return Head("Newstate", "call") + Trunk("", 5, "Ringing");
        yield return Head("Newstate", "call") + Trunk("", 6, "Up");
        yield return Head("Newstate", "call") + Agent(6, "Up");
        yield return Head("Hangup", "call") + Trunk("", 6, "Up") + "Cause: 16\r\nCause-txt: Normal Clearing\r\n";
        yield return Head("Hangup", "call") + Agent(6, "Up") + "Cause: 16\r\nCause-txt: Normal Clearing\r\n";
    }
}
