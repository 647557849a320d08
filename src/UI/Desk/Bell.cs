using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using Microsoft.JSInterop;

namespace ContactCenterCrm.UI.Desk;

/// <summary>Sound and system notification of a ringing call, in the leading tab only (wwwroot/js/ring.js).</summary>
internal sealed class Bell(IJSRuntime js, DeskBoard board, LeaderTab leader, Preferences preferences)
{
    const string Silenced = "silenced:";
    readonly HashSet<long> silenced = [];
    readonly HashSet<long> announced = [];
    IJSInProcessObjectReference? module;
    bool rings;

    public event Action? Changed;

    /// <summary>The browser lets this page make a sound. It does after the first click or key on it.</summary>
    public bool IsUnlocked { get; private set; }

    /// <summary>granted, denied or default (not asked yet).</summary>
    public string Permission { get; private set; } = "denied";

    public async Task Listen()
    {
        if (module is not null)
            return;
        module = await js.InvokeAsync<IJSInProcessObjectReference>("import", "./js/ring.js");
        module.InvokeVoid("listen", DotNetObjectReference.Create(this));
        Permission = module.Invoke<string>("permission");
        board.Changed += Follow;
        leader.Changed += Follow;
        leader.Told += Hear;
    }

    public bool IsSilenced(long callId) => silenced.Contains(callId);

    /// <summary>The agent heard it: no more sound for this call, in any tab.</summary>
    public void Silence(long callId)
    {
        silenced.Add(callId);
        leader.Tell(Silenced + callId);
        Follow();
    }

    public void Try() => module?.InvokeVoid("beep", preferences.RingVolume);

    public async Task AskPermission()
    {
        if (module is not null)
            Permission = await module.InvokeAsync<string>("askPermission");
        Changed?.Invoke();
    }

    [JSInvokable]
    public void OnUnlocked()
    {
        IsUnlocked = true;
        // A call that already rings becomes audible now.
        rings = false;
        Follow();
    }

    void Hear(string word)
    {
        if (word.StartsWith(Silenced, StringComparison.Ordinal) && long.TryParse(word[Silenced.Length..], out var callId))
        {
            silenced.Add(callId);
            Follow();
        }
    }

    void Follow()
    {
        var ringing = board.Cards.Where(card => card.State == DeskCardState.Ringing).ToList();
        silenced.IntersectWith(ringing.Select(card => card.CallId));
        RingFor(ringing);
        NotifyOf(ringing);
        Changed?.Invoke();
    }

    void RingFor(List<DeskCard> ringing)
    {
        var wanted = leader.Leads && ringing.Any(card => !card.IsSecondCall && !silenced.Contains(card.CallId));
        if (wanted == rings)
            return;
        rings = wanted;
        if (wanted)
            module?.InvokeVoid("start", preferences.RingVolume);
        else
            module?.InvokeVoid("stop");
    }

    void NotifyOf(List<DeskCard> ringing)
    {
        announced.IntersectWith(ringing.Select(card => card.CallId));
        if (ringing.Count == 0)
            module?.InvokeVoid("withdraw");
        foreach (var card in ringing.Where(card => announced.Add(card.CallId) && leader.Leads))
        {
            if (card.IsSecondCall)
                module?.InvokeVoid("beep", preferences.RingVolume);
            module?.InvokeVoid("notify", preferences.Texts.Desk.Who(card), preferences.Texts.Desk.Announcement(card));
        }
    }
}
