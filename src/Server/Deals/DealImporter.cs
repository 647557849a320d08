using System.Globalization;
using System.Net.Mail;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using CsvHelper;
using CsvHelper.Configuration;

namespace ContactCenterCrm.Server.Deals;

/// <summary>
/// Deals out of a table, each row through the same gate as everything else and answered by itself. A row with the number of a deal changes that one;
/// others make one for a client who is known by number or e-mail.
/// </summary>
internal sealed class DealImporter(Database database, DealMoves moves, ClientSettings clients)
{
    const int RowsMax = 5000;

    /// <summary>Null with a fault: the table cannot be read as one.</summary>
    public async Task<(DealImportAnswer? Answer, string? Fault)> Import(Access access, DealImport import, CancellationToken cancel)
    {
        Funnel? funnel;
        IReadOnlyList<DealField> fields;
        await using (var session = await database.Read(cancel))
        {
            funnel = await FunnelStore.One(session, access, import.FunnelId, cancel);
            fields = await FieldStore.Fields(session, import.FunnelId, cancel);
        }
        if (funnel is null)
            return (null, "There is no such funnel.");
        if (Read(import.Csv, fields, out var rows) is { } fault)
            return (null, fault);
        List<DealImportRow> answers = [];
        foreach (var row in rows)
            answers.Add(await Import(access, import, funnel, row, cancel));
        return (new()
        {
            Created = answers.Count(row => row.What == "created"),
            Changed = answers.Count(row => row.What == "changed"),
            Refused = answers.Count(row => row.What is "blocked" or "invalid"),
            Rows = answers,
        }, null);
    }

    async Task<DealImportRow> Import(Access access, DealImport import, Funnel funnel, TableRow row, CancellationToken cancel)
    {
        FunnelStage? stage = null;
        if (row.Stage is { } name && (stage = funnel.Stages.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) is null)
            return Invalid(row, "stage", $"The funnel has no stage {name}.");
        var loss = stage?.Kind == StageKind.Lost && row.LossReason is { } reason ? new DealLoss { Reason = reason } : null;
        DealResult result;
        if (row.Deal is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return Invalid(row, "deal", "This is not the number of a deal.");
            result = await moves.Run(access, id, null, null, new() { StageId = stage?.Id, Values = row.Values, Loss = loss, OverrideReason = import.OverrideReason }, import.IsTrial, cancel);
            return Answer(row, result, "changed", "deal", "There is no such deal, or it is not yours to see.");
        }
        var found = await ClientOf(access, row.Client, cancel);
        if (found.Count != 1)
            return Invalid(row, "client", found.Count == 0 ? "No client has this number or e-mail." : "Several clients have this number or e-mail.");
        var deal = new NewDeal { FunnelId = funnel.Id, StageId = stage?.Id, ClientId = found[0], Values = row.Values };
        result = await moves.Create(access, deal, import.IsTrial, cancel, import.OverrideReason, loss);
        return Answer(row, result, "created", "client", "There is no such client, or it is not yours to see.");
    }

    static DealImportRow Answer(TableRow row, DealResult result, string saved, string missingField, string missing) => result switch
    {
        DealResult.Saved done => new() { Line = row.Line, What = saved, DealId = done.DealId },
        DealResult.Blocked blocked => new() { Line = row.Line, What = "blocked", Unmet = blocked.Unmet },
        DealResult.Invalid invalid => Invalid(row, invalid.Field.StartsWith("values.", StringComparison.Ordinal) ? invalid.Field[7..] : invalid.Field, invalid.Detail),
        DealResult.OverrideNotAllowed => Invalid(row, "overrideReason", "You may not move deals past their gates."),
        DealResult.ChangedByOther => Invalid(row, "deal", "Somebody else changed this deal at the same moment."),
        _ => Invalid(row, missingField, missing),
    };

    static DealImportRow Invalid(TableRow row, string field, string message) => new() { Line = row.Line, What = "invalid", Field = field, Message = message };

    async Task<IReadOnlyList<long>> ClientOf(Access access, string? text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        await using var session = await database.Read(cancel);
        var args = new { e164 = clients.Numbers.Read(text).E164 ?? "", email = MailAddress.TryCreate(text, out _) ? text.Trim() : "", callerId = access.AgentId };
        return await session.Query<long>(ClientSql(session.Dialect, !access.SeesAll), args, cancel);
    }

    static string? Read(string csv, IReadOnlyList<DealField> fields, out List<TableRow> rows)
    {
        rows = [];
        using var text = new StringReader(csv.TrimStart('\ufeff'));
        using var table = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, BadDataFound = null, MissingFieldFound = null, TrimOptions = TrimOptions.Trim });
        if (!table.Read() || !table.ReadHeader())
            return "There is no head line.";
        var columns = new Dictionary<int, string>();
        foreach (var (i, head) in table.HeaderRecord!.Index())
        {
            if (DealTable.ForReaders.Contains(head))
                continue;
            if (head is "deal" or "client" or "stage" or "loss_reason" || fields.Any(field => field.Key == head))
                columns[i] = head;
            else if (fields.FirstOrDefault(field => head.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) is { } named)
                columns[i] = named.Key;
            if (columns.TryGetValue(i, out var key) && columns.Any(column => column.Key < i && column.Value == key))
                return $"Column {i + 1}, \"{head}\", is there twice.";
            if (!columns.ContainsKey(i) && head.Length > 0)
                return $"Column {i + 1}, \"{head}\", is no field of deals of this funnel.";
        }
        while (table.Read())
        {
            if (rows.Count == RowsMax)
                return $"At most {RowsMax} rows at a time.";
            var cells = columns.ToDictionary(column => column.Value, column => table.GetField(column.Key) is { Length: > 0 } cell ? Plain(cell) : null);
            rows.Add(new(
                table.Parser.RawRow, cells.GetValueOrDefault("deal"), cells.GetValueOrDefault("client"), cells.GetValueOrDefault("stage"), cells.GetValueOrDefault("loss_reason"),
                cells.Where(cell => cell.Key is not ("deal" or "client" or "stage" or "loss_reason") && cell.Value is not null).ToDictionary(cell => cell.Key, cell => cell.Value)));
        }
        return null;
    }

    // As DealTable wrote it.
    static string Plain(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    static Sql ClientSql(Dialect dialect, bool own) => new($"""
        SELECT k.id
        FROM client k
        WHERE k.merged_into IS NULL
        AND (k.id IN (SELECT n.client_id FROM client_number n WHERE n.e164 = @e164 AND n.is_former = {dialect.False}) OR (k.email = @email AND @email <> ''))
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY k.id
        """);

    sealed record TableRow(int Line, string? Deal, string? Client, string? Stage, string? LossReason, IReadOnlyDictionary<string, string?> Values);
}
