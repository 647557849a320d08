using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>One link at work on this node: the line to the PBX, the intake of its calls, and what the admin page says about both.</summary>
internal sealed partial class PbxLinkRun : IDisposable
{
    /// <summary>After the line is closed, what was heard is saved; a database that is away is not waited for longer than this.</summary>
    static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource closing = new();
    readonly CancellationTokenSource abandoning = new();
    readonly AmiConnection? connection;
    readonly TimeProvider time;
    readonly ILogger<PbxLinkRun> log;
    readonly Task work;
    long notUpSinceTicks;

    /// <param name="connection">Null: there is no secret to log in with.</param>
    public PbxLinkRun(PbxLink link, AmiConnection? connection, CallIngests ingests, Quarantine quarantine, TimeProvider time, ILogger<PbxLinkRun> log)
    {
        (Link, this.connection, this.time, this.log) = (link, connection, time, log);
        notUpSinceTicks = time.GetUtcNow().UtcTicks;
        work = connection is null ? Task.CompletedTask : Work(connection, ingests, quarantine);
    }

    /// <summary>The line came up or went down.</summary>
    public event Action? Changed;

    /// <summary>The configuration that it runs with.</summary>
    public PbxLink Link { get; }

    /// <summary>For orders to the PBX; null: there is no secret to log in with.</summary>
    public AmiConnection? Line => connection;

    /// <summary>Since when the line is not up; null when it is.</summary>
    public DateTimeOffset? NotUpSince => Interlocked.Read(ref notUpSinceTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Since when the line is up, and what goes on at the PBX is known; null when it is not.</summary>
    public DateTimeOffset? UpSince => NotUpSince is null && connection?.State is { Status: AmiLinkStatus.Up } state ? state.Since : null;

    /// <summary>Closes the line, and saves what was heard on it.</summary>
    public async Task Close()
    {
        await closing.CancelAsync();
        abandoning.CancelAfter(DrainTime);
        await work;
    }

    /// <summary>Stops at once and saves nothing more: another node owns the line now.</summary>
    public async Task Abandon()
    {
        await abandoning.CancelAsync();
        await closing.CancelAsync();
        await work;
    }

    /// <summary>After <see cref="Close"/> or <see cref="Abandon"/>.</summary>
    public void Dispose()
    {
        closing.Dispose();
        abandoning.Dispose();
    }

    public PbxLinkState State(int liveCalls) => connection is null
        ? new()
        {
            Status = "down",
            Problem = Word(AmiProblem.WrongSecret),
            Detail = "The stored secret cannot be read with the keys of this installation. Enter it again.",
            Since = NotUpSince,
        }
        : StateOf(connection.State, liveCalls);

    PbxLinkState StateOf(AmiLinkState line, int liveCalls) => new()
    {
        Status = Word(line.Status),
        Problem = line.Problem is { } problem ? Word(problem) : null,
        Detail = line.Detail,
        MissingPrivileges = line.MissingPrivileges,
        Since = NotUpSince ?? line.Since,
        LastEventAt = line.LastEventAt,
        RoundTripMs = line.RoundTripMs,
        PbxVersion = line.PbxVersion,
        LiveCalls = liveCalls,
        EventsSeen = line.EventsSeen,
        Quarantined = line.Quarantined,
    };

    async Task Work(AmiConnection line, CallIngests ingests, Quarantine quarantine)
    {
        var ingest = ingests.Of(Link.Name, Link.NumberPlan(), line.Signals);
        try
        {
            await Task.WhenAll(line.Run(closing.Token), Saved(ingest), FollowStates(line), KeepUnreadable(line, quarantine));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A bug. It must not cost the other links; this one begins anew when it is edited or the program is.
            LogFailed(error, Link.Name);
        }
        catch (OperationCanceledException)
        {
            // Abandoned.
        }
    }

    async Task Saved(CallIngest ingest)
    {
        try
        {
            await ingest.Run(abandoning.Token);
        }
        finally
        {
            // Nobody takes the calls any longer: a line that is only read would look healthy.
            await closing.CancelAsync();
        }
    }

    async Task FollowStates(AmiConnection line)
    {
        await foreach (var state in line.StateChanges.ReadAllAsync())
        {
            var isUp = state.Status == AmiLinkStatus.Up;
            if (isUp == (NotUpSince is null))
                continue;
            Interlocked.Exchange(ref notUpSinceTicks, isUp ? 0 : time.GetUtcNow().UtcTicks);
            if (isUp)
                LogUp(Link.Name, state.PbxVersion);
            else
                LogDown(Link.Name, state.Problem, state.Detail);
            Changed?.Invoke();
        }
    }

    async Task KeepUnreadable(AmiConnection line, Quarantine quarantine)
    {
        await foreach (var unreadable in line.Unreadable.ReadAllAsync())
            quarantine.Keep(Link.Name, $"The line could not be read: {Word(unreadable.Fault)}", unreadable.Excerpt);
    }

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    [LoggerMessage(Level = LogLevel.Information, Message = "The line to PBX {Pbx} is up: Asterisk {Version}")]
    private partial void LogUp(string pbx, string? version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line to PBX {Pbx} is down: {Problem}: {Detail}")]
    private partial void LogDown(string pbx, AmiProblem? problem, string? detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "The link to PBX {Pbx} failed")]
    private partial void LogFailed(Exception error, string pbx);
}

/// <summary>Puts links to work.</summary>
internal sealed class PbxLinkRuns(PbxSecrets secrets, CallIngests ingests, Quarantine quarantine, TimeProvider time, ILogger<PbxLinkRun> log)
{
    public PbxLinkRun Start(PbxLink link)
    {
        var connection = secrets.Unprotect(link.ProtectedSecret) is { } secret
            ? new AmiConnection(Options(link, secret), link.Trunks.ToHashSet(StringComparer.Ordinal), time, Random.Shared)
            : null;
        return new(link, connection, ingests, quarantine, time, log);
    }

    static AmiOptions Options(PbxLink link, string secret) => new()
    {
        Host = link.Host,
        Port = link.Port,
        Username = link.Username,
        Secret = secret,
        UseTls = link.UseTls,
        Trust = link.CertificateSha256 is null ? AmiCertificateTrust.Authority : AmiCertificateTrust.Pinned,
        PinnedSha256 = link.CertificateSha256,
    };
}
