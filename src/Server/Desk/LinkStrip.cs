using System.Threading.Channels;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Desk;

/// <summary>Tells all desks when a PBX is not heard any more, and when it is again.</summary>
internal sealed partial class LinkStrip(PbxLinks links, DeskScreens screens, ILogger<LinkStrip> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        links.DownChanged += () => changes.Writer.TryWrite(true);
        await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await screens.ShowLinks(stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: desks are not told of links now")]
    private partial void LogDatabaseAway(Exception error);
}
