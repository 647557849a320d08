namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Asks the PBX to send this session only what AsteriskSignals understands: about a sixth of the bytes of everything
/// (`Action: Filter`, Asterisk 22; older ones refuse it and send all). Filters touch neither answers nor lists.
/// </summary>
internal static class AmiFilters
{
    private static readonly string[] variables = ["MIXMONITOR_FILENAME", "DIALSTATUS", "QUEUESTATUS", "VMSTATUS"];

    /// <summary>Null when they are set; otherwise why they are not, and everything comes.</summary>
    /// <exception cref="AmiLineException">Only a part of them was accepted: without the rest calls would be seen incompletely.</exception>
    public static async Task<string?> Set(AmiLine line, CancellationToken cancel)
    {
        var filters = All().ToArray();
        var first = await line.Ask(filters[0], keepsItems: false, cancel);
        if (!first.IsSuccess)
            return first.Message;
        var others = await Task.WhenAll(filters[1..].Select(filter => line.Ask(filter, keepsItems: false, cancel)));
        return others.FirstOrDefault(answer => !answer.IsSuccess) is { } refused
            ? throw new AmiLineException(AmiProblem.Dropped, $"The PBX accepted some event filters and refused another: {refused.Message}")
            : null;
    }

    private static IEnumerable<AmiAction> All() =>
    [
        .. Enum.GetNames<AmiEvent>()
            .Except([nameof(AmiEvent.Unknown), nameof(AmiEvent.VarSet), nameof(AmiEvent.Newexten)])
            .Select(name => Include($"name({name})", "")),
        .. variables.Select(variable => Include("name(VarSet),header(Variable),method(exact)", variable)),
        Include("name(Newexten),header(Application),method(exact)", "ConfBridge"),
    ];

    private static AmiAction Include(string criteria, string value) =>
        new AmiAction("Filter").Add("Operation", "Add").Add("MatchCriteria", $"action(include),{criteria}").Add("Filter", value);
}
