using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Dialling;

internal sealed class DiallingApi(Api api)
{
    public Task<Answer<DialItem>> Dial(DialRequest request, CancellationToken cancel) => api.Post<DialRequest, DialItem>("api/calls/dial", request, cancel);

    public Task<Answer<Done>> Close(long id, CancellationToken cancel) => api.Delete($"api/calls/dial/{id}", cancel);
}
