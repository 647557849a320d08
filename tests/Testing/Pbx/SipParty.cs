namespace ContactCenterCrm.Testing.Pbx;

/// <summary>Someone at a SIP address, played by SIPp: does something when called, calls others, and measures all of it.</summary>
public abstract class SipParty(AsteriskHost pbx, string name, string address) : IAsyncDisposable
{
    readonly List<SippRun> finished = [];
    readonly List<SippRun> running = [];
    int nextPort = 20_000;
    SippRun? listening;

    public string Address => address;
    public string Name => name;

    /// <summary>The calls that came to it, oldest first, as it measured them.</summary>
    public IReadOnlyList<SipCall> Received =>
        [.. finished.Append(listening).OfType<SippRun>().SelectMany(run => run.Calls).OrderBy(call => call.InvitedAt)];

    /// <summary>The number that an answered call to this party came from; null when the call is none such.</summary>
    public string? CallerOf(SipCall call) => Dialogs.FirstOrDefault(dialog => dialog.CallId == call.CallId)?.Caller;

    protected AsteriskHost Pbx => pbx;

    /// <summary>What the next calls meet. Calls of before stay as they were only if they have ended: a phone is one process.</summary>
    public async Task Does(SipBehaviour behaviour)
    {
        await Silence();
        var speech = Path.Combine(pbx.SipFolder, "quiet.al");
        await File.WriteAllBytesAsync(speech, SipScenario.QuietSpeech());
        listening = await SippRun.Listen(pbx, name, SipScenario.Of(behaviour, pbx.Address, speech), address);
    }

    /// <summary>Calls. The result comes when the call is over.</summary>
    protected async Task<SipCall> Place(SipDial dial, (string User, string Secret)? login)
    {
        var run = Begin(dial, login);
        await run.Played();
        return run.Calls.Single();
    }

    private protected SippRun Begin(SipDial dial, (string User, string Secret)? login)
    {
        var speech = Path.Combine(pbx.SipFolder, "speech.al");
        if (dial.Speaks)
            File.WriteAllBytes(speech, SipScenario.Speech());
        var run = SippRun.Once(pbx, name + "-calls", SipScenario.Of(dial, address, login, speech), address, Interlocked.Increment(ref nextPort));
        lock (running)
            running.Add(run);
        return run;
    }

    private protected IReadOnlyList<SipDialog> Dialogs => listening?.Dialogs ?? [];

    public async ValueTask DisposeAsync()
    {
        await Silence();
        foreach (var run in running)
            await run.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops listening: calls to it find nobody.</summary>
    protected async Task Silence()
    {
        if (listening is null)
            return;
        await listening.DisposeAsync();
        finished.Add(listening);
        listening = null;
    }
}

/// <summary>The provider at the other end of the trunk, and all the world behind it.</summary>
public sealed class SipTrunk(AsteriskHost pbx, string address) : SipParty(pbx, "trunk", address)
{
    /// <summary>A caller from outside. The result comes when the call is over.</summary>
    public Task<SipCall> Call(SipDial dial) => Place(dial, login: null);
}

/// <summary>An agent's phone.</summary>
public sealed class SipPhone(AsteriskHost pbx, string extension, string address, string secret) : SipParty(pbx, extension, address)
{
    /// <summary>Makes the PBX know where the phone is, and from now on answers calls as told.</summary>
    public async Task Register(SipBehaviour behaviour)
    {
        // The registration goes out from the port on which the phone will listen: the PBX calls back where it came from.
        await Silence();
        await Register(expiresSeconds: 3600);
        await Does(behaviour);
    }

    /// <summary>Goes off: the PBX has nowhere to call.</summary>
    public async Task Unregister()
    {
        await Silence();
        await Register(expiresSeconds: 0);
    }

    /// <summary>The agent dials. The result comes when the call is over.</summary>
    public Task<SipCall> Call(SipDial dial) => Place(dial with { From = Name }, (Name, secret));

    /// <summary>
    /// Transfers its caller as IP phones do: calls the target, speaks with it for so long, then puts the two together (REFER with
    /// Replaces). The result is the consultation.
    /// </summary>
    public async Task<SipCall> TransferAttended(string target, TimeSpan consultation)
    {
        await Until.True(() => Dialogs.Count > 0, $"{Name} has a caller to transfer");
        var caller = Dialogs[^1];
        var consulting = Begin(new SipDial(target) { From = Name }, (Name, secret));
        await Until.True(() => consulting.Dialogs.Count > 0, $"{target} answers the consultation of {Name}");
        // What passes here is the talk of two people, not a wait for a condition.
        await Task.Delay(consultation);
        await caller.ReferTo(consulting.Dialogs[0], target, Address, Pbx.Address);
        await consulting.Played();
        // The PBX ends the consultation; of the first call it expects the phone to.
        await caller.HangUp(Address, Pbx.Address);
        return consulting.Calls.Single();
    }

    async Task Register(int expiresSeconds)
    {
        await using var run = SippRun.Once(
            Pbx, Name + "-registers", SipScenario.Register(Name, secret, expiresSeconds), Address, AsteriskHost.SipPort);
        await run.Played();
    }
}
