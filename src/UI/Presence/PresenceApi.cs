using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Presence;

internal sealed class PresenceApi(Api api)
{
    public Task<Answer<PresenceRules>> Rules(CancellationToken cancel) => api.Get<PresenceRules>("api/presence/rules", cancel);

    public Task<Answer<Done>> SetRules(PresenceRules rules, CancellationToken cancel) => api.Put("api/presence/rules", rules, cancel);

    /// <param name="breakName">Null: ready.</param>
    public Task<Answer<Done>> Wish(string? breakName, CancellationToken cancel) => api.Put("api/presence/me", new PresenceWish { Break = breakName }, cancel);

    public Task<Answer<Done>> WithdrawWish(CancellationToken cancel) => api.Delete("api/presence/me/wish", cancel);

    public Task<Answer<Done>> ShowUp(CancellationToken cancel) => api.Post("api/presence/me/here", cancel);

    public Task<Answer<Done>> FinishWrapUp(long callId, CancellationToken cancel) => api.Post($"api/presence/me/wrap-up/{callId}/finish", cancel);

    public Task<Answer<Done>> ExtendWrapUp(long callId, int seconds, CancellationToken cancel) =>
        api.Post($"api/presence/me/wrap-up/{callId}/extend", new WrapUpExtension { Seconds = seconds }, cancel);
}
