using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>Filters live in the address: it can be kept, sent and gone back to.</summary>
internal static class DealAddress
{
    public const string List = "list";

    public static string Of(DealFilter filter, bool isList) => Query.Of(
        "deals",
        ("funnel", filter.FunnelId),
        ("view", isList ? List : null),
        ("owner", filter.OwnerId),
        ("search", filter.Search),
        ("step", filter.HasNextStep is false ? "none" : null),
        ("old", filter.IsTooOld is true ? "true" : null),
        ("state", isList ? filter.State : null),
        ("stage", isList ? filter.StageId : null),
        ("field", isList ? filter.Field : null),
        ("value", isList && filter.Field is not null ? filter.Value : null));

    /// <summary>Nothing is asked beside the funnel.</summary>
    public static bool IsEmpty(DealFilter filter) => filter == new DealFilter { FunnelId = filter.FunnelId };
}
