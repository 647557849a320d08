using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Polly;

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>
/// Requests to Twilio's REST API: signed in as the account, tried again where that is safe, refusals as <see cref="TwilioException"/>.
/// Credentials go to the configured server and nowhere else. (Twilio, "REST API: Best Practices" and "Requests to Twilio".)
/// </summary>
internal sealed class TwilioHttp(IHttpClientFactory clients, TwilioSecrets secrets, TwilioApiSettings settings)
{
    /// <summary>Twilio redirects a recording at most to one store; more is a circle.</summary>
    const int RedirectsMax = 3;

    static readonly (string Name, string? Value)[] nothing = [];

    /// <summary>The resource, or null where there is none.</summary>
    public async Task<T?> Find<T>(TwilioAccount account, string path, CancellationToken cancel) where T : class
    {
        try
        {
            return await Read<T>(account, path, nothing, cancel);
        }
        catch (TwilioException error) when (error.Problem == TwilioProblem.NotFound)
        {
            return null;
        }
    }

    public Task<T> Read<T>(TwilioAccount account, string path, (string Name, string? Value)[] query, CancellationToken cancel) =>
        Json<T>(Credentials(account), new(HttpMethod.Get, Address(path, query)), mayRepeat: true, cancel);

    /// <summary>With the auth token even where there is an API key: the account itself is shown to nothing less.</summary>
    public Task<T> ReadAsOwner<T>(TwilioAccount account, string path, CancellationToken cancel) =>
        Json<T>(OwnerCredentials(account), new(HttpMethod.Get, Address(path, nothing)), mayRepeat: true, cancel);

    /// <summary>
    /// Twilio has no key that makes a POST the same POST: this one is sent again only where Twilio says that it did nothing (429). After
    /// <see cref="TwilioProblem.Unreachable"/> the caller looks whether it was done.
    /// </summary>
    public Task<T> Create<T>(TwilioAccount account, string path, (string Name, string? Value)[] form, CancellationToken cancel) =>
        Json<T>(Credentials(account), new(HttpMethod.Post, Address(path, nothing)) { Content = Form(form) }, mayRepeat: false, cancel);

    /// <summary>Sets what a resource is: doing it twice does no more than once.</summary>
    public Task<T> Change<T>(TwilioAccount account, string path, (string Name, string? Value)[] form, CancellationToken cancel) =>
        Json<T>(Credentials(account), new(HttpMethod.Post, Address(path, nothing)) { Content = Form(form) }, mayRepeat: true, cancel);

    /// <summary>It is gone afterwards, whether it was there or not.</summary>
    public async Task Delete(TwilioAccount account, string path, CancellationToken cancel)
    {
        using var response = await Send(Credentials(account), new(HttpMethod.Delete, Address(path, nothing)), mayRepeat: true, HttpCompletionOption.ResponseContentRead, cancel);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await Accept(response, cancel);
    }

    /// <summary>All of a list, page by page. Pages are never counted: each names the next one, until none does.</summary>
    /// <param name="name">Under which the page has its items.</param>
    public async IAsyncEnumerable<T> List<T>(
        TwilioAccount account, string path, string name, (string Name, string? Value)[] query, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var next = Address(path, query); next is not null;)
        {
            var page = await Json<JsonElement>(Credentials(account), new(HttpMethod.Get, next), mayRepeat: true, cancel);
            if (!page.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
                throw new TwilioException(TwilioProblem.NotTwilio, $"A page of {path} has no {name}.");
            foreach (var item in items.EnumerateArray())
                yield return Parsed<T>(item);
            var following = NextPage(page);
            next = following == next ? throw new TwilioException(TwilioProblem.NotTwilio, $"A page of {path} is followed by itself.") : following;
        }
    }

    /// <summary>
    /// A file: the answer to dispose of, its body not read yet. Null: it is not there (yet). Where Twilio sends it from another server,
    /// that one is asked without credentials.
    /// </summary>
    public async Task<HttpResponseMessage?> File(TwilioAccount account, string path, (string Name, string? Value)[] query, CancellationToken cancel)
    {
        var address = Address(path, query);
        var credentials = Credentials(account);
        for (var redirects = 0; redirects <= RedirectsMax; redirects++)
        {
            var response = await Send(IsOurs(address) ? credentials : null, new(HttpMethod.Get, address), mayRepeat: true, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                if (response.StatusCode == HttpStatusCode.NotFound)
                    return null;
                if (!IsRedirect(response) || response.Headers.Location is not { } location)
                    await Accept(response, cancel);
                else
                    address = Redirected(address, location);
            }
        }
        throw new TwilioException(TwilioProblem.NotTwilio, $"{path} is redirected without an end.");
    }

    async Task<T> Json<T>(string credentials, HttpRequestMessage request, bool mayRepeat, CancellationToken cancel)
    {
        using var response = await Send(credentials, request, mayRepeat, HttpCompletionOption.ResponseContentRead, cancel);
        await Accept(response, cancel);
        return Parsed<T>(await Body(response, cancel));
    }

