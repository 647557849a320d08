namespace ContactCenterCrm.UI.Platform;

/// <summary>The colour of a state. It always goes with an icon or a word.</summary>
public enum Tone { Neutral, Active, Good, Warning, Bad }
