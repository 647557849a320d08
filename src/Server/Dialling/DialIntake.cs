using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>What became of a wish to call.</summary>
internal abstract record DialAnswer
{
    public sealed record Accepted(DialItem Item) : DialAnswer;

    public sealed record NumberUnreadable : DialAnswer;

    public sealed record NoSuchClient : DialAnswer;

    /// <summary>The client, or somebody with this number, does not want to be called.</summary>
    public sealed record DoNotCall : DialAnswer;

    public sealed record NoPhone : DialAnswer;

    public sealed record NotYourPhone : DialAnswer;

    public sealed record SeveralPhones(IReadOnlyList<DialPhone> Phones) : DialAnswer;

    public sealed record LineDown(string Source) : DialAnswer;

    public sealed record AlreadyDialling : DialAnswer;
}

/// <summary>Decides whether an agent may call a number, and with which phone, and puts the order where the owner of the line finds it.</summary>
internal sealed class DialIntake(
    Database database, IdBlocks ids, DialStore store, IEnumerable<ICallDialler> diallers, ClientSettings settings, TimeProvider time)
{
    public async Task<DialAnswer> Take(Access access, DialRequest request, CancellationToken cancel)
    {
        if (settings.Numbers.Read(request.Number).E164 is not { } number)
            return new DialAnswer.NumberUnreadable();
        if (await RefusalOfClient(access, request.ClientId, number, cancel) is { } refusal)
            return refusal;
        var (phone, refusalOfPhone) = await PhoneOf(access, request, cancel);
        return phone is null ? refusalOfPhone! : await Ask(access, phone, number, request.ClientId, cancel);
    }

    async Task<DialAnswer> Ask(Access access, DialPhone phone, string number, long? clientId, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        var order = new DialOrder
        {
            Id = id,
            Source = phone.Pbx,
            Extension = phone.Extension,
            Number = number,
            // The id alone would do, until a database is put back to an older state.
            CallId = $"crm-{id}-{Guid.NewGuid():N}",
            AskedAt = time.GetUtcNow(),
        };
        return await store.Add(access.AgentId, clientId, order, cancel) is { } item ? new DialAnswer.Accepted(item) : new DialAnswer.AlreadyDialling();
    }

    async Task<DialAnswer?> RefusalOfClient(Access access, long? clientId, string number, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (clientId is not null && await session.QueryFirst<long?>(
            ClientSql(session.Dialect, !access.SeesAll), new { clientId, callerId = access.AgentId }, cancel) is null)
        {
            return new DialAnswer.NoSuchClient();
        }
        // Whoever said so is not called, whether the agent may see the card or not.
        var unwilling = await session.QueryFirst<long?>(UnwillingSql(session.Dialect), new { clientId = clientId ?? 0, number }, cancel);
        return unwilling is null ? null : new DialAnswer.DoNotCall();
    }

    /// <summary>The one phone that is meant: of several, those whose line is up.</summary>
    async Task<(DialPhone? Phone, DialAnswer? Refusal)> PhoneOf(Access access, DialRequest request, CancellationToken cancel)
    {
        var own = await store.Phones(access.AgentId, cancel);
        var meant = own.Where(phone => (request.Extension ?? phone.Extension) == phone.Extension && (request.Pbx ?? phone.Pbx) == phone.Pbx).ToList();
        if (meant.Count == 0)
            return (null, own.Count == 0 ? new DialAnswer.NoPhone() : new DialAnswer.NotYourPhone());
        List<DialPhone> ready = [];
        foreach (var phone in meant)
        {
            if (await LineOf(phone.Pbx, cancel) is DialLine.Up)
                ready.Add(phone);
        }
        return ready.Count switch
        {
            0 => (null, new DialAnswer.LineDown(meant[0].Pbx)),
            1 => (ready[0], null),
            _ => (null, new DialAnswer.SeveralPhones(ready)),
        };
    }

    async Task<DialLine?> LineOf(string source, CancellationToken cancel)
    {
        foreach (var dialler in diallers)
        {
            if (await dialler.Line(source, cancel) is { } line)
                return line;
        }
        return null;
    }

    static Sql ClientSql(Dialect _, bool own) => new($"""
        SELECT k.id
        FROM client k
        WHERE k.id = @clientId AND k.merged_into IS NULL
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        """);

    static Sql UnwillingSql(Dialect dialect) => new($"""
        SELECT k.id
        FROM client k
        WHERE k.do_not_call = {dialect.True}
        AND (k.id = @clientId OR k.id IN (SELECT n.client_id FROM client_number n WHERE n.e164 = @number AND n.is_former = {dialect.False}))
        """);
}
