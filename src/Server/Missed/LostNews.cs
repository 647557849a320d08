namespace ContactCenterCrm.Server.Missed;

/// <summary>Says that the ledger has changed, after the commit. A hint for the sake of speed: who misses it sees it at the next look.</summary>
internal sealed class LostNews
{
    public event Action? Changed;

    public void Tell() => Changed?.Invoke();
}
