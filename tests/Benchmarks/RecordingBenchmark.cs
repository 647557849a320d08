using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// How much memory a long recording takes in the product, which runs in a process of its own on SQLite and a folder: while it is uploaded as a
/// relay does, while it is played from its beginning to its end, and while somebody jumps about in it. A short recording has gone both ways
/// before, so that the code is there already.
/// </summary>
internal sealed class RecordingBenchmark : IDisposable
{
    const int Jumps = 300;
    const int JumpBytes = 256 * 1024;

    readonly Database database;
    readonly ProductProcess product;
    readonly HttpClient relay;
    readonly HttpClient listener = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

    RecordingBenchmark(Database database, ProductProcess product, string token)
    {
        (this.database, this.product) = (database, product);
        relay = new() { BaseAddress = product.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        listener.BaseAddress = product.Address;
    }

    public static async Task<int> Run(string[] args)
    {
        var minutes = args is [var told, ..] ? int.Parse(told, CultureInfo.InvariantCulture) : 60;
        await using var install = await Install.New(Engine.Sqlite, agents: 0);
        await new AgentStore(install.Database, install.Ids, TimeProvider.System).Add("boss", "boss", Roles.Manager, PasswordCheck.Hash(RunningServer.Password), isActive: true, CancellationToken.None);
        var (_, key) = await new ApiKeyStore(install.Database, install.Ids, TimeProvider.System).Create("benchmark", Roles.Admin, CancellationToken.None);
        await using var product = await ProductProcess.Start(install, key);
        var link = new PbxLinkEdit { Name = "office", Host = "127.0.0.1", Username = "crm", Secret = "secret", IsEnabled = false };
        (await product.Admin.PostAsJsonAsync("/api/pbx/links", link)).EnsureSuccessStatusCode();
        using var benchmark = new RecordingBenchmark(install.Database, product, await RelayScript.NewToken(product.Admin, "office"));
        (await benchmark.listener.PostAsJsonAsync("/api/sign-in", new SignIn { Login = "boss", Password = RunningServer.Password })).EnsureSuccessStatusCode();
        var first = await benchmark.Upload("1.1", RecordedSound.Talk(30));
        await benchmark.Play(first);
        await benchmark.Jump(first);
        await benchmark.Measure(RecordedSound.Talk(minutes * 60));
        return 0;
    }

    public void Dispose()
    {
        relay.Dispose();
        listener.Dispose();
    }

    async Task Measure(byte[] sound)
    {
        Console.WriteLine($"a recording of {Mega(sound.Length)}; the product has {Mega(product.Memory.Now)}");
        long id = 0;
        await Watched("uploaded", async () => id = await Upload("2.1", sound));
        await Watched("played to its end", () => Play(id));
        await Watched($"{Jumps} jumps", () => Jump(id));
    }

    async Task Watched(string what, Func<Task> act)
    {
        product.ForgetPeak();
        var before = product.Memory.Now;
        var from = Stopwatch.GetTimestamp();
        await act();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {Mega(product.Memory.Peak - before)} more at most, {Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s"));
    }

    async Task<long> Upload(string leg, byte[] sound)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/relay/recordings")
        {
            Content = new ByteArrayContent(sound),
            Headers = { { "X-Recording-Leg", leg }, { "X-Recording-File", $"/monitor/{leg}.wav" } },
        };
        using var response = await relay.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await using var session = await database.Read(CancellationToken.None);
        return (await session.QueryFirst<long>(new("SELECT id FROM recording WHERE leg_id = @leg"), new { leg }, CancellationToken.None))!;
    }

    async Task Play(long recording)
    {
        await using var sound = await (await Ticket(recording)).Content.ReadAsStreamAsync();
        await sound.CopyToAsync(Stream.Null);
    }

    async Task Jump(long recording)
    {
        using var whole = await Ticket(recording);
        var (url, length) = (whole.RequestMessage!.RequestUri!, whole.Content.Headers.ContentLength!.Value);
        var random = new Random(7);
        for (var i = 0; i < Jumps; i++)
        {
            var at = random.NextInt64(length);
            using var part = await listener.SendAsync(new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(at, at + JumpBytes) } });
            if (part.StatusCode != HttpStatusCode.PartialContent)
                throw new InvalidOperationException($"{part.StatusCode}");
        }
    }

    async Task<HttpResponseMessage> Ticket(long recording)
    {
        using var response = (await listener.PostAsync($"/api/recordings/{recording}/play", null)).EnsureSuccessStatusCode();
        var ticket = (await response.Content.ReadFromJsonAsync<RecordingTicket>())!;
        return (await listener.GetAsync(ticket.Url, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    static string Mega(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
