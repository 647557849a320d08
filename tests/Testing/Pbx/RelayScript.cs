using System.Diagnostics;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>The relay that asterisk-config puts on a PBX: the very script, with settings of the test's.</summary>
public sealed class RelayScript : IAsyncDisposable
{
    readonly string settings;
    Process? running;

    /// <param name="folder">Where it keeps its settings and its spool; the diaries lie there, too.</param>
    public RelayScript(string folder)
    {
        Folder = folder;
        settings = Path.Combine(folder, "relay-settings");
        Directory.CreateDirectory(Spool);
    }

    public string Folder { get; }

    /// <summary>Where files wait.</summary>
    public string Spool => Path.Combine(Folder, "relay-spool");

    public string CelFile { get; init; } = "";

    /// <summary>Between two rounds, and the first wait of what failed. 0 is for rounds one by one.</summary>
    public int PauseSeconds { get; init; }

    /// <summary>What the script's curl sends at most, in bytes a second. Null: as fast as it goes.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>What is in the spool, apart from what was refused.</summary>
    public IReadOnlyList<string> Waiting => [.. Directory.EnumerateFiles(Spool, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/refused/"))];

    public IReadOnlyList<string> Refused =>
        Directory.Exists(Path.Combine(Spool, "refused")) ? [.. Directory.EnumerateFiles(Path.Combine(Spool, "refused"))] : [];

    /// <summary>Where the CRM is, and the token for it.</summary>
    public Task Point(Uri crm, string token) => Point(crm.AbsoluteUri.TrimEnd('/'), token);

    /// <inheritdoc cref="Point(Uri, string)"/>
    public Task Point(string crm, string token) => File.WriteAllTextAsync(settings, $"""
        CRM_URL='{crm}'
        CRM_TOKEN='{token}'
        SPOOL='{Spool}'
        CEL_FILE='{CelFile}'
        CDR_FILE=''
        PAUSE={PauseSeconds}

        """);

    /// <summary>What a shell needs to run the script: <c>CRM_RELAY_CONF=… "$RELAY" once</c>.</summary>
    public IReadOnlyList<string> Environment => [$"CRM_RELAY_CONF={settings}", $"CURL_HOME={Folder}", $"RELAY={Script}", $"SPOOL={Spool}"];

    /// <summary>As a PBX does when a file is finished.</summary>
    public Task Keep(string kind, string file, string leg, string call) => Run("keep", kind, file, leg, call);

    /// <summary>One round. Returns the exit code and what it said.</summary>
    public async Task<(int ExitCode, string Words)> Once()
    {
        await Slow();
        var start = new ProcessStartInfo("env", [.. Environment, "sh", Script, "once"]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, words);
    }

    /// <summary>Round after round, as the PBX's systemd lets it run, until this object goes.</summary>
    public async Task Start()
    {
        await Slow();
        // Its files are Asterisk's user's.
        var (program, arguments) = Command.AsRoot("env", [.. Environment, "sh", Script, "run"]);
        running = Command.Server("TERM", Path.Combine(Folder, "relay.log"), program, arguments, Folder);
    }

    /// <summary>The machine falls: nothing of the script is left, whatever it was doing.</summary>
    public async Task Kill()
    {
        await DisposeAsync();
        // It is the only curl that sends in this test's name.
        await Command.OutputAsRoot("sh", ["-c", "grep -lz \"^CURL_HOME=$1$\" /proc/[0-9]*/environ 2>/dev/null | grep -o '[0-9]*' | xargs -r kill -KILL", "sh", Folder]);
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await Command.End(running);
        running = null;
    }

    /// <summary>A token for the relay of this PBX, as an admin makes one.</summary>
    public static async Task<string> NewToken(HttpClient admin, string pbx)
    {
        using var response = await admin.PostAsJsonAsync("/api/pbx/relay-tokens", new RelayTokenEdit { Pbx = pbx });
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<NewRelayToken>())!.Token;
    }

    static string Script => Repository.File("asterisk-config", "relay", "crm-relay");

    Task<string> Run(params string[] arguments) => Command.Output("env", [.. Environment, "sh", Script, .. arguments]);

    Task Slow() => BytesPerSecond is { } rate ? File.WriteAllTextAsync(Path.Combine(Folder, ".curlrc"), $"limit-rate = {rate}\n") : Task.CompletedTask;
}
