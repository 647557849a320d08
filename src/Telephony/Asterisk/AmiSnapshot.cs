namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>What to ask after a login, so that the PBX and the calls in progress become known.</summary>
internal static class AmiSnapshot
{
    public static async Task<AmiPbxFacts> Identify(AmiLine line, CancellationToken cancel)
    {
        var status = await line.Ask(new AmiAction("CoreStatus"), keepsItems: false, cancel);
        var settings = await line.Ask(new AmiAction("CoreSettings"), keepsItems: false, cancel);
        var started = $"{status.Response[AmiKey.CoreStartupDate]} {status.Response[AmiKey.CoreStartupTime]}".Trim();
        return new AmiPbxFacts(settings.Response[AmiKey.AsteriskVersion], started);
    }

    /// <summary>
    /// Asks for lists whose items reach the calls' owner as signals, in an order that makes sense there: channels before what
    /// they are in, and last the list that completes the snapshot. The answer: the write classes that the user lacks.
    /// </summary>
    public static async Task<IReadOnlyCollection<string>> Take(AmiLine line, CancellationToken cancel)
    {
        var denied = new SortedSet<string>(StringComparer.Ordinal);
        var channels = new AmiAction("Status").Add("Variables", "DID,MIXMONITOR_FILENAME,CDR(answer)");
        AmiAction[] lists = [channels, new("BridgeList"), new("QueueStatus"), new("CoreShowChannels")];
        foreach (var list in lists)
            await Note(list, "write=reporting");
        // Asterisk checks the privilege before the fields: an action without its fields does nothing, and tells whether it is allowed.
        await Note(new AmiAction("Originate"), "write=originate");
        await Note(new AmiAction("Redirect"), "write=call");
        await Note(new AmiAction("QueuePause"), "write=agent");
        return denied;

        async Task Note(AmiAction action, string privilege)
        {
            if ((await line.Ask(action, keepsItems: false, cancel)).IsDenied)
                denied.Add(privilege);
        }
    }
}

/// <summary>What a PBX said about itself.</summary>
/// <param name="StartedAt">Its own local time without a zone: an identity to compare, not a moment.</param>
internal sealed record AmiPbxFacts(string Version, string StartedAt);
