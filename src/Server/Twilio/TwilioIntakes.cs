using System.Collections.Concurrent;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// Runs the intakes of the accounts that this node owns. Any node takes requests in; one at a time makes calls of those of an account. It
/// looks at the accounts and at its leases every two seconds.
/// </summary>
internal sealed partial class TwilioIntakes(
    TwilioAccountStore accounts, TwilioIntakeMaker maker, Leases leases, NodeRoles roles, TimeProvider time, ILogger<TwilioIntakes> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>A node that has not been heard of for so long has lost its accounts to another.</summary>
    static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(8);

    readonly ConcurrentDictionary<long, Run> runs = [];

    /// <summary>Something has come for this account: no reason to wait.</summary>
    public void LookAgain(long accountId)
    {
        if (runs.TryGetValue(accountId, out var run))
            run.Intake.LookAgain();
    }

    /// <summary>Whether this node has the calls of the account.</summary>
    public bool Owns(string source) => runs.Values.Any(run => run.Intake.Account.Name == source);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!roles.Telephony)
            return;
        try
        {
            while (true)
            {
                await LookUnlessDatabaseIsAway(stoppingToken);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(runs.Keys.Select(Stop));
        }
    }

    async Task LookUnlessDatabaseIsAway(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            // Nothing comes in meanwhile, and nobody can take a lease over from a database that is away.
            LogDatabaseAway(error);
        }
    }

    async Task Look(CancellationToken cancel)
    {
        var enabled = (await accounts.List(cancel)).Where(account => account.IsEnabled).ToDictionary(account => account.Id);
        var over = runs.Where(run => enabled.GetValueOrDefault(run.Key)?.Changed != run.Value.Intake.Account.Changed).Select(run => run.Key).ToList();
        await Task.WhenAll(over.Select(Stop));
        foreach (var account in enabled.Values)
        {
            if (!await leases.Hold(LeaseOf(account.Id), LeaseTime, cancel))
                await Stop(account.Id);
            else if (!runs.ContainsKey(account.Id))
                runs[account.Id] = new(maker.Of(account), Failed);
        }
    }

    // What is not saved yet waits in the inbox: it stops at once.
    async Task Stop(long id)
    {
        if (!runs.TryRemove(id, out var run))
            return;
        using (run)
            await run.Stop();
        try
        {
            await leases.Release(LeaseOf(id), CancellationToken.None);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            // Then the others wait for the silence.
            LogDatabaseAway(error);
        }
    }

    // A bug. It must not cost the other accounts; this one begins anew with the next look.
    void Failed(TwilioAccount account, Exception error)
    {
        LogFailed(error, account.Name);
        if (runs.TryRemove(account.Id, out var run))
            run.Dispose();
    }

    static string LeaseOf(long id) => $"twilio_account:{id}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: the intakes of Twilio accounts stay as they are")]
    private partial void LogDatabaseAway(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The intake of Twilio account {Account} failed")]
    private partial void LogFailed(Exception error, string account);

    /// <summary>An intake at work.</summary>
    sealed class Run : IDisposable
    {
        readonly CancellationTokenSource stopping = new();
        readonly Task work;

        public Run(TwilioIntake intake, Action<TwilioAccount, Exception> failed)
        {
            Intake = intake;
            work = Task.Run(() => Work(failed));
        }

        public TwilioIntake Intake { get; }

        public async Task Stop()
        {
            await stopping.CancelAsync();
            await work;
        }

        /// <summary>After <see cref="Stop"/>.</summary>
        public void Dispose() => stopping.Dispose();

        async Task Work(Action<TwilioAccount, Exception> failed)
        {
            try
            {
                await Intake.Run(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped.
            }
            catch (Exception error)
            {
                failed(Intake.Account, error);
            }
        }
    }
}
