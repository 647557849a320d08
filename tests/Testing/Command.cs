using System.Diagnostics;

namespace ContactCenterCrm.Testing;

/// <summary>Programs that tests run: to the end, or as servers that never outlive the test run.</summary>
public static class Command
{
    static readonly bool isRoot = Environment.UserName == "root";
    static readonly Lazy<bool> canBeRoot = new(() => isRoot || (Exists("sudo") && SucceedsNow("sudo", "-n", "true")));

    /// <summary>These tests run as root, or may become root without being asked.</summary>
    public static bool CanBeRoot => canBeRoot.Value;

    /// <summary>The output of a program that ends by itself.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> Output(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {output}{await errors}");
    }

    public static Task<string> OutputAsRoot(string program, IEnumerable<string> arguments)
    {
        var (first, rest) = AsRoot(program, arguments);
        return Output(first, rest);
    }

    /// <summary>The same command as root, by sudo where the tests run as somebody else.</summary>
    public static (string Program, IEnumerable<string> Arguments) AsRoot(string program, IEnumerable<string> arguments) =>
        isRoot ? (program, arguments) : ("sudo", ["-n", program, .. arguments]);

    /// <summary>
    /// Starts a server. It ends with <paramref name="signal"/> when the returned process' standard input closes, and that happens
    /// by itself when the test run ends, even if it was killed. What it prints goes to <paramref name="log"/>.
    /// </summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="removed">A folder that goes when the server is ended, not when it ends by itself.</param>
    public static Process Server(string signal, string log, string program, IEnumerable<string> arguments, string folder, string removed = "")
    {
        string[] leash =
            ["-c", "exec \"$0\" \"${@:2}\" >\"$1\" 2>&1", Repository.File("tests", "environment", "leash"), log, signal, removed, program, .. arguments];
        var start = new ProcessStartInfo("bash", leash) { RedirectStandardInput = true, WorkingDirectory = folder };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    /// <summary>Ends a server that <see cref="Server"/> started, and waits until it is gone.</summary>
    public static async Task End(Process server)
    {
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    static bool SucceedsNow(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Whether a program ends well.</summary>
    public static async Task<bool> Succeeds(string program, IEnumerable<string> arguments)
    {
        try
        {
            await Output(program, arguments);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Whether a program can be found, as a shell would find it.</summary>
    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
