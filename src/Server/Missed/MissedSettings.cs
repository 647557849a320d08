namespace ContactCenterCrm.Server.Missed;

/// <summary>Section <c>Missed</c> of the configuration.</summary>
internal sealed class MissedSettings
{
    /// <summary>Who hangs up before that did not wait to be answered: it is no lost call.</summary>
    public double ShortSeconds { get; set; } = 5;

    /// <summary>How long somebody who takes a lost call on has it alone.</summary>
    public double ClaimMinutes { get; set; } = 15;

    /// <summary>How far back calls are looked at that nobody told the ledger of.</summary>
    public double CatchUpDays { get; set; } = 7;

    public TimeSpan Claim => TimeSpan.FromMinutes(ClaimMinutes);

    public TimeSpan CatchUp => TimeSpan.FromDays(CatchUpDays);
}
