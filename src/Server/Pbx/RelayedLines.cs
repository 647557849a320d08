using System.Security.Cryptography;
using System.Text;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>What a PBX writes into its own diary of calls, kept in the inbox. A line that comes again is the same row.</summary>
internal sealed class RelayedLines(Database database, IdBlocks ids, TimeProvider time)
{
    public const string Cel = "cel";
    public const string Cdr = "cdr";

    public static readonly IReadOnlyList<string> Kinds = [Cel, Cdr];

    /// <summary>The name of their place in the inbox.</summary>
    public static string SourceOf(string kind, string pbx) => $"{kind}:{pbx}";

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public async Task Keep(string kind, string pbx, IReadOnlyCollection<string> lines, CancellationToken cancel)
    {
        if (lines.Count == 0)
            return;
        var id = await ids.Take(lines.Count, cancel);
        var now = time.GetUtcNow();
        var rows = new JsonRows();
        foreach (var line in lines.Distinct())
            rows.Row().Add(id++).Add(SourceOf(kind, pbx)).Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))).Add(now).Add(line);
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([Inbox.Put(rows)], cancel);
        await session.Commit(cancel);
    }
}
