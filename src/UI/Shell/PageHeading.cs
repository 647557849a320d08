namespace ContactCenterCrm.UI.Shell;

/// <summary>The heading of the page that is open, for the browser tab's title.</summary>
internal sealed class PageHeading
{
    public event Action? Changed;

    public string Words { get; private set; } = "";

    public void Set(string words)
    {
        if (Words == words)
            return;
        Words = words;
        Changed?.Invoke();
    }
}
