namespace ContactCenterCrm.Server.Recordings;

internal enum RecordingState
{
    /// <summary>The call says that it is recorded.</summary>
    Expected,

    /// <summary>The sound is here.</summary>
    Ready,

    /// <summary>The call is over, and no sound has come, or an empty one.</summary>
    Missing,

    /// <summary>It was here, and a rule deleted it.</summary>
    Deleted,
}

/// <summary>Reasons as they stand in the database.</summary>
internal static class RecordingWhy
{
    public const string NoFile = "no_file";
    public const string Empty = "empty";
    public const string NoTalk = "no_talk";
    public const string Age = "age";
}
