using System.Collections.Concurrent;
using System.Security.Claims;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using Microsoft.AspNetCore.SignalR;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// Ends live lines whose session is over. A request proves its session each time; a line proves it once, when it is opened, so the
/// lines of this node are looked at every few seconds.
/// </summary>
internal sealed partial class DeskSessions(AgentStore agents, TimeProvider time, ILogger<DeskSessions> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    readonly ConcurrentDictionary<string, HubCallerContext> lines = [];

    public void Add(HubCallerContext line) => lines[line.ConnectionId] = line;

    /// <summary>Whose browsers are connected to this node.</summary>
    public IReadOnlyCollection<long> AgentIds => [.. lines.Values.Select(line => Access.Of(line.User!).AgentId).Distinct()];

    public void Remove(HubCallerContext line) => lines.TryRemove(line.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var due = new PeriodicTimer(LookEvery, time);
        while (await due.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndThoseThatAreOver(stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
            }
        }
    }

    async Task EndThoseThatAreOver(CancellationToken cancel)
    {
        if (lines.IsEmpty)
            return;
        var stamps = await agents.Stamps(cancel);
        foreach (var line in lines.Values.Where(line => stamps.GetValueOrDefault(Access.Of(line.User!).AgentId) != line.User!.FindFirstValue(Claims.Stamp)))
            line.Abort();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: live lines are not checked now")]
    private partial void LogDatabaseAway(Exception error);
}
