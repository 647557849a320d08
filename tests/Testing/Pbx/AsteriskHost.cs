using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>
/// A real Asterisk that runs on the files of asterisk-config/, installed by the very script that an admin runs. Each one has its
/// own loopback network 127.x.y.0/24 with the usual ports (the PBX is .1, the provider .2, extension 101 is .101), so any number
/// of them run side by side.
/// </summary>
public sealed class AsteriskHost : IAsyncDisposable
{
    /// <summary>The account of manager.conf, with its rights and filters.</summary>
    public const string AmiUser = "crm";

    /// <summary>An account of the tests' own, with the same secret, that hears everything and may do everything.</summary>
    public const string EverythingUser = "everything";

    public const int AmiPort = 5038;
    public const int AmiTlsPort = 5039;
    public const int SipPort = 5060;

    readonly string name;
    readonly string network;
    readonly Dictionary<string, SipPhone> phones = [];
    Process? process;

    AsteriskHost(string name, string network)
    {
        this.name = name;
        this.network = network;
        Trunk = new SipTrunk(this, $"{network}.2");
    }

    /// <summary>Why no Asterisk can be started on this machine; null when one can.</summary>
    public static string? Missing { get; } =
        !Directory.Exists(Path.Combine(Tree, "srv")) ? $"there is no Asterisk in {Tree} (tests/environment/install makes it)"
        : !Command.CanBeRoot ? "Asterisk runs in a tree of its own, which takes root or passwordless sudo"
        : !Command.Exists("sipp") ? "sipp is not installed (tests/environment/install)"
        : null;

    public string Address => $"{network}.1";
    public string AmiSecret { get; private set; } = "";

    /// <summary>The provider: callers from outside, and the phones that agents call.</summary>
    public SipTrunk Trunk { get; }

    /// <summary>Where this Asterisk keeps its files: etc, log, spool (recordings below spool/monitor), and the logs of SIPp.</summary>
    public string Folder => Path.Combine(Tree, "srv", name);

    /// <summary>The same folder as Asterisk sees it, from inside its tree.</summary>
    public string FolderInside => $"/srv/{name}";

    /// <summary>What Asterisk wrote into its log so far, for the message of a test that failed.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    static string Tree => Path.Combine(TestCache.Folder, "asterisk");

    string LogFile => Path.Combine(Folder, "log", "messages.log");

    /// <summary>Installs the configuration into a folder of its own, starts, and waits until AMI accepts the CRM's login.</summary>
    /// <param name="settings">What differs from settings.example, beside addresses and secrets.</param>
    /// <param name="systemName">Asterisk's own name, which then stands before every id; empty as on a fresh PBX.</param>
    public static async Task<AsteriskHost> Start(IReadOnlyDictionary<string, string>? settings = null, string systemName = "")
    {
        var host = new AsteriskHost($"test-{Guid.NewGuid():n}", $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(256)}");
        try
        {
            await host.Install(settings ?? new Dictionary<string, string>(), systemName);
            await host.Boot();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same with the relay installed: what it records goes into the relay's spool.</summary>
    public static Task<AsteriskHost> StartWithRelay() =>
        Start(new Dictionary<string, string> { ["RELAY_FOLDER"] = "@FOLDER@/relay", ["RELAY_SPOOL"] = "@FOLDER@/relay-spool" });

    /// <summary>The relay of <see cref="StartWithRelay"/>, not started, at a PBX that the CRM knows under this name.</summary>
    public async Task<RelayScript> Relay(RunningServer crm, HttpClient admin, string pbx)
    {
        var relay = new RelayScript(Folder) { CelFile = Path.Combine(Folder, "log", "cel-custom", "crm.csv"), PauseSeconds = 1 };
        await relay.Point(crm.Address, await RelayScript.NewToken(admin, pbx));
        return relay;
    }

    /// <summary>The phone of an extension, 101 to 105: not registered until it is told to.</summary>
    public SipPhone Phone(string extension) =>
        phones.TryGetValue(extension, out var phone)
            ? phone
            : phones[extension] = new SipPhone(this, extension, $"{network}.{extension}", Setting($"PHONE_SECRET_{extension}"));

    /// <summary>Runs a command of Asterisk's console.</summary>
    public Task<string> Console(string command) =>
        Command.OutputAsRoot("chroot", [Tree, "asterisk", "-C", $"{FolderInside}/etc/asterisk.conf", "-rx", command]);

    /// <summary>Starts again after <see cref="Stop"/> or <see cref="Kill"/>: same files, same addresses; phones must register anew.</summary>
    public async Task Boot()
    {
        var (program, arguments) = Command.AsRoot(
            "chroot", ["--userspec=asterisk:asterisk", Tree, "asterisk", "-f", "-q", "-n", "-C", $"{FolderInside}/etc/asterisk.conf"]);
        process = Command.Server("TERM", Path.Combine(Folder, "asterisk.out"), program, arguments, Folder);
        try
        {
            await Until.True(() => IsUp(), "Asterisk has booted and its AMI accepts the login");
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"Asterisk did not start: {e.Message}\n{Log}", e);
        }
    }

    /// <summary>As an admin stops it: calls end, Shutdown is announced.</summary>
    public async Task Stop()
    {
        await Console("core stop now");
        await process!.WaitForExitAsync();
        await Gone();
    }

    /// <summary>As the power cut does: nothing is announced, to nobody.</summary>
    public async Task Kill()
    {
        var id = (await File.ReadAllTextAsync(Path.Combine(Folder, "run", "asterisk.pid"))).Trim();
        await Command.OutputAsRoot("kill", ["-KILL", id]);
        await Gone();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in phones.Values)
            await phone.DisposeAsync();
        await Trunk.DisposeAsync();
        await Gone();
        // Asterisk's own files belong to its user.
        if (Directory.Exists(Folder))
            await Command.OutputAsRoot("rm", ["-rf", Folder]);
    }

