using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Server.Presence;

/// <summary>
/// Keeps the PBXs whose lines this node owns in step: queues do not ring agents who take no calls. It compares what is wanted with what was said over
/// the line, so what was missed while a line or a node was away is made good when it is back; a new line is told everything.
/// </summary>
/// <remarks>AMI action QueuePause without a queue: https://docs.asterisk.org/Latest_API/API_Documentation/AMI_Actions/QueuePause/</remarks>
internal sealed partial class QueuePauses(Database database, PbxLinks links, TimeProvider time, ILogger<QueuePauses> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, (DateTimeOffset UpSince, Dictionary<string, string> Said)> lines = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var due = new PeriodicTimer(LookEvery, time);
        while (await due.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var run in links.Running)
                    await Tell(run, stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
            }
        }
    }

    async Task Tell(PbxLinkRun run, CancellationToken cancel)
    {
        if (run.Line is not { State: { Status: AmiLinkStatus.Up } state } line)
            return;
        if (!lines.TryGetValue(run.Link.Name, out var known) || known.UpSince != state.Since)
            lines[run.Link.Name] = known = (state.Since, []);
        IReadOnlyList<QueuePause> wanted;
        await using (var session = await database.Read(cancel))
            wanted = await PresenceStore.Pauses(session, run.Link.Name, cancel);
        foreach (var pause in wanted.Where(pause => known.Said.GetValueOrDefault(pause.Extension) != pause.Why))
        {
            try
            {
                // A phone that is in no queue is refused, and that is all right.
                var answer = await line.Send(ActionFor(run.Link, pause), cancel);
                if (answer.IsDenied)
                {
                    LogDenied(run.Link.Name);
                    lines[run.Link.Name] = (state.Since, wanted.ToDictionary(one => one.Extension, one => one.Why));
                    return;
                }
            }
            catch (Exception error) when (error is IOException or TimeoutException)
            {
                // The next line is told everything.
                LogLineLost(error, run.Link.Name);
                return;
            }
            known.Said[pause.Extension] = pause.Why;
        }
    }

    static AmiAction ActionFor(PbxLink link, QueuePause pause)
    {
        var action = new AmiAction("QueuePause").Add("Interface", link.DialChannel.Replace("{extension}", pause.Extension)).Add("Paused", pause.IsPaused ? "true" : "false");
        return pause.IsPaused ? action.Add("Reason", string.Concat(pause.Why.Where(character => !char.IsControl(character)))) : action;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: queues are not told who takes calls now")]
    private partial void LogDatabaseAway(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Pbx} does not let this program pause agents in queues: `agent` is missing in the account's `write`")]
    private partial void LogDenied(string pbx);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line to {Pbx} broke while it was told who takes calls")]
    private partial void LogLineLost(Exception error, string pbx);
}

/// <param name="Why">Empty: the agent takes calls.</param>
internal sealed record QueuePause(string Extension, string Why)
{
    public bool IsPaused => Why.Length > 0;
}
