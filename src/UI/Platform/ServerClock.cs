namespace ContactCenterCrm.UI.Platform;

/// <summary>
/// The server's time as the browser knows it: a PC with a wrong clock still shows true timers. Ticks once a second for all of
/// them together, so they change at the same moment.
/// </summary>
internal sealed class ServerClock : IDisposable
{
    readonly TimeProvider time;
    readonly ITimer ticker;
    TimeSpan offset;

    public ServerClock(TimeProvider time)
    {
        this.time = time;
        ticker = time.CreateTimer(_ => Tick?.Invoke(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public event Action? Tick;

    public DateTimeOffset Now => time.GetUtcNow() + offset;

    public void Set(DateTimeOffset serverTime) => offset = serverTime - time.GetUtcNow();

    public void Dispose() => ticker.Dispose();
}
