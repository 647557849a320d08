using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;

namespace ContactCenterCrm.Testing;

/// <summary>
/// Debian's mail server, run as nobody on a loopback port and a folder of its own. It takes mails from the user "crm" for four boxes: anna, boris,
/// boss, and later, which it asks to come another time until <see cref="OpenLater"/>. Its certificate is one that nobody signed.
/// </summary>
public sealed class EximHost : IAsyncDisposable
{
    public const string Username = "crm";
    public const string Password = "right horse";
    public const string Domain = "shop.test";

    const string Program = "/usr/sbin/exim4";
    readonly string folder;
    Process? process;

    EximHost(string folder, int port) => (this.folder, Port) = (folder, port);

    /// <summary>Why none can be started on this machine; null when one can.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program) ? "exim4 is not installed (tests/environment/install)"
        : IsRoot && !Command.Exists("setpriv") ? "there is no setpriv to run exim4 as nobody"
        : null;

    public int Port { get; }

    static bool IsRoot => Environment.UserName == "root";

    public static string AddressOf(string box) => $"{box}@{Domain}";

    public static async Task<EximHost> Start()
    {
        var host = new EximHost(Directory.CreateTempSubdirectory("crm-exim-").FullName, Loopback.FreePort());
        foreach (var part in new[] { "spool", "log", "box" })
            Directory.CreateDirectory(Path.Combine(host.folder, part));
        await File.WriteAllTextAsync(Path.Combine(host.folder, "tls.pem"), Certificate());
        await File.WriteAllTextAsync(Path.Combine(host.folder, "exim.conf"), host.Configuration(IsRoot ? "nogroup" : (await Command.Output("id", ["-gn"])).Trim()));
        await host.Boot();
        return host;
    }

    public async Task Boot()
    {
        if (IsRoot)
            await Command.Output("chown", ["-R", "nobody:nogroup", folder]);
        string[] exim = [Program, "-bdf", "-q1m", "-C", Path.Combine(folder, "exim.conf")];
        string[] command = IsRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. exim] : exim;
        process = Command.Server("TERM", Path.Combine(folder, "out"), command[0], command[1..], folder, removed: folder);
        await Until.True(() => IsUp(), $"exim accepts connections, see {folder}");
    }

    /// <summary>Nothing answers on its port any more, until <see cref="Boot"/>.</summary>
    public async Task Stop()
    {
        await Command.Output("kill", [(await File.ReadAllTextAsync(Path.Combine(folder, "exim.pid"))).Trim()]);
        await process!.WaitForExitAsync();
        await Command.End(process);
        process = null;
    }

    /// <summary>From now on the box "later" takes mails.</summary>
    public void OpenLater() => File.WriteAllText(Path.Combine(folder, "open"), "");

    /// <summary>What has arrived in a box, in the order of its coming.</summary>
    public IReadOnlyList<MimeMessage> Box(string box)
    {
        var arrived = new DirectoryInfo(Path.Combine(folder, "box", box, "new"));
        return arrived.Exists ? [.. arrived.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => MimeMessage.Load(file.FullName))] : [];
    }

    public Task<MimeMessage> Arrives(string box) => Arrives(box, 1);

    /// <summary>Waits until there are so many mails in a box; returns the last of them.</summary>
    public async Task<MimeMessage> Arrives(string box, int count)
    {
        await Until.True(() => Box(box).Count >= count, $"{count} mails arrive for {box}, see {folder}/log");
        return Box(box)[^1];
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await Command.End(process);
        process = null;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    async Task<bool> IsUp()
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"exim ended at once: {await File.ReadAllTextAsync(Path.Combine(folder, "out"))}");
        return await Loopback.Accepts(Port);
    }

    static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var year2020 = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(year2020, year2020.AddYears(100));
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    string Configuration(string group) => Template
        .Replace("@PORT@", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@DIR@", folder, StringComparison.Ordinal)
        .Replace("@USER@", IsRoot ? "nobody" : Environment.UserName, StringComparison.Ordinal)
        .Replace("@GROUP@", group, StringComparison.Ordinal)
        .Replace("@LOGIN@", Username, StringComparison.Ordinal)
        .Replace("@PASSWORD@", Password, StringComparison.Ordinal);

    // local_parts are listed because exim takes no name of a file from a mail.
    const string Template = """
        daemon_smtp_ports = @PORT@
        local_interfaces = 127.0.0.1
        spool_directory = @DIR@/spool
        log_file_path = @DIR@/log/%slog
        pid_file_path = @DIR@/exim.pid
        primary_hostname = mail.test
        exim_user = @USER@
        exim_group = @GROUP@
        keep_environment =
        never_users =
        deliver_drop_privilege = true
        tls_advertise_hosts = *
        tls_certificate = @DIR@/tls.pem
        acl_smtp_mail = sender
        acl_smtp_rcpt = recipient
        acl_smtp_data = content

        begin acl
        sender:
          deny    message = sign in first
                  !authenticated = *
          accept
        recipient:
          deny    message = no such person
                  local_parts = !anna : !boris : !boss : !later : *
          defer   message = come another time
                  local_parts = later
                  condition = ${if !exists{@DIR@/open}}
          accept
        content:
          accept

        begin routers
        boxes:
          driver = accept
          local_parts = anna : boris : boss : later
          transport = maildir

        begin transports
        maildir:
          driver = appendfile
          directory = @DIR@/box/$local_part_data
          create_directory
          maildir_format

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{@LOGIN@}}{eq{$auth3}{@PASSWORD@}}}}
          server_set_id = $auth2
        """;
}
