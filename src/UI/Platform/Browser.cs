using Microsoft.JSInterop;

namespace ContactCenterCrm.UI.Platform;

/// <summary>
/// The browser around the program: its storage, its looks, the focus (wwwroot/js/browser.js). Calls are synchronous, as
/// WebAssembly runs beside the page. <see cref="Open"/> first.
/// </summary>
internal sealed class Browser(IJSRuntime js)
{
    IJSInProcessObjectReference? module;

    /// <summary>The network is back, as far as the browser can tell.</summary>
    public event Action? CameOnline;

    /// <summary>The operating system went from light to dark or back.</summary>
    public event Action? SystemThemeChanged;

    public async Task Open()
    {
        module = await js.InvokeAsync<IJSInProcessObjectReference>("import", "./js/browser.js");
        module.InvokeVoid("listen", DotNetObjectReference.Create(this));
    }

    public string Language => Module.Invoke<string>("language");

    public bool PrefersDark => Module.Invoke<bool>("prefersDark");

    /// <summary>Somebody is in the middle of typing, or a form holds what is not saved: nothing may take the page away.</summary>
    public bool IsTyping => Module.Invoke<bool>("isTyping");

    /// <summary>Some text on the page is marked.</summary>
    public bool HasSelection => Module.Invoke<bool>("hasSelection");

    public string? Stored(string key) => Module.Invoke<string?>("stored", key);

    public void Store(string key, string value) => Module.InvokeVoid("store", key, value);

    public void Forget(string key) => Module.InvokeVoid("forget", key);

    public void Dress(string language, string theme, bool singleKeysOff) => Module.InvokeVoid("dress", language, theme, singleKeysOff);

    /// <summary>Moves the focus to the first visible element that fits; false when there is none.</summary>
    public bool Focus(string selector) => Module.Invoke<bool>("focus", selector);

    /// <summary>The browser's own yes-or-no question.</summary>
    public bool Confirms(string question) => Module.Invoke<bool>("confirms", question);

    /// <summary>Closes the menu (a details element) that is around the focus.</summary>
    public void CloseMenus() => Module.InvokeVoid("closeMenus");

    [JSInvokable]
    public void OnOnline() => CameOnline?.Invoke();

    [JSInvokable]
    public void OnSystemTheme() => SystemThemeChanged?.Invoke();

    IJSInProcessObjectReference Module => module ?? throw new InvalidOperationException("The browser is used before it was opened.");
}
