using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>The product's own line to a real Asterisk: it gets in, says why when it does not, and comes back.</summary>
[Category("RealAsterisk")]
[Parallelizable(ParallelScope.All)]
sealed class LineTests
{
    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    [OneTimeSetUp]
    public void RequireAsterisk()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
    }

    [Test]
    public async Task Account_of_manager_conf_lacks_nothing()
    {
        await using var pbx = await AsteriskHost.Start();
        await using var line = new Line(pbx);

        var up = await line.Becomes(AmiLinkStatus.Up);

        Assert.Multiple(() =>
        {
            Assert.That(up.PbxVersion, Does.StartWith("22."));
            Assert.That(up.Problem, Is.Null);
            Assert.That(up.MissingPrivileges, Is.Empty);
        });
    }

    [Test]
    public async Task Account_that_may_set_filters_hears_calls_and_nothing_else()
    {
        await using var pbx = await AsteriskHost.Start();
        await using var line = new Line(pbx, options => options with { Username = AsteriskHost.EverythingUser });
        var up = await line.Becomes(AmiLinkStatus.Up);
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: second));
        var truth = await pbx.Trunk.Call(new("74951234501") { Talk = 2 * second });
        await Until.True(() => line.Calls.Count == 1 && !line.Calls[0].IsLive, "the call has ended");

        Assert.Multiple(() =>
        {
            Assert.That(up.Detail, Is.Null, "the PBX accepts every filter");
            Assert.That(line.Calls[0].TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(0.75));
            Assert.That(line.Calls[0].Recordings, Has.Length.EqualTo(1), "the file's name comes in a VarSet");
            Assert.That(line.EventsSeen, Is.LessThan(50), "of more than a hundred");
        });
    }

    [Test]
    public async Task Wrong_secret_is_told()
    {
        await using var pbx = await AsteriskHost.Start();
        await using var line = new Line(pbx, options => options with { Secret = "wrong" });

        Assert.That((await line.Becomes(AmiLinkStatus.Down)).Problem, Is.EqualTo(AmiProblem.WrongSecret));
    }

    [Test]
    public async Task Address_that_is_not_permitted_gets_the_words_of_a_wrong_secret()
    {
        await using var pbx = await AsteriskHost.Start();
        var manager = Path.Combine(pbx.Folder, "etc", "manager.conf");
        await File.WriteAllTextAsync(manager, (await File.ReadAllTextAsync(manager)).Replace("permit = 127.0.0.1", "permit = 192.0.2.1"));
        await pbx.Console("manager reload");
        await using var line = new Line(pbx);

        Assert.That((await line.Becomes(AmiLinkStatus.Down)).Problem, Is.EqualTo(AmiProblem.WrongSecret));
    }

    [Test]
    public async Task Tls_port_takes_tls_and_nothing_else()
    {
        await using var pbx = await AsteriskHost.Start();
        var etc = Path.Combine(pbx.Folder, "etc");
        await File.WriteAllTextAsync(Path.Combine(etc, "ami.pem"), CertificateAndKey());
        var manager = Path.Combine(etc, "manager.conf");
        await File.WriteAllTextAsync(manager, (await File.ReadAllTextAsync(manager))
            .Replace("tlsenable = no", "tlsenable = yes").Replace("/etc/asterisk/keys/ami.pem", $"{pbx.FolderInside}/etc/ami.pem"));
        await pbx.Console("manager reload");

        await using var secure = new Line(pbx, options => options with { Port = AsteriskHost.AmiTlsPort, UseTls = true, Trust = AmiCertificateTrust.Anyone });
        await using var plain = new Line(pbx, options => options with { Port = AsteriskHost.AmiTlsPort, StepTimeout = second });

        Assert.That((await secure.Becomes(AmiLinkStatus.Up)).Problem, Is.Null);
        Assert.That((await plain.Becomes(AmiLinkStatus.Down)).Problem, Is.EqualTo(AmiProblem.TlsMismatch));
    }

    [Test]
    public async Task Line_comes_back_after_the_pbx_was_killed_and_calls_are_told_again()
    {
        await using var pbx = await AsteriskHost.Start(systemName: "north");
        await using var line = new Line(pbx);
        await line.Becomes(AmiLinkStatus.Up);
        // Uptime is told in whole seconds: a restart shows when the PBX has run for some of them.
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: 5 * second));
        var lost = pbx.Trunk.Call(new("74951234501") { Talk = 2 * second });
        await Until.True(() => line.Calls.Any(call => call.AnsweredAt is not null), "the first call was answered");

        await pbx.Kill();
        await line.Becomes(AmiLinkStatus.Down);
        await pbx.Boot();
        await line.Becomes(AmiLinkStatus.Up);
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: second));
        var truth = await pbx.Trunk.Call(new("74951234501") { Talk = 2 * second });
        await lost;
        await Until.True(() => line.Calls.Count == 2 && line.Calls.All(call => !call.IsLive), "both calls have ended");

        Assert.Multiple(() =>
        {
            Assert.That(line.Calls[0].Uncertain, Is.EqualTo(CallUncertainty.PbxStopped));
            Assert.That(line.Calls[1].Uncertain, Is.Null);
            Assert.That(line.Calls[1].TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(0.75));
            Assert.That(line.Calls.Select(call => call.Key.ExternalId), Has.All.StartsWith("north-"));
        });
    }

    static string CertificateAndKey()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=pbx", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>A connection that runs, and a tracker that owns the calls, as in the product.</summary>
    sealed class Line : IAsyncDisposable
    {
        readonly CancellationTokenSource stopping = new();
        readonly Dictionary<CallKey, Call> calls = [];
        readonly AmiConnection connection;
        readonly Task running;
        readonly Task tracking;

        public Line(AsteriskHost pbx, Func<AmiOptions, AmiOptions>? change = null)
        {
            var options = new AmiOptions { Host = pbx.Address, Port = AsteriskHost.AmiPort, Username = AsteriskHost.AmiUser, Secret = pbx.AmiSecret };
            connection = new AmiConnection(change?.Invoke(options) ?? options, new HashSet<string> { "trunk" }, TimeProvider.System, Random.Shared);
            running = connection.Run(stopping.Token);
            tracking = Track();
        }

        /// <summary>The newest version of each call, in the order of their beginnings.</summary>
        public IReadOnlyList<Call> Calls
        {
            get
            {
                lock (calls)
                    return [.. calls.Values.OrderBy(call => call.StartedAt)];
            }
        }

        public long EventsSeen => connection.State.EventsSeen;

        public async Task<AmiLinkState> Becomes(AmiLinkStatus status)
        {
            using var impatience = new CancellationTokenSource(Until.Patience);
            while (true)
                if (await connection.StateChanges.ReadAsync(impatience.Token) is var state && state.Status == status)
                    return state;
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await running;
            await tracking;
            stopping.Dispose();
        }

        async Task Track()
        {
            var tracker = new CallTracker("north", new NumberPlan("RU"));
            try
            {
                await foreach (var signal in connection.Signals.ReadAllAsync(stopping.Token))
                    foreach (var call in tracker.Apply(signal))
                        lock (calls)
                            calls[call.Key] = call;
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
