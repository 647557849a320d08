using System.Globalization;
using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using CsvHelper;
using CsvHelper.Configuration;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Deals as a table that a spreadsheet opens, and that an import takes.</summary>
internal sealed class DealTable(Database database)
{
    const int PageSize = 200;

    /// <summary>Columns that say more to people, and nothing to an import.</summary>
    public static readonly IReadOnlyList<string> ForReaders = ["client_number", "owner_name", "created_at", "closed_at"];

    public async Task Write(Stream stream, Access access, DealFilter filter, DealList deals, int max, CancellationToken cancel)
    {
        IReadOnlyList<DealField> own;
        Dictionary<long, string> stages;
        await using (var session = await database.Read(cancel))
        {
            own = [.. (await FieldStore.Fields(session, filter.FunnelId, cancel)).Where(field => FieldStore.IdOf(field.Key) is not null)];
            stages = (await session.Query<StageName>(StagesSql(session.Dialect), null, cancel)).ToDictionary(stage => stage.Id, stage => stage.Name);
        }
        // Spreadsheets take a cell that begins with = for a formula: the writer puts a quote before it.
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var table = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape });
        foreach (var head in (string[])["deal", "stage", DealFields.Title, "client", "client_number", "owner_name", DealFields.Amount, DealFields.Cost, DealFields.Currency, DealFields.ExpectedClose, "created_at", "closed_at", "loss_reason", .. own.Select(field => Head(field, own))])
            table.WriteField(head);
        await table.NextRecordAsync();
        var written = 0;
        for (var cursor = Cursor.Start; written < max;)
        {
            var page = await deals.Page(access, filter, cursor, PageSize, cancel);
            ILookup<long, (string Key, string Value)> values;
            await using (var session = await database.Read(cancel))
                values = await FieldStore.ValuesOf(session, page.Items.SelectMany(deal => new[] { deal.Id, deal.ClientId }).Distinct(), cancel);
            foreach (var deal in page.Items)
            {
                Write(table, deal, stages.GetValueOrDefault(deal.StageId) ?? "", own, [.. values[deal.Id], .. values[deal.ClientId]]);
                await table.NextRecordAsync();
            }
            written += page.Items.Count;
            if (page.Next is null || !Cursor.TryParse(page.Next, out cursor))
                return;
        }
    }

    /// <summary>Its name, as people read it; the key where an import could not tell it from another.</summary>
    static string Head(DealField field, IReadOnlyList<DealField> own) =>
        own.Count(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase)) > 1 || ForReaders.Contains(field.Name!) ? field.Key : field.Name!;

    static void Write(CsvWriter table, DealItem deal, string stage, IReadOnlyList<DealField> own, IReadOnlyList<(string Key, string Value)> values)
    {
        table.WriteField(deal.Id);
        table.WriteField(stage);
        table.WriteField(deal.Title);
        table.WriteField(deal.ClientName);
        table.WriteField(deal.ClientNumber);
        table.WriteField(deal.OwnerName);
        table.WriteField(deal.Amount);
        table.WriteField(deal.Cost);
        table.WriteField(deal.Currency);
        table.WriteField(deal.ExpectedClose?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        table.WriteField(deal.CreatedAt.ToString("u", CultureInfo.InvariantCulture));
        table.WriteField(deal.ClosedAt?.ToString("u", CultureInfo.InvariantCulture));
        table.WriteField(deal.LossReason);
        foreach (var field in own)
            table.WriteField(values.FirstOrDefault(value => value.Key == field.Key).Value);
    }

    static Sql StagesSql(Dialect _) => new("SELECT id, name FROM stage ORDER BY id");

    sealed record StageName
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }
}
