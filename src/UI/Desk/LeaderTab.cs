using Microsoft.JSInterop;

namespace ContactCenterCrm.UI.Desk;

/// <summary>Of all tabs that this agent has open, one rings and notifies (wwwroot/js/leader.js); the others only mirror.</summary>
internal sealed class LeaderTab(IJSRuntime js)
{
    IJSInProcessObjectReference? module;

    public event Action? Changed;

    /// <summary>Another tab told something.</summary>
    public event Action<string>? Told;

    public bool Leads { get; private set; }

    public async Task Compete()
    {
        if (module is not null)
            return;
        module = await js.InvokeAsync<IJSInProcessObjectReference>("import", "./js/leader.js");
        module.InvokeVoid("compete", DotNetObjectReference.Create(this));
    }

    public void Tell(string word) => module?.InvokeVoid("tell", word);

    [JSInvokable]
    public void OnLead(bool leads)
    {
        Leads = leads;
        Changed?.Invoke();
    }

    [JSInvokable]
    public void OnTold(string word) => Told?.Invoke(word);
}
