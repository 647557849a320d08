using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Twilio;

internal sealed class TwilioApi(Api api)
{
    public Task<Answer<TwilioAccountsPage>> Accounts(CancellationToken cancel) => api.Get<TwilioAccountsPage>("api/twilio/accounts", cancel);

    public Task<Answer<Done>> Create(TwilioAccountEdit edit, CancellationToken cancel) => api.Post("api/twilio/accounts", edit, cancel);

    public Task<Answer<Done>> Change(long id, TwilioAccountEdit edit, CancellationToken cancel) => api.Put($"api/twilio/accounts/{id}", edit, cancel);

    public Task<Answer<Done>> DeleteAccount(long id, CancellationToken cancel) => api.Delete($"api/twilio/accounts/{id}", cancel);

    public Task<Answer<Done>> CheckAccount(long id, CancellationToken cancel) => api.Post($"api/twilio/accounts/{id}/check", cancel);

    public Task<Answer<IReadOnlyList<TwilioNumberItem>>> Numbers(CancellationToken cancel) =>
        api.Get<IReadOnlyList<TwilioNumberItem>>("api/twilio/numbers", cancel);

    public Task<Answer<Done>> Create(TwilioNumberEdit edit, CancellationToken cancel) => api.Post("api/twilio/numbers", edit, cancel);

    public Task<Answer<Done>> Change(long id, TwilioNumberEdit edit, CancellationToken cancel) => api.Put($"api/twilio/numbers/{id}", edit, cancel);

    public Task<Answer<Done>> DeleteNumber(long id, CancellationToken cancel) => api.Delete($"api/twilio/numbers/{id}", cancel);

    public Task<Answer<Done>> CheckNumber(long id, CancellationToken cancel) => api.Post($"api/twilio/numbers/{id}/check", cancel);

    /// <summary>Tells Twilio whom to ask for the number.</summary>
    public Task<Answer<Done>> SetWebhooks(long id, CancellationToken cancel) => api.Post($"api/twilio/numbers/{id}/webhooks", cancel);
}
