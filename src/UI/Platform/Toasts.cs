namespace ContactCenterCrm.UI.Platform;

/// <summary>Short confirmations at the edge of the page: what was just done. Problems never come this way, as they would be gone before they are read.</summary>
internal sealed class Toasts(TimeProvider time)
{
    static readonly TimeSpan Shown = TimeSpan.FromSeconds(6);
    ITimer? leaving;

    public event Action? Changed;

    public string? Words { get; private set; }

    public void Say(string words)
    {
        leaving?.Dispose();
        Words = words;
        leaving = time.CreateTimer(_ => Clear(), null, Shown, Timeout.InfiniteTimeSpan);
        Changed?.Invoke();
    }

    void Clear()
    {
        Words = null;
        Changed?.Invoke();
    }
}
