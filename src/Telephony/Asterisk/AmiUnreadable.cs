namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>A message that could not be understood: why, and how it begins.</summary>
public sealed record AmiUnreadable(DateTimeOffset At, AmiFault Fault, string Excerpt);