    async Task<HttpResponseMessage> Send(
        string? credentials, HttpRequestMessage request, bool mayRepeat, HttpCompletionOption completion, CancellationToken cancel)
    {
        if (credentials is not null)
            request.Headers.Authorization = new("Basic", credentials);
        request.Options.Set(TwilioResilience.MayRepeat, mayRepeat);
        try
        {
            return await clients.CreateClient(TwilioResilience.ClientName).SendAsync(request, completion, cancel);
        }
        catch (Exception error) when (IsSilence(error, cancel))
        {
            // The inner exception's words name hosts and ports, never a header.
            throw new TwilioException(TwilioProblem.Unreachable, error.Message, inner: error);
        }
        finally
        {
            request.Dispose();
        }
    }

    static bool IsSilence(Exception error, CancellationToken cancel) =>
        error is HttpRequestException or ExecutionRejectedException || (error is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <exception cref="TwilioException">The answer is no success.</exception>
    static async Task Accept(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
            return;
        var status = (int)response.StatusCode;
        if (IsRedirect(response))
            throw new TwilioException(TwilioProblem.NotTwilio, $"Twilio's API does not redirect, but the answer leads to {response.Headers.Location?.Host}.", status);
        var said = Said(await response.Content.ReadAsStringAsync(cancel));
        throw new TwilioException(ProblemOf(status), said.Message ?? response.ReasonPhrase ?? $"HTTP {status}", status, said.Code);
    }

    static TwilioProblem ProblemOf(int status) => status switch
    {
        401 => TwilioProblem.WrongCredentials,
        403 => TwilioProblem.NotAllowed,
        404 => TwilioProblem.NotFound,
        429 => TwilioProblem.TooMany,
        408 or >= 500 => TwilioProblem.Unreachable,
        _ => TwilioProblem.Refused,
    };

    // {"code":20003,"message":"Authenticate","more_info":"...","status":401}; newer APIs: {"type":"...","title":"...","detail":"...","status":401}.
    static (int? Code, string? Message) Said(string body)
    {
        try
        {
            var said = JsonSerializer.Deserialize<TwilioMistake>(body, TwilioJson.Options);
            return (said?.Code, said?.Message ?? said?.Detail ?? said?.Title);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    static async Task<JsonElement> Body(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (JsonException error)
        {
            throw new TwilioException(TwilioProblem.NotTwilio, $"The answer is no JSON: {error.Message}", (int)response.StatusCode, inner: error);
        }
    }

    static T Parsed<T>(JsonElement json)
    {
        try
        {
            return json.Deserialize<T>(TwilioJson.Options) ?? throw new TwilioException(TwilioProblem.NotTwilio, $"The answer is no {typeof(T).Name}.");
        }
        catch (JsonException error)
        {
            throw new TwilioException(TwilioProblem.NotTwilio, $"The answer is no {typeof(T).Name}: {error.Message}", inner: error);
        }
    }

    string Credentials(TwilioAccount account) => account is { ApiKeySid: { } key, ProtectedApiKeySecret: { } secret }
        ? Basic(key, secrets.Unprotect(secret))
        : OwnerCredentials(account);

    string OwnerCredentials(TwilioAccount account) => Basic(account.AccountSid, secrets.Unprotect(account.ProtectedAuthToken));

    static string Basic(string name, string? secret) => secret is null
        ? throw new TwilioException(TwilioProblem.SecretUnreadable, "The stored secret cannot be read with the keys of this installation. Enter it again.")
        : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    // A field without a value is not sent: an empty one is how Twilio is told to clear it.
    static FormUrlEncodedContent Form((string Name, string? Value)[] form) =>
        new(form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));

    Uri Address(string path, (string Name, string? Value)[] query)
    {
        var pairs = query.Where(pair => pair.Value is not null).Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value!)}");
        return new(settings.BaseAddress, $"/2010-04-01/{path}" + (query.Length == 0 ? "" : "?" + string.Join('&', pairs)));
    }

    Uri? NextPage(JsonElement page)
    {
        if (!page.TryGetProperty("next_page_uri", out var next) || next.GetString() is not { Length: > 0 } text)
            return null;
        var address = new Uri(settings.BaseAddress, text);
        return IsOurs(address) ? address : throw new TwilioException(TwilioProblem.NotTwilio, $"The next page is said to be at {address.Host}.");
    }

    bool IsOurs(Uri address) =>
        Uri.Compare(address, settings.BaseAddress, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    Uri Redirected(Uri from, Uri location)
    {
        var address = new Uri(from, location);
        return address.Scheme == settings.BaseAddress.Scheme
            ? address
            : throw new TwilioException(TwilioProblem.NotTwilio, $"A file is said to be at {address.Scheme}://{address.Host}.");
    }

    static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is >= 300 and < 400;

    sealed record TwilioMistake
    {
        public int? Code { get; init; }
        public string? Message { get; init; }
        public string? Title { get; init; }
        public string? Detail { get; init; }
    }
}
