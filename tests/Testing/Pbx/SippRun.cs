using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>One process of SIPp, playing one of our scenarios at one address.</summary>
sealed class SippRun : IAsyncDisposable
{
    readonly Process process;
    readonly string files;

    SippRun(Process process, string files)
    {
        this.process = process;
        this.files = files;
    }

    /// <summary>The calls so far, oldest first.</summary>
    public IReadOnlyList<SipCall> Calls => File.Exists(files + ".log") ? SipCall.ReadLog(File.ReadLines(files + ".log")) : [];

    /// <summary>The calls that were answered so far, oldest first.</summary>
    public IReadOnlyList<SipDialog> Dialogs => File.Exists(files + ".msg") ? SipDialog.ReadLog(File.ReadAllText(files + ".msg")) : [];

    /// <summary>Answers calls at a port until it is ended. Returns when it listens.</summary>
    public static async Task<SippRun> Listen(AsteriskHost pbx, string name, string scenario, string here)
    {
        var run = Start(pbx, name, scenario, here, AsteriskHost.SipPort, []);
        await Until.True(() => run.process.HasExited || Listens(here, AsteriskHost.SipPort), $"the SIP phone {name} listens");
        return run.process.HasExited ? throw new InvalidOperationException($"sipp ended at once: {run.Errors}") : run;
    }

    /// <summary>Plays a scenario once, from <paramref name="here"/>.</summary>
    public static SippRun Once(AsteriskHost pbx, string name, string scenario, string here, int port) =>
        Start(pbx, name, scenario, here, port, ["-m", "1"]);

    /// <summary>Waits until the scenario has been played to its end.</summary>
    /// <exception cref="InvalidOperationException">It ran otherwise than written; the message holds SIPp's words.</exception>
    public async Task Played()
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"sipp ended with {process.ExitCode}: {Errors}");
    }

    public async ValueTask DisposeAsync() => await Command.End(process);

    string Errors => File.Exists(files + ".err") ? File.ReadAllText(files + ".err") : "(it said nothing)";

    static SippRun Start(AsteriskHost pbx, string name, string scenario, string here, int port, IEnumerable<string> more)
    {
        var files = Path.Combine(pbx.SipFolder, $"{name}-{Guid.NewGuid():n}");
        File.WriteAllText(files + ".xml", scenario);
        string[] arguments =
        [
            pbx.Address, "-sf", files + ".xml", "-i", here, "-p", $"{port}", "-mi", here,
            // Its remote control too stays on this address. -aa: NOTIFY, OPTIONS, INFO and UPDATE that a scenario does not expect are answered.
            "-ci", here, "-aa", "-nostdin",
            "-trace_shortmsg", "-shortmessage_file", files + ".log", "-trace_msg", "-message_file", files + ".msg",
            "-trace_err", "-error_file", files + ".err",
            .. more,
        ];
        return new SippRun(Command.Server("TERM", files + ".out", "sipp", arguments, pbx.SipFolder), files);
    }

    // /proc/net/udp: "sl local_address ..." with the address as hexadecimal of its bytes in this machine's order, a colon, the port.
    static bool Listens(string here, int port)
    {
        var bytes = BitConverter.ToUInt32(IPAddress.Parse(here).GetAddressBytes());
        var local = string.Create(CultureInfo.InvariantCulture, $" {bytes:X8}:{port:X4} ");
        return File.ReadLines("/proc/net/udp").Any(line => line.Contains(local, StringComparison.Ordinal));
    }
}
