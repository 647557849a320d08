using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactCenterCrm.UI.Platform;

/// <summary>The server over HTTP. The slices' Api classes say what can be asked; refusals come back as a <see cref="Problem"/>.</summary>
internal sealed class Api(HttpClient http)
{
    /// <summary>The server no longer knows who we are: the session ended.</summary>
    public event Action? Unauthorized;

    public Task<Answer<T>> Get<T>(string path, CancellationToken cancel) => Read<T>(new HttpRequestMessage(HttpMethod.Get, path), cancel);

    public Task<Answer<T>> Post<TBody, T>(string path, TBody body, CancellationToken cancel) => Read<T>(With(HttpMethod.Post, path, body), cancel);

    public Task<Answer<T>> Post<T>(string path, CancellationToken cancel) => Read<T>(new HttpRequestMessage(HttpMethod.Post, path), cancel);

    public Task<Answer<T>> Put<TBody, T>(string path, TBody body, CancellationToken cancel) => Read<T>(With(HttpMethod.Put, path, body), cancel);

    public Task<Answer<Done>> Post(string path, CancellationToken cancel) => Do(new HttpRequestMessage(HttpMethod.Post, path), cancel);

    public Task<Answer<Done>> Post<TBody>(string path, TBody body, CancellationToken cancel) => Do(With(HttpMethod.Post, path, body), cancel);

    public Task<Answer<Done>> Put<TBody>(string path, TBody body, CancellationToken cancel) => Do(With(HttpMethod.Put, path, body), cancel);

    public Task<Answer<Done>> Delete(string path, CancellationToken cancel) => Do(new HttpRequestMessage(HttpMethod.Delete, path), cancel);

    static HttpRequestMessage With<TBody>(HttpMethod method, string path, TBody body) =>
        new(method, path) { Content = JsonContent.Create(body, TypeInfo<TBody>()) };

    static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)WireJson.Default.Options.GetTypeInfo(typeof(T));

    Task<Answer<T>> Read<T>(HttpRequestMessage request, CancellationToken cancel) =>
        Ask(request, async response => await response.Content.ReadFromJsonAsync(TypeInfo<T>(), cancel)
            ?? throw new InvalidOperationException($"{request.RequestUri} answered with nothing."), cancel);

    Task<Answer<Done>> Do(HttpRequestMessage request, CancellationToken cancel) => Ask(request, _ => Task.FromResult(Done.Value), cancel);

    async Task<Answer<T>> Ask<T>(HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return new Answer<T>(await read(response));

            var problem = Problem.Read((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                Unauthorized?.Invoke();
            return new Answer<T>(problem);
        }
        catch (HttpRequestException)
        {
            return new Answer<T>(Problem.Offline);
        }
        finally
        {
            request.Dispose();
        }
    }
}
