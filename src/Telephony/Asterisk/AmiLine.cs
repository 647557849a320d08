using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// One TCP connection to a PBX, from the greeting to its end. A loop of its own reads it and waits for nobody: Asterisk cuts a
/// reader that is slower than its writetimeout.
/// </summary>
internal sealed class AmiLine : IAsyncDisposable
{
    private const int PendingMax = 256;
    private readonly Stream _stream;
    private readonly AmiOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<string> _nextActionId;
    private readonly Action<AmiLine, AmiMessage> _heard;
    private readonly AmiReader _reader = new();
    private readonly ConcurrentDictionary<string, PendingAnswer> _pending = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<AmiLineException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private readonly Task _writing;

    private readonly Channel<byte[]> _outbox =
        Channel.CreateBounded<byte[]>(new BoundedChannelOptions(PendingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <param name="heard">Gets every message after the banner, on the reading loop: it must not wait, and not keep the message.</param>
    public AmiLine(Stream stream, AmiOptions options, TimeProvider clock, Func<string> nextActionId, Action<AmiLine, AmiMessage> heard)
    {
        (_stream, _options, _clock, _nextActionId, _heard) = (stream, options, clock, nextActionId, heard);
        _reading = Task.Run(Read, CancellationToken.None);
        _writing = Task.Run(Write, CancellationToken.None);
    }

    /// <summary>Completes, never fails, with the reason when the line is over.</summary>
    public Task<AmiLineException> Ended => _ended.Task;

    /// <summary>Waits for Asterisk's banner.</summary>
    /// <exception cref="AmiLineException">Something else answered, or nobody did.</exception>
    public async Task Greet(CancellationToken cancel)
    {
        try
        {
            await _greeted.Task.WaitAsync(_options.StepTimeout, _clock, cancel);
        }
        catch (TimeoutException)
        {
            throw new AmiLineException(AmiProblem.Timeout, "The port accepted the connection and said nothing.");
        }
    }

    /// <param name="keepsItems">True: the items of a list are in the answer, and only there. False: the listener hears them as they come.</param>
    /// <exception cref="AmiLineException">The line ended, or no answer came in time.</exception>
    public async Task<AmiAnswer> Ask(AmiAction action, bool keepsItems, CancellationToken cancel)
    {
        var pending = new PendingAnswer(action.Id ?? _nextActionId(), keepsItems);
        if (_pending.Count >= PendingMax || !_pending.TryAdd(pending.ActionId, pending))
            throw new AmiLineException(AmiProblem.Timeout, $"{PendingMax} actions are unanswered.");
        try
        {
            if (!_outbox.Writer.TryWrite(action.ToBytes(pending.ActionId)))
                throw await Ended.WaitAsync(_options.AnswerTimeout, _clock, cancel);
            return await pending.Answer.WaitAsync(_options.AnswerTimeout, _clock, cancel);
        }
        catch (TimeoutException)
        {
            throw new AmiLineException(AmiProblem.Timeout, $"{action.Name} was not answered within {_options.AnswerTimeout.TotalSeconds:0} s.");
        }
        finally
        {
            _pending.TryRemove(pending.ActionId, out _);
        }
    }

    /// <summary>Gives the line up; the first reason counts.</summary>
    public void Drop(AmiLineException reason)
    {
        if (!_ended.TrySetResult(reason))
            return;
        _outbox.Writer.TryComplete();
        _closing.Cancel();
        _greeted.TrySetException(reason);
        foreach (var pending in _pending.Values)
            pending.Fail(reason);
    }

    public async ValueTask DisposeAsync()
    {
        Drop(new AmiLineException(AmiProblem.Dropped, "Closed by us."));
        await Task.WhenAll(_reading, _writing);
        await _stream.DisposeAsync();
        _closing.Dispose();
    }

    private async Task Read()
    {
        try
        {
            var pipe = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
            while (true)
            {
                var result = await pipe.ReadAsync(_closing.Token);
                var bytes = result.Buffer;
                while (_reader.TryRead(ref bytes, out var message))
                    Take(message);
                pipe.AdvanceTo(bytes.Start, bytes.End);
                if (result.IsCompleted)
                    break;
            }
            Drop(_greeted.Task.IsCompleted
                ? new AmiLineException(AmiProblem.Dropped, "The PBX closed the line.")
                : new AmiLineException(AmiProblem.NotAllowed, "The port accepted the connection and closed it without a word."));
        }
        catch (Exception problem)
        {
            // Whatever it is, nothing more will be read here; the next line begins with a snapshot.
            Drop(new AmiLineException(AmiProblem.Dropped, problem.Message, problem));
        }
    }

    private void Take(AmiMessage message)
    {
        if (_greeted.Task.IsCompleted)
        {
            Deliver(message);
            return;
        }
        if (message.Kind is AmiMessageKind.Banner)
            _greeted.TrySetResult();
        else
            Drop(new AmiLineException(AmiProblem.NotAsterisk, $"The first line is \"{Printable(message.Excerpt)}\", not Asterisk's banner."));
    }

    private void Deliver(AmiMessage message)
    {
        if (Ended.IsCompleted)
            return;
        // A list that somebody asked for is for him alone: it may be of one channel, and must not pass for a snapshot.
        var isPrivate = message.ActionId is { Length: > 0 } id && _pending.TryGetValue(id, out var pending) && pending.Take(message);
        if (!isPrivate)
            _heard(this, message);
    }

    private async Task Write()
    {
        try
        {
            await foreach (var bytes in _outbox.Reader.ReadAllAsync(_closing.Token))
                await _stream.WriteAsync(bytes, _closing.Token);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Drop(new AmiLineException(AmiProblem.Dropped, problem.Message, problem));
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(80).Select(letter => char.IsControl(letter) || letter == '\uFFFD' ? '?' : letter));
}

/// <summary>An action on its way: complete with its response, or, when that announces a list, with the list's end.</summary>
internal sealed class PendingAnswer(string actionId, bool keepsItems)
{
    private const int ItemsMax = 20_000;
    private readonly TaskCompletionSource<AmiAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<AmiMessage> _items = [];
    private AmiMessage? _response;
    private bool _isList;

    public string ActionId { get; } = actionId;
    public Task<AmiAnswer> Answer => _answer.Task;

    /// <summary>True when the message belongs to a list that is kept here.</summary>
    public bool Take(AmiMessage message)
    {
        if (message.Kind is AmiMessageKind.Response && _response is null)
        {
            _response = message.Copy();
            // Lists announce themselves with "EventList: start" and end with an event that says "EventList: Complete".
            _isList = message.Is(AmiKey.EventList, "start"u8);
            if (!_isList)
                Complete();
            return false;
        }
        if (!_isList)
            return false;
        if (message.Is(AmiKey.EventList, "Complete"u8))
            Complete();
        else if (keepsItems && _items.Count < ItemsMax)
            _items.Add(message.Copy());
        return keepsItems;
    }

    public void Fail(AmiLineException reason) => _answer.TrySetException(reason);

    private void Complete() => _answer.TrySetResult(new AmiAnswer(ActionId, _response!, _items));
}
