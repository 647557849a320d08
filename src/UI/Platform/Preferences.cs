using System.Globalization;
using System.Text.Json;

namespace ContactCenterCrm.UI.Platform;

public enum ThemeChoice { System, Light, Dark }

/// <summary>What this browser's user likes, kept in this browser. js/start.js reads it too, before anything is painted.</summary>
internal sealed record StoredPreferences
{
    public string? Language { get; init; }
    public string? Theme { get; init; }
    public int? RingVolume { get; init; }
    public bool? SingleKeysOff { get; init; }
}

/// <summary>The preferences in force. Setting one stores it and repaints whoever listens.</summary>
internal sealed class Preferences
{
    const string StorageKey = "preferences";
    const int DefaultRingVolume = 60;
    readonly Browser browser;
    StoredPreferences stored;

    public Preferences(Browser browser)
    {
        this.browser = browser;
        stored = Read(browser.Stored(StorageKey));
        Apply();
    }

    public event Action? Changed;

    public Language Language => Languages.FromTag(stored.Language ?? browser.Language);

    public Texts Texts => Texts.In(Language);

    public ThemeChoice Theme => Enum.TryParse<ThemeChoice>(stored.Theme, ignoreCase: true, out var theme) ? theme : ThemeChoice.System;

    public bool IsDark => Theme switch
    {
        ThemeChoice.Dark => true,
        ThemeChoice.Light => false,
        ThemeChoice.System => browser.PrefersDark,
    };

    /// <summary>0 to 100.</summary>
    public int RingVolume => stored.RingVolume ?? DefaultRingVolume;

    public bool SingleKeysOff => stored.SingleKeysOff ?? false;

    public void Speak(Language language) => Change(stored with { Language = language.Tag() });

    public void Paint(ThemeChoice theme) => Change(stored with { Theme = theme.ToString().ToLowerInvariant() });

    public void Ring(int volume) => Change(stored with { RingVolume = volume });

    public void TurnSingleKeys(bool on) => Change(stored with { SingleKeysOff = !on });

    /// <summary>The system's own theme changed.</summary>
    public void Refresh()
    {
        Apply();
        Changed?.Invoke();
    }

    void Change(StoredPreferences changed)
    {
        stored = changed;
        browser.Store(StorageKey, JsonSerializer.Serialize(stored, WireJson.Default.StoredPreferences));
        Refresh();
    }

    void Apply()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = Language.Culture();
        browser.Dress(Language.Tag(), IsDark ? "dark" : "light", SingleKeysOff);
    }

    static StoredPreferences Read(string? json)
    {
        try
        {
            return json is null ? new() : JsonSerializer.Deserialize(json, WireJson.Default.StoredPreferences) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}
