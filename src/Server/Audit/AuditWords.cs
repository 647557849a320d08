namespace ContactCenterCrm.Server.Audit;

/// <summary>The words of the audit. They stay as they are: old rows bear them.</summary>
internal static class AuditWords
{
    public const string Play = "play";
    public const string Download = "download";
    public const string Share = "share";
    public const string ListeningRight = "listening_right";
    public const string RecordingPolicy = "recording_policy";

    public const string Merge = "merge";
    public const string UndoMerge = "undo_merge";

    public const string Export = "export";

    public const string Recording = "recording";
    public const string Role = "role";
    public const string Policy = "policy";
    public const string Client = "client";
    public const string Funnel = "funnel";

    public const string Done = "done";
    public const string Refused = "refused";
}
