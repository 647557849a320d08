using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using MudBlazor;

namespace ContactCenterCrm.UI.Deals;

/// <summary>What came of a move.</summary>
/// <param name="Card">The deal where it is now; null: it was not moved.</param>
/// <param name="Unmet">What kept it.</param>
internal sealed record MoveOutcome(DealCard? Card, IReadOnlyList<UnmetItem> Unmet, Problem? Problem);

/// <summary>Moves a deal from wherever it is shown: at once if it may go, else through the dialog at the gate.</summary>
internal sealed class DealMover(DealsApi deals, IDialogService dialogs)
{
    public async Task<MoveOutcome> Move(Funnel funnel, DealItem deal, FunnelStage to, CancellationToken cancel)
    {
        // A refusal needs its reason before anything is sent.
        if (to.Kind == StageKind.Lost)
            return await Ask(funnel, deal, to, refusal: null);
        var answer = await deals.Move(deal.Id, new() { Version = deal.Version, StageId = to.Id }, cancel);
        if (answer.Succeeded(out var card, out var problem))
            return new(card, [], null);
        return DealsApi.Unmet(problem) is null && DealsApi.Newer(problem) is null ? new(null, [], problem) : await Ask(funnel, deal, to, problem);
    }

    async Task<MoveOutcome> Ask(Funnel funnel, DealItem deal, FunnelStage to, Problem? refusal)
    {
        var parameters = new DialogParameters<GateDialog>
        {
            { dialog => dialog.Funnel, funnel },
            { dialog => dialog.Deal, deal },
            { dialog => dialog.To, to },
            { dialog => dialog.Refusal, refusal },
        };
        var shown = await dialogs.ShowAsync<GateDialog>(null, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = false, BackdropClick = false });
        return await shown.Result is { Canceled: false, Data: DealCard card } ? new(card, [], null) : new(null, DealsApi.Unmet(refusal) ?? [], null);
    }
}
