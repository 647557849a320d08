namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Which kinds of events have been heard on a line. AMI does not tell a user what it may not read, it just says nothing; so what is
/// heard is compared with what the lists show. Written by the reading loop, read by the line's keeper.
/// </summary>
internal sealed class AmiHearing
{
    private volatile bool _boot;
    private volatile bool _calls;
    private volatile bool _queues;
    private volatile bool _recordings;
    private volatile bool _variables;

    public bool Boot => _boot;

    public bool HearsCallsAndQueues => _calls && _queues;

    public void Note(AmiEvent heard)
    {
        switch (heard)
        {
            case AmiEvent.FullyBooted:
                _boot = true;
                break;
            case AmiEvent.Newchannel or AmiEvent.Newstate or AmiEvent.Hangup:
                _calls = true;
                break;
            case AmiEvent.QueueCallerJoin or AmiEvent.QueueCallerLeave or AmiEvent.AgentConnect:
                _queues = true;
                break;
            case AmiEvent.MixMonitorStart:
                _recordings = true;
                break;
            case AmiEvent.VarSet:
                _variables = true;
                break;
            default:
                // Says nothing about rights.
                break;
        }
    }

    /// <summary>The read classes that the user must lack.</summary>
    /// <param name="channels">CoreShowChannels just now.</param>
    /// <param name="queues">QueueStatus just now.</param>
    /// <param name="listened">How long this line has been listening: what is younger must have been heard.</param>
    public IEnumerable<string> Lacking(IEnumerable<AmiMessage> channels, IEnumerable<AmiMessage> queues, TimeSpan listened)
    {
        if (!_boot)
            yield return "read=system";
        if (!_calls && channels.Any(channel => TimeSpan.TryParse(channel[AmiKey.Duration], out var lived) && lived + second < listened))
            yield return "read=call";
        if (!_queues && queues.Any(entry => entry.Number(AmiKey.Wait) is { } waited && TimeSpan.FromSeconds(waited) + second < listened))
            yield return "read=agent";
        // A file name is told just before a recording starts.
        if (_recordings && !_variables)
            yield return "read=dialplan";
    }

    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);
}
