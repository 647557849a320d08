using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// The line to one PBX, kept up for as long as <see cref="Run"/> runs: it connects, logs in, asks for a snapshot of the calls in
/// progress, turns everything that is said into signals, and begins again with patience when the line breaks. Several PBXs are
/// several instances; they share nothing.
/// </summary>
/// <param name="trunks">Endpoint names that lead outside.</param>
/// <param name="random">Spreads the attempts of many clients, and makes the ids of our actions unique.</param>
public sealed class AmiConnection(AmiOptions options, IReadOnlySet<string> trunks, TimeProvider clock, Random random)
{
    private const int UnreadableBacklog = 256;
    private const int StateBacklog = 64;

    private readonly Channel<CallSignal> _signals = Channel.CreateBounded<CallSignal>(
        new BoundedChannelOptions(options.Backlog) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Channel<AmiUnreadable> _unreadable = Channel.CreateBounded<AmiUnreadable>(
        new BoundedChannelOptions(UnreadableBacklog) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Channel<AmiLinkState> _states = Channel.CreateBounded<AmiLinkState>(
        new BoundedChannelOptions(StateBacklog) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConcurrentDictionary<string, TaskCompletionSource<AmiOriginated>> _originations = new(StringComparer.Ordinal);
    private readonly Backoff _backoff = new(options.BackoffMin, options.BackoffMax, random);
    private readonly string _idPrefix = random.Next().ToString("x8", CultureInfo.InvariantCulture);
    private volatile AmiLinkState _state = new() { Status = AmiLinkStatus.Down, Since = clock.GetUtcNow() };
    private volatile AmiLine? _line;
    private string _pbxStartedAt = "";
    private long _lastId;
    private long _messages;
    private long _unread;
    private long _lastEventTicks;

    /// <summary>
    /// What the PBX said, for the one owner of its calls. When it is not read for so long that the backlog is full, the line is
    /// dropped: a new one begins with a snapshot, and nothing has to be remembered meanwhile.
    /// </summary>
    public ChannelReader<CallSignal> Signals => _signals.Reader;

    /// <summary>What could not be understood, for the quarantine. The oldest gives way when nobody reads.</summary>
    public ChannelReader<AmiUnreadable> Unreadable => _unreadable.Reader;

    /// <summary>Every change of the state, for one reader. The oldest gives way when nobody reads.</summary>
    public ChannelReader<AmiLinkState> StateChanges => _states.Reader;

    /// <summary>The state now, with the counters of this moment.</summary>
    public AmiLinkState State => _state with
    {
        EventsSeen = Interlocked.Read(ref _messages),
        Quarantined = Interlocked.Read(ref _unread),
        LastEventAt = Interlocked.Read(ref _lastEventTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
    };

    /// <summary>Keeps the line up until cancelled, once. Does not fail: whatever goes wrong is a state. At its end the channels are complete.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Live(cancel);
                await Task.Delay(_backoff.Next(), clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Change(state => state with { Status = AmiLinkStatus.Down, Problem = null, Detail = null, RoundTripMs = null });
        }
        finally
        {
            _signals.Writer.TryComplete();
            _unreadable.Writer.TryComplete();
            _states.Writer.TryComplete();
        }
    }

    /// <summary>Asks the PBX to do something. A list in the answer is complete.</summary>
    /// <exception cref="IOException">There is no line, or it broke before the answer: whether the PBX obeyed is not known.</exception>
    /// <exception cref="TimeoutException">The PBX did not answer.</exception>
    public Task<AmiAnswer> Send(AmiAction action, CancellationToken cancel) => Ask(LineFor(action.Name), action, cancel);

    /// <summary>
    /// Makes the PBX ring a phone for a call of ours, and waits for what comes of the phone. The call itself is told by signals like
    /// any other, under the id that it was given.
    /// </summary>
    /// <inheritdoc cref="Send"/>
    public async Task<AmiOriginated> Originate(AmiOrigination wanted, CancellationToken cancel)
    {
        var action = wanted.ToAction();
        var line = LineFor(action.Name);
        var told = new TaskCompletionSource<AmiOriginated>(TaskCreationOptions.RunContinuationsAsynchronously);
        _originations[wanted.Id] = told;
        try
        {
            var answer = await Ask(line, action, cancel);
            if (!answer.IsSuccess)
                return answer.IsDenied ? AmiOriginated.Denied : AmiOriginated.Refused;
            var first = await Task.WhenAny(told.Task, line.Ended).WaitAsync(wanted.RingTime + options.AnswerTimeout, clock, cancel);
            return first == told.Task ? await told.Task : throw new IOException($"The line to {options} broke while the phone was called.", await line.Ended);
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"{options} did not tell what became of {wanted.Channel}.", problem);
        }
        finally
        {
            _originations.TryRemove(wanted.Id, out _);
        }
    }

    private AmiLine LineFor(string action) =>
        _state.Status is AmiLinkStatus.Up && _line is { } line ? line : throw new IOException($"There is no line to {options}: {action} was not sent.");

    private async Task<AmiAnswer> Ask(AmiLine line, AmiAction action, CancellationToken cancel)
    {
        try
        {
            return await line.Ask(action, keepsItems: true, cancel);
        }
        catch (AmiLineException problem) when (problem.Problem is AmiProblem.Timeout)
        {
            throw new TimeoutException($"{options} did not answer {action.Name}.", problem);
        }
        catch (AmiLineException problem)
        {
            throw new IOException($"The line to {options} broke before {action.Name} was answered.", problem);
        }
    }

    private async Task Live(CancellationToken cancel)
    {
        Change(state => state with { Status = AmiLinkStatus.Connecting });
        var translator = new AsteriskSignals(trunks);
        var hearing = new AmiHearing();
        AmiLine? line = null;
        try
        {
            line = await Enter((from, message) => Take(from, message, translator, hearing), cancel);
            _line = line;
            BecomeDown(await Serve(line, hearing, cancel));
        }
        catch (AmiLineException reason)
        {
            BecomeDown(reason);
        }
        catch (Exception surprise) when (!cancel.IsCancellationRequested)
        {
            // A setting that no socket takes, or a mistake of ours: the admin reads it here, and the product goes on.
            BecomeDown(new AmiLineException(AmiProblem.Dropped, $"{surprise.GetType().Name}: {surprise.Message}", surprise));
        }
        finally
        {
            _line = null;
            if (line is not null)
            {
                await line.DisposeAsync();
                await Tell(new SourceLost(translator.PbxTime(clock.GetUtcNow())), cancel);
            }
        }
    }

    private async Task<AmiLine> Enter(Action<AmiLine, AmiMessage> heard, CancellationToken cancel)
    {
        var line = new AmiLine(await AmiSocket.Open(options, clock, cancel), options, clock, NextActionId, heard);
        try
        {
            await line.Greet(cancel);
            await AmiLogin.Perform(line, options, cancel);
            return line;
        }
        catch (AmiLineException silence) when (silence.Problem is AmiProblem.Timeout && !options.UseTls)
        {
            await line.DisposeAsync();
            if (await AmiSocket.SpeaksTls(options, clock, cancel))
                throw new AmiLineException(AmiProblem.TlsMismatch, "The port speaks TLS; this link is set to plain.", silence);
            throw;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private async Task<AmiLineException> Serve(AmiLine line, AmiHearing hearing, CancellationToken cancel)
    {
        var listensSince = clock.GetTimestamp();
        var unfiltered = await AmiFilters.Set(line, cancel);
        var facts = await AmiSnapshot.Identify(line, cancel);
        await NoticeRestart(facts, hearing, cancel);
        var denied = await AmiSnapshot.Take(line, cancel);
        BecomeUp(facts, unfiltered, [.. denied, .. hearing.Lacking([], [], TimeSpan.Zero)]);
        while (await Task.WhenAny(line.Ended, Task.Delay(options.PingInterval, clock, cancel)) != line.Ended)
        {
            cancel.ThrowIfCancellationRequested();
            await Ping(line, cancel);
            await CheckHearing(line, hearing, denied, clock.GetElapsedTime(listensSince), cancel);
            if (clock.GetElapsedTime(listensSince) >= options.StableAfter)
                _backoff.Reset();
        }
        return await line.Ended;
    }

    private async Task Ping(AmiLine line, CancellationToken cancel)
    {
        var sent = clock.GetTimestamp();
        await line.Ask(new AmiAction("Ping"), keepsItems: false, cancel);
        var roundTrip = clock.GetElapsedTime(sent).TotalMilliseconds;
        Change(state => state with { RoundTripMs = roundTrip });
    }

    // While nothing is heard of calls or queues, the lists tell whether there is nothing to hear.
    private async Task CheckHearing(AmiLine line, AmiHearing hearing, IReadOnlyCollection<string> denied, TimeSpan listened, CancellationToken cancel)
    {
        if (hearing.HearsCallsAndQueues && _state.MissingPrivileges.Length == denied.Count)
            return;
        var channels = await line.Ask(new AmiAction("CoreShowChannels"), keepsItems: true, cancel);
        var queues = await line.Ask(new AmiAction("QueueStatus"), keepsItems: true, cancel);
        ReportMissing([.. denied, .. hearing.Lacking(channels.Items, queues.Items, listened)], _state.Detail);
    }

    // FullyBooted at login says since when the PBX runs. A user without read=system does not get it; then another start-up time
    // than on the line before says that it was restarted at some time before now.
    private async Task NoticeRestart(AmiPbxFacts facts, AmiHearing hearing, CancellationToken cancel)
    {
        if (!hearing.Boot && _pbxStartedAt.Length > 0 && _pbxStartedAt != facts.StartedAt)
            await Tell(new SourceStarted(clock.GetUtcNow(), clock.GetUtcNow()), cancel);
        _pbxStartedAt = facts.StartedAt;
    }

    private void BecomeUp(AmiPbxFacts facts, string? unfiltered, ImmutableArray<string> missing)
    {
        Change(state => state with { Status = AmiLinkStatus.Up, Problem = null, Detail = null, PbxVersion = facts.Version, MissingPrivileges = [] });
        ReportMissing(missing, unfiltered is null ? null : $"The filters of manager.conf alone decide which events come: {unfiltered}");
    }

    private void BecomeDown(AmiLineException reason) =>
        Change(state => state with { Status = AmiLinkStatus.Down, Problem = reason.Problem, Detail = reason.Message, RoundTripMs = null });

    private void ReportMissing(ImmutableArray<string> missing, string? detail)
    {
        if (!missing.SequenceEqual(_state.MissingPrivileges) || detail != _state.Detail)
            Change(state => state with { MissingPrivileges = missing, Detail = detail, Problem = missing.IsEmpty ? null : AmiProblem.MissingPrivilege });
    }

    // On the reading loop: neither waits nor keeps the message.
    private void Take(AmiLine line, AmiMessage message, AsteriskSignals translator, AmiHearing hearing)
    {
        var now = clock.GetUtcNow();
        if (message.Kind is AmiMessageKind.Malformed)
        {
            Interlocked.Increment(ref _unread);
            _unreadable.Writer.TryWrite(new AmiUnreadable(now, message.Fault, message.Excerpt));
            return;
        }
        if (message.Kind is AmiMessageKind.Event)
        {
            Interlocked.Increment(ref _messages);
            Interlocked.Exchange(ref _lastEventTicks, now.UtcTicks);
            hearing.Note(message.Event);
            if (message.Event is AmiEvent.OriginateResponse && _originations.TryGetValue(message.ActionId, out var told))
                told.TrySetResult(AmiOrigination.OutcomeOf(message));
        }
        if (translator.Read(message, now) is { } signal && !_signals.Writer.TryWrite(signal))
            line.Drop(new AmiLineException(AmiProblem.Dropped, $"{options.Backlog} signals wait to be processed; the line begins anew with a snapshot."));
    }

    private async Task Tell(CallSignal signal, CancellationToken cancel)
    {
        if (!_signals.Writer.TryWrite(signal))
            await _signals.Writer.WriteAsync(signal, cancel);
    }

    private void Change(Func<AmiLinkState, AmiLinkState> change)
    {
        var before = _state;
        var after = change(before);
        _state = after.Status == before.Status ? after : after with { Since = clock.GetUtcNow() };
        _states.Writer.TryWrite(State);
    }

    private string NextActionId() => string.Create(CultureInfo.InvariantCulture, $"crm-{_idPrefix}-{Interlocked.Increment(ref _lastId)}");
}
