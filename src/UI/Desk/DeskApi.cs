using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Desk;

internal sealed class DeskApi(Api api)
{
    public Task<Answer<DeskState>> State(CancellationToken cancel) => api.Get<DeskState>("api/desk", cancel);

    public Task<Answer<Done>> SaveNote(long callId, string text, CancellationToken cancel) =>
        api.Put($"api/desk/{callId}/note", new NoteDraft { Text = text }, cancel);

    /// <param name="outcome">Null: none was chosen.</param>
    public Task<Answer<Done>> Close(long callId, string? outcome, CancellationToken cancel) =>
        api.Post($"api/desk/{callId}/close", new FinishCall { Outcome = outcome }, cancel);

    public Task<Answer<Done>> Link(long callId, long clientId, CancellationToken cancel) =>
        api.Post($"api/desk/{callId}/client", new LinkCall { ClientId = clientId }, cancel);
}
