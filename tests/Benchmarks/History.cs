using System.Globalization;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Any number of calls that are over, one every minute up to now: each rang at one agent's phone; four in five were answered, one in five was
/// outbound, one in a thousand came over a line of its own, one in ten left a note,
/// and all are off the desk.
/// </summary>
internal static class History
{
    public const string Pbx = "office";

    /// <summary>Every other line is busier.</summary>
    public const string RareLine = "74951234599";

    const int AnsweredSeconds = 90;
    const int Lines = 10;

    static readonly TimeSpan Ring = TimeSpan.FromSeconds(6);

    public static string Extension(int agent) => string.Create(CultureInfo.InvariantCulture, $"{1001 + agent}");

    /// <summary>Writes so many calls of the first <paramref name="clients"/> clients of <see cref="Crowd"/>, with ids from <paramref name="firstId"/>.</summary>
    public static async Task Fill(DatabaseOptions database, int count, int clients, IReadOnlyList<long> agents, long firstId, DateTimeOffset now)
    {
        var calls = Enumerable.Range(0, count).Select(i => new Past(
            firstId + i,
            $"{now.ToUnixTimeSeconds()}.{i}",
            Client: 1 + i * 7_919L % clients,
            Agent: i * 31 % agents.Count,
            now.AddMinutes(i - count),
            IsAnswered: i % 5 != 0,
            IsOutbound: i % 7 == 0,
            Line: i % 1000 == 999 ? RareLine : $"7495123450{i % Lines}")).ToList();
        await Filling.Fill(database, "call",
            """
            id, source, external_id, revision, direction, started_at, answered_at, ended_at, client_id, party_number, party_e164, party_hidden, did, placed_by, answered_by, last_agent, result, hangup_by, ring_seconds, wait_seconds, talk_seconds
            """.Trim(),
            calls.Select(call => new object?[]
            {
                call.Id, Pbx, call.ExternalId, 5, call.IsOutbound ? "outbound" : "inbound", call.At, call.IsAnswered ? call.At + Ring : null, call.EndedAt, call.Client,
                Crowd.E164(call.Client), Crowd.E164(call.Client), false, call.Line, call.IsOutbound ? call.Extension : null, call.IsAnswered ? call.Extension : null,
                call.Extension, call.IsAnswered ? "answered" : "missed", "client", Ring.TotalSeconds, Ring.TotalSeconds, call.IsAnswered ? AnsweredSeconds : 0.0,
            }));
        await Filling.Fill(database, "call_party", "source, extension, call_id, started_at", calls.Select(call => new object?[] { Pbx, call.Extension, call.Id, call.At }));
        await Filling.Fill(database, "call_offer", "call_id, seq, extension, leg_id, offered_at, ring_started_at, ended_at, result", calls.Select(call =>
            new object?[] { call.Id, 0, call.Extension, call.ExternalId + "-b", call.At, call.At, call.At + Ring, call.IsAnswered ? "answered" : "rang_out" }));
        await Filling.Fill(database, "note", "id, client_id, call_id, author_id, author_name, body, written_at", calls.Where((_, i) => i % 10 == 0).Select(call =>
            new object?[] { firstId + count + call.Id, call.Client, call.Id, 1L, "Agent", "Wants the catalogue by post.", call.EndedAt }));
        await Filling.Fill(database, "desk_card", "agent_id, call_id, revision, is_open, extension, view_json, note_draft, opened_at, closed_at", calls.Select(call =>
            new object?[] { agents[call.Agent], call.Id, 4L, false, call.Extension, "{}", "", call.At, call.EndedAt }));
    }

    sealed record Past(long Id, string ExternalId, long Client, int Agent, DateTimeOffset At, bool IsAnswered, bool IsOutbound, string Line)
    {
        public string Extension => History.Extension(Agent);
        public DateTimeOffset EndedAt => At + Ring + TimeSpan.FromSeconds(IsAnswered ? AnsweredSeconds : 0);
    }
}
