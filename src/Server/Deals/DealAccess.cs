using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Which deals an agent may see and work on: the own ones, and those of clients that are the agent's to see; of funnels that the agent's team has.</summary>
internal static class DealAccess
{
    /// <summary>For <c>WHERE</c>, over <c>deal d</c>, its client <c>client k</c> and the parameter <c>@callerId</c>.</summary>
    public static readonly string IsVisible = $"((d.owner_id = @callerId OR {ClientAccess.IsVisible}) AND {FunnelStore.IsVisible("d.funnel_id")})";
}
