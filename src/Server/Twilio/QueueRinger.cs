using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Twilio.Rest;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// Rings the free members of a queue while somebody waits in it, and stops the phones that ring in vain. It hears of the calls of the
/// accounts that this node owns; what comes of an order is told by callbacks, as of any other call.
/// </summary>
internal sealed partial class QueueRinger(
    TwilioAccountStore accounts, TwilioNumberStore numbers, TwilioApi api, TwilioUrls urls, TimeProvider time, ILogger<QueueRinger> log) : BackgroundService, ICallWatcher
{
    /// <summary>Phones that were not picked up ring again, and those that were busy become free, without a word about the one who waits.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Versions of calls that wait to be looked at. When it is full, whoever saves calls waits: that is a matter of milliseconds.</summary>
    const int HeardMax = 1_000;

    readonly Channel<Call> heard = Channel.CreateBounded<Call>(new BoundedChannelOptions(HeardMax) { SingleReader = true });
    readonly QueueRings rings = new();

    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        foreach (var saved in calls)
            await heard.Writer.WriteAsync(saved.Call, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await NextLook(stoppingToken);
            while (heard.Reader.TryRead(out var call))
                rings.Know(call);
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
    }

    async Task NextLook(CancellationToken cancel)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pause = rings.Waiting.Count == 0 ? Timeout.InfiniteTimeSpan : LookEvery;
        await Task.WhenAny(heard.Reader.WaitToReadAsync(due.Token).AsTask(), Task.Delay(pause, time, due.Token));
        await due.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    async Task Look(CancellationToken cancel)
    {
        foreach (var ring in rings.InVain())
            await Stop(ring, cancel);
        foreach (var caller in rings.Waiting)
        {
            if (await accounts.ByName(caller.Key.Source, cancel) is not { IsEnabled: true } account || !urls.AreKnown)
                continue;
            var lines = (await numbers.OfAccount(account.Id, cancel)).Where(line => line.QueueName == caller.Queue).ToList();
            if (lines.Count == 0)
                continue;
            var line = lines.Find(line => line.E164 == caller.Did) ?? lines[0];
            foreach (var member in rings.For(caller, lines.SelectMany(one => one.QueueMembers), line.RingSeconds, time.GetUtcNow()))
                await Ring(account, line, caller, member, cancel);
        }
    }

    async Task Ring(TwilioAccount account, TwilioNumber line, Call caller, string member, CancellationToken cancel)
    {
        var queue = (TwilioHint.Queue, line.QueueName!);
        var hint = (TwilioHint.Caller, caller.Key.ExternalId);
        var order = new NewTwilioCall
        {
            To = member,
            From = line.E164,
            TwimlUrl = urls.Callback(TwilioRoles.PathOf(TwilioRole.DequeueTwiml), queue, hint),
            StatusUrl = urls.Callback(TwilioRoles.PathOf(TwilioRole.ApiCallStatus), queue, hint),
            RingSeconds = line.RingSeconds,
        };
        var at = time.GetUtcNow();
        try
        {
            var call = await api.CreateCall(account, order, cancel);
            rings.Began(new(caller.Key, member, call.Sid, at));
        }
        catch (TwilioException error)
        {
            // It counts as a ring: Twilio is not asked again at once.
            rings.Began(new(caller.Key, member, "", at));
            LogNotRung(account.Name, caller.Key, error.Problem, error.Status, error.Code);
        }
    }

    async Task Stop(QueueRing ring, CancellationToken cancel)
    {
        if (ring.Leg.Length == 0 || await accounts.ByName(ring.Caller.Source, cancel) is not { } account)
            return;
        try
        {
            await api.EndCall(account, ring.Leg, cancel);
        }
        catch (TwilioException error)
        {
            // Then it rings until its time is over.
            LogNotStopped(account.Name, ring.Leg, error.Problem, error.Status, error.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: members of queues are not rung")]
    private partial void LogDatabaseAway(Exception error);

    // Twilio's own words may hold a number.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A member of a queue of account {Account} could not be rung for call {Call}: {Problem}, status {Status}, code {Code}")]
    private partial void LogNotRung(string account, CallKey call, TwilioProblem problem, int? status, int? code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leg {Leg} of account {Account} rings in vain and could not be stopped: {Problem}, status {Status}, code {Code}")]
    private partial void LogNotStopped(string account, string leg, TwilioProblem problem, int? status, int? code);
}
