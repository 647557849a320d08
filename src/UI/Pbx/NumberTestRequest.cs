namespace ContactCenterCrm.UI.Pbx;

/// <summary>Numbers for the test bench of a PBX.</summary>
internal sealed record NumberTestRequest(string Pbx, IReadOnlyList<string> Numbers);
