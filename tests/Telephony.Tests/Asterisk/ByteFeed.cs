using System.Buffers;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

/// <summary>Feeds bytes to a reader as a network would: in pieces.</summary>
internal static class ByteFeed
{
    /// <summary>All messages when the bytes arrive cut at these offsets.</summary>
    public static List<AmiMessage> Read(byte[] bytes, IEnumerable<int> cuts)
    {
        var reader = new AmiReader();
        var messages = new List<AmiMessage>();
        var consumed = 0L;
        foreach (var arrived in cuts.Append(bytes.Length))
        {
            var buffer = new ReadOnlySequence<byte>(bytes, (int)consumed, arrived - (int)consumed);
            while (reader.TryRead(ref buffer, out var message))
                messages.Add(message.Copy());
            consumed = arrived - buffer.Length;
        }
        return messages;
    }

    public static ReadOnlySequence<byte> Segmented(byte[] bytes, int segmentLength)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(segmentLength, bytes.Length)), 0);
        var last = first;
        for (var at = first.Memory.Length; at < bytes.Length; at += segmentLength)
            last = last.Append(bytes.AsMemory(at, Math.Min(segmentLength, bytes.Length - at)));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
