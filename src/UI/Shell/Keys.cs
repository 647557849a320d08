using ContactCenterCrm.UI.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ContactCenterCrm.UI.Shell;

/// <summary>The keys of the page (wwwroot/js/keys.js). Most of them act in the browser alone; those that need the program come here.</summary>
internal sealed class Keys(IJSRuntime js, Browser browser, NavigationManager navigation)
{
    bool isListening;

    /// <summary>The list of keys is wanted.</summary>
    public event Action? HelpAsked;

    /// <summary>The desk opens next because somebody wants to write a note: it puts the focus there.</summary>
    public bool NoteWanted { get; set; }

    public async Task Listen()
    {
        if (isListening)
            return;
        isListening = true;
        var module = await js.InvokeAsync<IJSInProcessObjectReference>("import", "./js/keys.js");
        module.InvokeVoid("listen", DotNetObjectReference.Create(this));
    }

    public void ShowHelp() => HelpAsked?.Invoke();

    [JSInvokable]
    public void OnKey(string asked)
    {
        if (asked == "help")
            ShowHelp();
        else if (!browser.Focus("[data-note]"))
        {
            NoteWanted = true;
            navigation.NavigateTo("desk");
        }
    }
}
