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
    /// they are in, and last the list that completes the snapshot. The answer: the write classes that the user lacks for it. Those
    /// for commands are no part of it: an account that only watches is a complete one.
    /// </summary>
    public static async Task<IReadOnlyCollection<string>> Take(AmiLine line, CancellationToken cancel)
    {
        var channels = new AmiAction("Status").Add("Variables", "DID,MIXMONITOR_FILENAME,CDR(answer)");
        AmiAction[] lists = [channels, new("BridgeList"), new("QueueStatus"), new("CoreShowChannels")];
        var isDenied = false;
        foreach (var list in lists)
            isDenied |= (await line.Ask(list, keepsItems: false, cancel)).IsDenied;
        return isDenied ? ["write=reporting"] : [];
    }
}

/// <summary>What a PBX said about itself.</summary>
/// <param name="StartedAt">Its own local time without a zone: an identity to compare, not a moment.</param>
internal sealed record AmiPbxFacts(string Version, string StartedAt);
