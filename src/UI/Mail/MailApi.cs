using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Mail;

internal sealed class MailApi(Api api)
{
    public Task<Answer<MailServerPage>> Server(CancellationToken cancel) => api.Get<MailServerPage>("api/mail/server", cancel);

    public Task<Answer<MailServerPage>> SetServer(MailServerEdit edit, CancellationToken cancel) =>
        api.Put<MailServerEdit, MailServerPage>("api/mail/server", edit, cancel);

    public Task<Answer<Done>> RemoveServer(CancellationToken cancel) => api.Delete("api/mail/server", cancel);

    public Task<Answer<MailTestResult>> Test(string to, CancellationToken cancel) =>
        api.Post<MailTest, MailTestResult>("api/mail/test", new() { To = to }, cancel);

    public Task<Answer<Me>> SetOwn(OwnMail own, CancellationToken cancel) => api.Put<OwnMail, Me>("api/me/mail", own, cancel);

    public Task<Answer<Done>> SetLanguage(string language, CancellationToken cancel) => api.Put("api/me/language", new OwnLanguage { Language = language }, cancel);
}
