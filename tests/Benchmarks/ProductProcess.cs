using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;

namespace ContactCenterCrm.Benchmarks;

/// <summary>The product as it is installed: a process of its own on a port of the loopback address.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    readonly Process leash;
    readonly string folder;

    ProductProcess(Process leash, string folder, Uri address, string key)
    {
        (this.leash, this.folder, Address) = (leash, folder, address);
        Admin = new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
    }

    public Uri Address { get; }

    /// <summary>A program that may do everything.</summary>
    public HttpClient Admin { get; }

    /// <summary>Of the product since its start.</summary>
    public TimeSpan ProcessorTime => Ours.TotalProcessorTime;

    /// <summary>Bytes of memory that the product has now; and that it had at most since <see cref="ForgetPeak"/> (proc_pid_status(5): VmRSS, VmHWM).</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var status = File.ReadAllLines($"/proc/{Ours.Id}/status").Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).ToLookup(words => words[0]);
            return (Bytes("VmRSS"), Bytes("VmHWM"));

            long Bytes(string name) => 1024 * long.Parse(status[name].Single()[1], CultureInfo.InvariantCulture);
        }
    }

    Process Ours => Process.GetProcessesByName("dotnet").Single(IsOurs);

    public static async Task<ProductProcess> Start(Install install, string key)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Loopback.FreePort()}");
        var program = Path.Combine(AppContext.BaseDirectory, "ContactCenterCrm.Server.dll");
        string[] arguments =
        [
            program, "--data", install.Folder, "--urls", address, "--set", "Log:Level=Warning",
            "--set", $"Database:Engine={install.Options.Engine}", "--set", $"Database:ConnectionString={install.Options.ConnectionString}",
        ];
        var product = new ProductProcess(Command.Server("TERM", Path.Combine(install.Folder, "product.log"), "dotnet", arguments, install.Folder), install.Folder, new(address), key);
        await Until.True(product.Answers, $"the product answers, see {install.Folder}/product.log");
        return product;
    }

    /// <summary>Links the product to a PBX and waits until the line is up.</summary>
    public async Task ConnectTo(SimulatorServer pbx, string name, string trunk)
    {
        var user = new SimulatorOptions().Users[0];
        var link = new PbxLinkEdit { Name = name, Host = "127.0.0.1", Port = pbx.Port, Username = user.Name, Secret = user.Secret, Trunks = [trunk], Region = "RU" };
        (await Admin.PostAsJsonAsync("/api/pbx/links", link)).EnsureSuccessStatusCode();
        await Admin.LinkIs(name, "up");
    }

    /// <summary>The mean of what the product measured itself, by the beginning of the histogram's name at /metrics.</summary>
    public async Task<double> Mean(string histogram)
    {
        var lines = (await Admin.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith(histogram, StringComparison.Ordinal)).ToList();
        return Value("_sum{") / Value("_count{");

        double Value(string part) => double.Parse(
            lines.Single(line => line.Contains(part, StringComparison.Ordinal)).Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>proc_pid_clear_refs(5): 5 sets the peak to what is there now.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{Ours.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Command.End(leash);
    }

    async Task<bool> Answers()
    {
        try
        {
            return (await Admin.GetAsync("/api/pbx/links")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    bool IsOurs(Process process) => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(folder, StringComparison.Ordinal);
}
