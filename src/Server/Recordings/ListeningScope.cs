namespace ContactCenterCrm.Server.Recordings;

/// <summary>What somebody wants to do with a recording: three rights.</summary>
internal enum ListeningUse { Play, Download, Share }

/// <summary>
/// Whose recordings the caller's role covers, for <c>WHERE</c>: over <c>call c</c> and <c>listening_right lr</c> (the row of
/// <c>@callerRole</c>), with the parameter <c>@callerId</c>.
/// </summary>
/// <remarks>
/// A talk is an agent's own when the agent's extension talked in it, and had been given to the agent when it began: who takes a number over
/// does not get the predecessor's talks. A message in a mailbox belongs to those whose phones rang for the call.
/// </remarks>
internal static class ListeningScope
{
    public const string Covers = """
        (lr.scope = 'all' OR (lr.scope IN ('own', 'team') AND EXISTS (
            SELECT 1
            FROM agent_extension heard
            JOIN agent speaker ON speaker.id = heard.agent_id
            WHERE heard.pbx = c.source AND heard.assigned_at <= COALESCE(c.ended_at, c.started_at)
                AND (speaker.id = @callerId OR (lr.scope = 'team' AND speaker.team_id = (SELECT me.team_id FROM agent me WHERE me.id = @callerId)))
                AND (EXISTS (SELECT 1 FROM call_talk talk WHERE talk.call_id = c.id AND talk.extension = heard.extension)
                    OR (c.result = 'voicemail' AND EXISTS (
                        SELECT 1 FROM call_party rung WHERE rung.call_id = c.id AND rung.source = heard.pbx AND rung.extension = heard.extension))))))
        """;

    /// <summary>A colleague let the caller hear recording <c>r</c>, and the time is not over; with <c>@now</c>.</summary>
    public const string IsShared = """
        EXISTS (SELECT 1 FROM recording_share given WHERE given.recording_id = r.id AND given.to_agent_id = @callerId AND given.expires_at > @now)
        """;

    /// <summary>The row of the caller's role has this right.</summary>
    public static string Allows(ListeningUse use, string isTrue) => use switch
    {
        ListeningUse.Play => $"lr.may_play = {isTrue}",
        ListeningUse.Download => $"lr.may_download = {isTrue}",
        ListeningUse.Share => $"lr.may_share = {isTrue}",
    };
}
