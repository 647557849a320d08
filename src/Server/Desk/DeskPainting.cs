using System.Threading.Channels;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// Shows cards that are stored, in the order in which they were, beside those who store them: the next calls are saved while these are
/// painted. While one lot is being painted the next ones gather, and of a card that changed meanwhile only the newest is painted.
/// </summary>
internal sealed partial class DeskPainting(DeskScreens screens, TimeProvider time, ILogger<DeskPainting> log) : BackgroundService
{
    /// <summary>Lots that wait; with one more, whoever stores cards waits, too.</summary>
    const int WaitingMax = 256;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly Channel<IReadOnlyList<DeskRow>> waiting = Channel.CreateBounded<IReadOnlyList<DeskRow>>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public ValueTask Add(IReadOnlyList<DeskRow> cards, CancellationToken cancel) => waiting.Writer.WriteAsync(cards, cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            await Show(Newest(), stoppingToken);
    }

    IReadOnlyList<DeskRow> Newest()
    {
        Dictionary<(long AgentId, long CallId), DeskRow> newest = [];
        while (waiting.Reader.TryRead(out var cards))
            foreach (var card in cards.Where(card => !newest.TryGetValue((card.AgentId, card.CallId), out var known) || known.Revision < card.Revision))
                newest[(card.AgentId, card.CallId)] = card;
        return [.. newest.Values];
    }

    /// <summary>While the database is away it is tried again. What cannot be painted for another reason must not keep the others from being shown.</summary>
    async Task Show(IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await screens.Show(cards, cancel);
                return;
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, cards.Count);
                await Task.Delay(Pause, time, cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                LogNotPainted(error, cards.Count);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Cards} cards are not shown yet")]
    private partial void LogDatabaseAway(Exception error, int cards);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Cards} cards could not be painted")]
    private partial void LogNotPainted(Exception error, int cards);
}