    internal string SipFolder => Directory.CreateDirectory(Path.Combine(Folder, "sip")).FullName;

    async Task Install(IReadOnlyDictionary<string, string> settings, string systemName)
    {
        foreach (var part in (string[])["lib", "log/cdr-custom", "log/cel-custom", "run", "spool"])
            Directory.CreateDirectory(Path.Combine(Folder, part));
        // As on a Debian machine: its own /etc/asterisk, into which the admin installs ours.
        await Command.Output("cp", ["-r", Path.Combine(Tree, "etc", "asterisk"), Etc]);
        await File.WriteAllTextAsync(SettingsFile, await Settings(settings));
        await Command.Output("env", [$"DESTDIR={Tree}", Repository.File("asterisk-config", "install"), SettingsFile, Etc]);
        AmiSecret = Setting("AMI_SECRET");

        var modules = Path.GetRelativePath(Tree, Directory.GetDirectories(Path.Combine(Tree, "usr", "lib"), "*-linux-gnu*").First(HasModules));
        var asterisk = (await Ours("asterisk.conf"))
            .Replace("@FOLDER@", FolderInside).Replace("@MODULES@", $"/{modules}/asterisk/modules").Replace("@SYSTEM_NAME@", systemName);
        await File.WriteAllTextAsync(Path.Combine(Etc, "asterisk.conf"), asterisk);
        await File.WriteAllTextAsync(Path.Combine(Etc, "manager.d", "everything.conf"), $"""
            [{EverythingUser}]
            secret = {AmiSecret}
            read = all
            write = all
            writetimeout = 10000
            """);
        // Behind the last line of Debian's file is an empty section; ours go into the one that counts.
        var debian = await File.ReadAllTextAsync(Path.Combine(Etc, "modules.conf"));
        await File.WriteAllTextAsync(
            Path.Combine(Etc, "modules.conf"), debian.Replace("[modules]", "[modules]\n" + await Ours("modules.conf")));
        await Command.Output("chmod", ["-R", "a+rwX", Folder]);
    }

    static bool HasModules(string folder) => Directory.Exists(Path.Combine(folder, "asterisk", "modules"));

    static Task<string> Ours(string file) =>
        File.ReadAllTextAsync(Repository.File("tests", "Testing", "Pbx", file));

    string Etc => Path.Combine(Folder, "etc");
    string SettingsFile => Path.Combine(Folder, "settings");

    async Task<string> Settings(IReadOnlyDictionary<string, string> changes)
    {
        var settings = await File.ReadAllTextAsync(Repository.File("asterisk-config", "settings.example"));
        // Phones of tests speak when they are asked to, not when the PBX asks whether they live.
        var needed = new Dictionary<string, string>
        {
            ["AMI_ADDRESS"] = Address,
            ["SIP_ADDRESS"] = Address,
            ["TRUNK_HOST"] = Trunk.Address,
            ["PHONE_QUALIFY_SECONDS"] = "0",
        };
        foreach (var (key, value) in needed.Concat(changes))
        {
            var line = new Regex($"^{key}=.*$", RegexOptions.Multiline);
            if (!line.IsMatch(settings))
                throw new ArgumentException($"settings.example has no {key}", nameof(changes));
            settings = line.Replace(settings, $"{key}={value.Replace("@FOLDER@", FolderInside)}");
        }
        return settings;
    }

    string Setting(string key) =>
        File.ReadLines(SettingsFile).Single(line => line.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    async Task<bool> IsUp()
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"Asterisk ended at once:\n{await File.ReadAllTextAsync(Path.Combine(Folder, "asterisk.out"))}\n{Log}");
        // The control socket comes first, then the console's answer; a port alone may be somebody else's.
        if (!File.Exists(Path.Combine(Folder, "run", "asterisk.ctl")))
            return false;
        try
        {
            return (await Console("core waitfullybooted")).Contains("fully booted") && await AcceptsLogin();
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    async Task<bool> AcceptsLogin()
    {
        try
        {
            using var ami = new TcpClient();
            await ami.ConnectAsync(Address, AmiPort);
            await using var stream = ami.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"Action: Login\r\nUsername: {AmiUser}\r\nSecret: {AmiSecret}\r\nEvents: off\r\n\r\nAction: Logoff\r\n\r\n"));
            using var reader = new StreamReader(stream);
            return (await reader.ReadToEndAsync()).Contains("Response: Success");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    async Task Gone()
    {
        if (process is null)
            return;
        await Command.End(process);
        process = null;
        // What a killed one leaves behind must not be taken for a sign of life of the next one.
        await Command.OutputAsRoot("rm", ["-f", Path.Combine(Folder, "run", "asterisk.ctl"), Path.Combine(Folder, "run", "asterisk.pid")]);
    }
}
