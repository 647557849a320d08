using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Desk;

/// <summary>What a version of a call means for the desk of the one who owns an extension. Pure: no database, no clock.</summary>
internal static class DeskRules
{
    /// <summary>The card for this extension's owner; null: the call is nothing to show there.</summary>
    public static DeskView? View(Call call, string extension)
    {
        if (call.MergedInto is not null)
            return null;
        var talks = call.Talks.Where(talk => talk.Extension == extension).ToList();
        var offer = call.Offers.LastOrDefault(offer => offer.Extension == extension && offer.RingStartedAt is not null);
        var placed = call.PlacedBy == extension;
        var asked = placed ? PlacedCalls.OwnPhone(call, extension) : null;
        if (State(call, extension, talks, offer, placed, wasAsked: asked is not null) is not { } state)
            return null;
        return new()
        {
            Source = call.Key.Source,
            State = state,
            // Until the number is called, nothing on the wire tells where the call goes; who asked for it knows.
            Direction = JsonNamingPolicy.SnakeCaseLower.ConvertName((asked is null ? call.Direction : CallDirection.Outbound).ToString()),
            Number = call.Client?.E164,
            RawNumber = call.Direction == CallDirection.Internal && asked is null ? Colleague(call, extension) : call.Client?.RawNumber,
            IsHidden = call.Client?.IsHidden ?? false,
            CallerName = call.Client?.Name,
            Did = call.Did,
            Queue = offer?.Queue ?? call.Queue,
            TransferredBy = offer?.TransferredBy,
            WithdrawnBecause = state == DeskCardState.Withdrawn ? Reason(call, offer!) : null,
            TakenBy = state == DeskCardState.Withdrawn ? TakenBy(call, offer!) : null,
            DialStep = state == DeskCardState.Dialling ? PlacedCalls.Step(asked) : null,
            NotReached = placed && state == DeskCardState.WrapUp && talks.Count == 0 ? PlacedCalls.NotReached(call, asked) : null,
            NetworkStatus = placed && state == DeskCardState.WrapUp && talks.Count == 0 ? PlacedCalls.NetworkStatus(call) : null,
            StartedAt = call.StartedAt,
            RingingSince = offer?.RingStartedAt,
            TalkingSince = talks.FirstOrDefault()?.StartedAt,
            EndedAt = state switch
            {
                DeskCardState.WrapUp => talks.Max(talk => talk.EndedAt) ?? call.EndedAt,
                DeskCardState.Withdrawn => offer!.EndedAt ?? call.EndedAt,
                DeskCardState.Ringing or DeskCardState.Dialling or DeskCardState.Talking or DeskCardState.OnHold => null,
            },
        };
    }

    /// <summary>What becomes of an agent's card when the call shows this; null: nothing changes.</summary>
    /// <param name="card">The card as it is; null: the agent has none.</param>
    /// <param name="view">Null: the call is nothing to show there any more.</param>
    /// <param name="isBusy">The agent is in another call.</param>
    public static DeskRow? Next(DeskRow? card, DeskView? view, DeskPlace place, bool isBusy, DateTimeOffset now)
    {
        if (card is null or { IsOpen: false })
            return view is null || !Opens(card, view) ? null : Opened(card, view with { IsSecondCall = isBusy && view.State == DeskCardState.Ringing }, place, now);
        if (view is null)
            return card with { Revision = card.Revision + 1, IsOpen = false, ClosedAt = now };
        // Second call or not is decided when it begins to ring: it does not change while the agent listens.
        var shown = view with { IsSecondCall = view.RingingSince == card.View.RingingSince ? card.View.IsSecondCall : isBusy };
        if (shown == card.View)
            return null;
        var leaves = shown.State == DeskCardState.Withdrawn;
        return card with { Revision = card.Revision + 1, Extension = place.Extension, View = shown, IsOpen = !leaves, ClosedAt = leaves ? now : null };
    }

    // A call that began and ended before anybody could show it leaves work only to the one who talked. A closed card comes back only
    // with a call that comes back.
    static bool Opens(DeskRow? card, DeskView view) => view.IsLive || (card is null && view.State == DeskCardState.WrapUp);

    static DeskRow Opened(DeskRow? card, DeskView view, DeskPlace place, DateTimeOffset now) => new()
    {
        AgentId = place.AgentId,
        CallId = place.CallId,
        Revision = (card?.Revision ?? 0) + 1,
        IsOpen = true,
        Extension = place.Extension,
        View = view,
        NoteDraft = card?.NoteDraft ?? "",
        OpenedAt = now,
    };

    static DeskCardState? State(Call call, string extension, List<TalkSegment> talks, Offer? offer, bool placed, bool wasAsked)
    {
        if (call.IsLive && talks.Any(talk => talk.EndedAt is null))
            return call.Holds.Any(hold => hold.By == extension && hold.EndedAt is null) ? DeskCardState.OnHold : DeskCardState.Talking;
        if (call.IsLive && offer is { Result: null })
            return DeskCardState.Ringing;
        if (call.IsLive && placed && talks.Count == 0)
            return DeskCardState.Dialling;
        // A colleague's call leaves no client to write about: its card goes with the call.
        if (call.Direction == CallDirection.Internal && !wasAsked)
            return null;
        if (talks.Count > 0 || placed)
            return DeskCardState.WrapUp;
        return offer is null ? null : DeskCardState.Withdrawn;
    }

    static string Reason(Call call, Offer offer) => offer.Result switch
    {
        OfferResult.Rejected or OfferResult.Busy => Withdrawals.Rejected,
        OfferResult.RangOut or OfferResult.Unreachable => Withdrawals.RangOut,
        // Answered without a talk of its own: the line to the PBX was down in between, or the talk is a matter of milliseconds.
        OfferResult.Withdrawn or OfferResult.Answered or null => TakenBy(call, offer) is null ? Withdrawals.CallerGone : Withdrawals.AnsweredElsewhere,
    };

    /// <summary>Whoever began to talk with the client after this phone had begun to ring, or has picked up and is about to.</summary>
    static string? TakenBy(Call call, Offer offer)
    {
        var talk = call.Talks.FirstOrDefault(talk => talk.Kind != TalkKind.Consult && talk.Extension != offer.Extension && talk.StartedAt >= offer.OfferedAt);
        return talk?.Extension ?? talk?.ExternalNumber
            ?? call.Offers.FirstOrDefault(other => other.Extension != offer.Extension && other.Result == OfferResult.Answered && other.EndedAt >= offer.OfferedAt)?.Extension;
    }

    /// <summary>The other party of an internal call.</summary>
    static string? Colleague(Call call, string extension) => call.PlacedBy != extension
        ? call.PlacedBy
        : call.Talks.Select(talk => talk.Extension).Concat(call.Offers.Select(offer => offer.Extension)).FirstOrDefault(other => other is not null && other != extension);
}

/// <summary>Whose desk, for which call, and by which phone.</summary>
internal readonly record struct DeskPlace(long AgentId, long CallId, string Extension);
