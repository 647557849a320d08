using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// How many AMI events a second the reader makes messages of, and what it allocates for each. The reference is the limit: finding every
/// field of every event and which key it has, and handing on nothing.
/// </summary>
internal static class ReaderBenchmark
{
    const int EventCount = 500_000;

    // Measured for AsterNET c4df9d8 with the best of five receive buffers, by the same flood (docs/benchmarks.md).
    const double AsterNetBest = 3302;

    public static async Task<int> Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var (limit, typed) = (new Series("fields found, nothing handed on", "events/s"), new Series("typed messages over a channel", "events/s"));
        var (limitBytes, typedBytes) = (new Series("  allocated", "bytes/event"), new Series("  allocated", "bytes/event"));
        for (var run = 0; run <= runs; run++)
        {
            // The first run of each warms the code up and does not count.
            await Measure(ReadSpans, run == 0 ? null : limit, limitBytes);
            await Measure(ReadTyped, run == 0 ? null : typed, typedBytes);
        }
        Console.WriteLine($"{limit}\n{limitBytes}\n{typed}\n{typedBytes}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"typed : limit = {typed.Median / limit.Median:F2}; typed : AsterNET at its best = {typed.Median / AsterNetBest:F0}"));
        return 0;
    }

    static async Task Measure(Func<PipeReader, Task<long>> read, Series? speed, Series allocation)
    {
        var (process, socket) = await AmiFlood.Connect(EventCount);
        using (process)
        using (socket)
        {
            await using var stream = new NetworkStream(socket);
            var pipe = PipeReader.Create(stream, new(bufferSize: 65536, minimumReadSize: 4096));
            var allocated = GC.GetTotalAllocatedBytes();
            var clock = Stopwatch.GetTimestamp();
            var events = await read(pipe);
            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            if (events != EventCount)
                throw new InvalidOperationException($"{events} events were read of {EventCount} sent.");
            speed?.Add(events / seconds);
            if (speed is not null)
                allocation.Add((GC.GetTotalAllocatedBytes() - allocated) / (double)events);
            await process.WaitForExitAsync();
        }
    }

    static async Task<long> ReadSpans(PipeReader pipe)
    {
        long events = -1;   // the banner is no event
        long check = 0;
        while (true)
        {
            var result = await pipe.ReadAsync();
            var bytes = result.Buffer;
            while (TryFrame(ref bytes, out var frame, events < 0))
            {
                events++;
                check += frame.IsSingleSegment ? Walk(frame.FirstSpan) : Walk(frame.ToArray());
            }
            pipe.AdvanceTo(bytes.Start, bytes.End);
            if (result.IsCompleted)
                return check > 0 ? events : 0;
        }
    }

    static bool TryFrame(ref ReadOnlySequence<byte> bytes, out ReadOnlySequence<byte> frame, bool banner)
    {
        var end = banner ? "\r\n"u8 : "\r\n\r\n"u8;
        var index = bytes.FirstSpan.IndexOf(end);
        if (index >= 0)
        {
            frame = bytes.Slice(0, index + 2);
            bytes = bytes.Slice(index + end.Length);
            return true;
        }
        frame = default;
        if (bytes.IsSingleSegment)
            return false;
        var reader = new SequenceReader<byte>(bytes);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> _, end))
            return false;
        frame = bytes.Slice(0, reader.Consumed);
        bytes = bytes.Slice(reader.Consumed);
        return true;
    }

    static long Walk(ReadOnlySpan<byte> frame)
    {
        long check = 0;
        while (!frame.IsEmpty)
        {
            var line = frame.IndexOf((byte)'\n');
            if (line < 0)
                return check;
            var colon = frame[..line].IndexOf((byte)':');
            if (colon > 0)
                check += (int)AmiNames.Key(frame[..colon]) + line - colon;
            frame = frame[(line + 1)..];
        }
        return check;
    }

    static async Task<long> ReadTyped(PipeReader pipe)
    {
        var channel = Channel.CreateBounded<TypedEvent>(new BoundedChannelOptions(8192) { SingleReader = true, SingleWriter = true });
        var consumed = Consume(channel.Reader);
        var reader = new AmiReader();
        while (true)
        {
            var result = await pipe.ReadAsync();
            var bytes = result.Buffer;
            while (reader.TryRead(ref bytes, out var message))
            {
                if (message.Kind == AmiMessageKind.Event && TypedEvent.Of(message) is var typed && !channel.Writer.TryWrite(typed))
                    await channel.Writer.WriteAsync(typed);
            }
            pipe.AdvanceTo(bytes.Start, bytes.End);
            if (result.IsCompleted)
                break;
        }
        channel.Writer.Complete();
        return await consumed;
    }

    static async Task<long> Consume(ChannelReader<TypedEvent> events)
    {
        long count = 0;
        while (await events.WaitToReadAsync())
        {
            while (events.TryRead(out var typed))
                count += typed.Uniqueid.Length > 0 ? 1 : 0;
        }
        return count;
    }

    /// <summary>The fields that call tracking needs of an event, as text and numbers.</summary>
    sealed record TypedEvent(
        AmiEvent Event, string Channel, string Uniqueid, string Linkedid, int State, string CallerNumber, string CallerName,
        string ConnectedNumber, string Exten, string DestChannel, string DestUniqueid, int Cause, string Variable, string Value)
    {
        public static TypedEvent Of(AmiMessage message) => new(
            message.Event,
            message[AmiKey.Channel],
            message[AmiKey.Uniqueid],
            message[AmiKey.Linkedid],
            message.Number(AmiKey.ChannelState) ?? -1,
            message[AmiKey.CallerIDNum],
            message[AmiKey.CallerIDName],
            message[AmiKey.ConnectedLineNum],
            message[AmiKey.Exten],
            message[AmiKey.DestChannel],
            message[AmiKey.DestUniqueid],
            message.Number(AmiKey.Cause) ?? 0,
            message[AmiKey.Variable],
            message[AmiKey.Value]);
    }
}
