using System.Collections.Immutable;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>
/// Compares the diary of a PBX (CEL, which its relay brings) with the calls that were heard live. A call that is not here, or of which only a
/// part was heard, is told from the diary. Whatever stops it in between, the next round does the same again.
/// </summary>
internal sealed partial class PbxDiary(
    PbxDiaryStore store, PbxGapStore gaps, CallIngests ingests, Quarantine quarantine, TimeProvider time, ILogger<PbxDiary> log)
{
    /// <summary>Lines looked at in one round: those of 1500 calls that go on.</summary>
    const int LinesMax = 20_000;

    /// <summary>Calls in a transaction.</summary>
    const int SaveMax = 100;

    /// <summary>What was heard live may still be on its way into the database when the diary has come: it is tried again at least every ten seconds.</summary>
    static readonly TimeSpan LiveTakes = TimeSpan.FromSeconds(15);

    /// <summary>A call that is over by the diary and still open here has nobody who would end it.</summary>
    static readonly TimeSpan NobodyEnds = TimeSpan.FromMinutes(10);

    /// <summary>A call without a line for so long has ended with the PBX: its last lines were never written.</summary>
    static readonly TimeSpan WrittenWithin = TimeSpan.FromHours(12);

    /// <summary>Compares what has come since the last round.</summary>
    /// <param name="writtenUntil">Up to when the diary has come in whole; null: that is not known, or there is no gap to fill.</param>
    public async Task Compare(PbxLink link, DateTimeOffset? writtenUntil, CancellationToken cancel)
    {
        var rows = await store.Waiting(link.Name, LinesMax, cancel);
        var done = new JsonRows();
        var lines = Read(link, rows, done);
        // By the one clock that all lines have: they come in pieces, to any node, and each node has ids of its own.
        var groups = CelStory.Groups([.. lines.Keys.OrderBy(line => line.At).ThenBy(line => lines[line].Id)]);
        var over = groups.Where(group => IsOver(group, lines)).ToList();
        var known = await store.Known(link.Name, over.SelectMany(group => group.Select(line => line.CallId)), cancel);
        var found = new JsonRows();
        List<Call> news = [];
        List<ImmutableArray<CelLine>> waiting = [.. groups.Except(over)];
        foreach (var group in over)
        {
            if (group.Any(line => known.GetValueOrDefault(line.CallId)?.IsOpen == true) && time.GetUtcNow() - lines[group[^1]].ReceivedAt < NobodyEnds)
            {
                waiting.Add(group);
                continue;
            }
            Compare(link, group, known, news, found);
            foreach (var line in group)
                done.Row().Add(lines[line].Id).Add(time.GetUtcNow()).Add((string?)null);
        }
        // What was found is written down first: once the calls are saved, nobody can tell any more that they were not heard.
        if (found.Count > 0)
            await store.Found(found, cancel);
        if (!await Save(link.Name, news, known, cancel))
            return;
        if (done.Count > 0)
            await store.Done(done, cancel);
        if (rows.Count == LinesMax)
            LogTooMany(link.Name, LinesMax);
        if (writtenUntil is { } until && rows.Count < LinesMax)
            await gaps.Fill(link.Name, waiting.Select(group => group[0].At).Append(until).Min(), cancel);
    }

    /// <summary>Every night: is each call that was compared here? And what nobody needs any more goes.</summary>
    public async Task Recheck(string pbx, CancellationToken cancel)
    {
        var again = await store.Again(pbx, time.GetUtcNow() - TimeSpan.FromDays(2), cancel);
        if (again > 0)
            LogLacking(pbx, again);
        await store.Forget(pbx, time.GetUtcNow() - TimeSpan.FromDays(14), cancel);
    }

    Dictionary<CelLine, InboxRow> Read(PbxLink link, IReadOnlyList<InboxRow> rows, JsonRows done)
    {
        var lines = new Dictionary<CelLine, InboxRow>(ReferenceEqualityComparer.Instance);
        foreach (var row in rows)
        {
            try
            {
                lines.Add(CelLine.Parse(row.Body), row);
            }
            catch (FormatException error)
            {
                quarantine.Keep(link.Name, error.Message, row.Body);
                done.Row().Add(row.Id).Add(time.GetUtcNow()).Add(error.Message);
            }
        }
        return lines;
    }

    bool IsOver(ImmutableArray<CelLine> group, Dictionary<CelLine, InboxRow> lines)
    {
        var silentFor = time.GetUtcNow() - group.Max(line => lines[line].ReceivedAt);
        return CelStory.IsWhole(group) ? silentFor >= LiveTakes : silentFor >= WrittenWithin;
    }

    void Compare(PbxLink link, ImmutableArray<CelLine> group, IReadOnlyDictionary<string, KnownCall> known, List<Call> news, JsonRows found)
    {
        try
        {
            var calls = CelStory.Tell(link.Name, link.NumberPlan(), link.Trunks.ToHashSet(StringComparer.Ordinal), group);
            foreach (var call in calls.Where(call => call.MergedInto is null))
            {
                var here = known.GetValueOrDefault(call.Key.ExternalId);
                found.Row().Add(link.Name).Add(call.Key.ExternalId).Add(call.StartedAt)
                    .Add(here is null ? CallDiary.Added : here.IsWhole ? CallDiary.Heard : CallDiary.Completed);
            }
            var lacking = calls.Where(call => known.GetValueOrDefault(call.Key.ExternalId)?.IsWhole != true).ToList();
            // A part of a call that was heard as a whole is no news.
            if (lacking.Exists(call => call.MergedInto is null))
                news.AddRange(lacking);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A bug. It must not cost the other calls, and this one is missed from now on.
            found.Row().Add(link.Name).Add(group[0].CallId).Add(group[0].At).Add(CallDiary.Added);
            LogTellFailed(error, link.Name, group[0].CallId);
            quarantine.Keep(link.Name, $"The program failed on what the PBX's diary says of call {group[0].CallId}: {error.Message}", group[0].ToString());
        }
    }

    /// <summary>False: the database is away, and the next round tries again.</summary>
    async Task<bool> Save(string pbx, IReadOnlyList<Call> news, IReadOnlyDictionary<string, KnownCall> known, CancellationToken cancel)
    {
        if (news.Count == 0)
            return true;
        var stored = await store.Calls(news.Select(call => known.GetValueOrDefault(call.Key.ExternalId)?.Id).OfType<long>(), cancel);
        var saver = ingests.Saver(pbx);
        foreach (var batch in news.Chunk(SaveMax))
        {
            var left = await saver.Save([.. batch.Select(call => new PendingCall(WithUnwritten(call, known, stored), time.GetTimestamp()))], cancel);
            if (left.Count > 0)
                return false;
        }
        LogTold(pbx, news.Count);
        return true;
    }

    // Holds and recordings that were heard are true, and the diary has none.
    static Call WithUnwritten(Call call, IReadOnlyDictionary<string, KnownCall> known, IReadOnlyDictionary<long, Call> stored) =>
        known.TryGetValue(call.Key.ExternalId, out var here) && stored.TryGetValue(here.Id, out var heard)
            ? call with { Holds = heard.Holds, Recordings = heard.Recordings }
            : call;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Calls} calls of {Pbx} that were not heard, or not all of them, are told from its diary")]
    private partial void LogTold(string pbx, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls of {Pbx} that its diary told are not here: {Lines} lines are compared again")]
    private partial void LogLacking(string pbx, int lines);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lines} lines of the diary of {Pbx} wait: newer ones are looked at when some of them are done")]
    private partial void LogTooMany(string pbx, int lines);

    [LoggerMessage(Level = LogLevel.Error, Message = "What the diary of {Pbx} says of call {Call} made the program fail and goes to quarantine")]
    private partial void LogTellFailed(Exception error, string pbx, string call);
}
