using System.Data.Common;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Telephony.Calls;
using Dapper;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// What somebody would write with Dapper alone for a call that rings: find the client by number, or make the card with its number and
/// inquiry; then the call, its legs, its offer, who may see it and what a restart must find. The rows are those of the product, and the
/// ids are counted in memory.
/// </summary>
internal sealed class SaveByHand(DbConnection connection)
{
    long lastId;

    /// <summary>One transaction.</summary>
    public async Task Save(IReadOnlyList<Call> calls)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var call in calls.OrderBy(call => call.Client!.E164, StringComparer.Ordinal))
            await Save(call, transaction);
        await transaction.CommitAsync();
    }

    async Task Save(Call call, DbTransaction transaction)
    {
        var (callId, e164, at) = (++lastId, call.Client!.E164!, call.StartedAt);
        var known = await connection.ExecuteScalarAsync<long?>("SELECT client_id FROM client_number WHERE e164 = @e164", new { e164 }, transaction);
        if (known is null)
            await AddClient(call, ++lastId, callId, transaction);
        else
            await connection.ExecuteAsync("UPDATE client SET last_contact_at = @at, active_at = @at, status = @status WHERE id = @id", new { at, status = ClientStatus.Contact, id = known }, transaction);
        await connection.ExecuteAsync("""
            INSERT INTO call (id, source, external_id, revision, direction, started_at, client_id, party_e164, party_hidden, did, ring_seconds, talk_seconds)
            VALUES (@callId, @source, @externalId, 1, 'inbound', @at, @clientId, @e164, @isHidden, @did, 0, 0)
            """, new { callId, source = call.Key.Source, externalId = call.Key.ExternalId, at, clientId = known ?? lastId, e164, isHidden = false, did = call.Did }, transaction);
        var (first, second, offer) = (call.Legs[0], call.Legs[1], call.Offers[0]);
        await connection.ExecuteAsync("""
            INSERT INTO call_leg (call_id, seq, leg_id, kind, endpoint, started_at, ringing_at, up_at, origin)
            VALUES (@callId, 0, @firstId, 'trunk', @firstEndpoint, @at, NULL, @at, 'unknown'), (@callId, 1, @secondId, 'extension', @secondEndpoint, @at, @at, NULL, 'called')
            """, new { callId, firstId = first.Id, firstEndpoint = first.Endpoint, secondId = second.Id, secondEndpoint = second.Endpoint, at }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO call_offer (call_id, seq, extension, leg_id, offered_at, ring_started_at) VALUES (@callId, 0, @extension, @legId, @at, @at)",
            new { callId, extension = offer.Extension, legId = offer.LegId, at }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO call_party (source, extension, call_id, started_at) VALUES (@source, @extension, @callId, @at)",
            new { source = call.Key.Source, extension = offer.Extension, callId, at }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO live_call (call_id, source, body) VALUES (@callId, @source, @body)",
            new { callId, source = call.Key.Source, body = CallText.Write(call) }, transaction);
    }

    async Task AddClient(Call call, long clientId, long callId, DbTransaction transaction)
    {
        var (e164, at) = (call.Client!.E164!, call.StartedAt);
        await connection.ExecuteAsync("""
            INSERT INTO client (id, status, name, main_number, origin_key, created_at, last_contact_at, active_at, version)
            VALUES (@clientId, @status, '', @e164, @origin, @at, @at, @at, 1)
            """, new { clientId, status = ClientStatus.Inquiry, e164, origin = ClientIntake.OriginOfNumber(e164), at }, transaction);
        await connection.ExecuteAsync("""
            INSERT INTO client_number (client_id, e164, extension, seq, e164_reversed, is_shared, is_former)
            VALUES (@clientId, @e164, '', 0, @reversed, @no, @no)
            """, new { clientId, e164, reversed = ClientNumbers.Reversed(e164), no = false }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO inquiry (id, client_id, channel, source, did, call_id, opened_at) VALUES (@id, @clientId, @channel, @source, @did, @callId, @at)",
            new { id = clientId, clientId, channel = InquiryStore.ByCall, source = call.Key.Source, did = call.Did, callId, at }, transaction);
    }
}
