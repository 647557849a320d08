using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Calendars;

internal sealed class CalendarsApi(Api api)
{
    public Task<Answer<CalendarsPage>> All(CancellationToken cancel) => api.Get<CalendarsPage>("api/calendars", cancel);

    public Task<Answer<Done>> Create(CalendarEdit edit, CancellationToken cancel) => api.Post("api/calendars", edit, cancel);

    public Task<Answer<Done>> Change(long id, CalendarEdit edit, CancellationToken cancel) => api.Put($"api/calendars/{id}", edit, cancel);

    /// <summary>The default counts there again.</summary>
    public Task<Answer<Done>> Forget(CalendarUse use, CancellationToken cancel) =>
        api.Delete(Query.Of("api/calendars/uses", ("kind", use.Kind), ("target", use.Target)), cancel);

    public Task<Answer<Done>> Use(CalendarUse use, CancellationToken cancel) => api.Put("api/calendars/uses", use, cancel);
}
