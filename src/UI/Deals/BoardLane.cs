using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>A column of the board: its totals, and the cards that are loaded so far.</summary>
internal sealed class BoardLane(FunnelStage stage, BoardColumn totals)
{
    string? next = totals.Page.Next;
    int pages = 1;

    public FunnelStage Stage { get; private set; } = stage;
    public BoardColumn Totals { get; private set; } = totals;
    public List<DealItem> Deals { get; private set; } = [.. totals.Page.Items];
    public bool HasMore => next is not null;
    public bool IsLoading { get; private set; }
    public int Left => Math.Max(0, Totals.Deals - Deals.Count);

    /// <summary>Takes new totals and the first page; what was loaded beyond it stays.</summary>
    /// <param name="moved">A deal that has just been moved: it may not be here any more.</param>
    public void Renew(FunnelStage stage, BoardColumn fresh, long? moved)
    {
        var first = fresh.Page.Items.Select(deal => deal.Id).ToHashSet();
        var beyond = pages == 1 ? [] : Deals.Where(deal => deal.Id != moved && !first.Contains(deal.Id));
        (Stage, Totals, Deals) = (stage, fresh, [.. fresh.Page.Items, .. beyond]);
        if (pages == 1)
            next = fresh.Page.Next;
    }

    /// <summary>Shows a deal that came here, though its place is further down than what is loaded.</summary>
    public void Show(DealItem deal)
    {
        if (HasMore && Deals.All(other => other.Id != deal.Id))
            Deals.Insert(0, deal);
    }

    public async Task<Problem?> More(Func<string?, Task<Answer<Page<DealItem>>>> ask)
    {
        if (IsLoading || next is null)
            return null;
        IsLoading = true;
        var answer = await ask(next);
        IsLoading = false;
        if (!answer.Succeeded(out var page, out var problem))
            return problem;
        var shown = Deals.Select(deal => deal.Id).ToHashSet();
        Deals = [.. Deals, .. page.Items.Where(deal => !shown.Contains(deal.Id))];
        (next, pages) = (page.Next, pages + 1);
        return null;
    }
}
