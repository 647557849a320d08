using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Benchmarks;

/// <summary>An agent at the desk: has a live line as the browser does, and closes each card when its call is over.</summary>
internal sealed class PopDesk : IAsyncDisposable
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    readonly HttpClient http;
    readonly HubConnection line;
    readonly ConcurrentDictionary<long, Task> closing = [];

    PopDesk(HttpClient http, HubConnection line, PopWatch watch)
    {
        (this.http, this.line) = (http, line);
        line.On<DeskCard>(DeskHubNames.Card, card =>
        {
            watch.Shown(card);
            if (card.State == DeskCardState.WrapUp)
                closing.GetOrAdd(card.CallId, Close);
        });
    }

    /// <summary>Ends when all cards of calls that are over are closed. Fails when one could not be.</summary>
    public Task Closing => Task.WhenAll(closing.Values);

    public static async Task<PopDesk> SitDown(Uri address, string login, PopWatch watch)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
        (await http.PostAsJsonAsync("/api/sign-in", new SignIn { Login = login, Password = RunningServer.Password })).EnsureSuccessStatusCode();
        var line = new HubConnectionBuilder()
            .WithUrl(new Uri(address, DeskHubNames.Path), options => options.Cookies = cookies)
            .AddJsonProtocol(options => options.PayloadSerializerOptions = json)
            .Build();
        var desk = new PopDesk(http, line, watch);
        await line.StartAsync();
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        http.Dispose();
    }

    async Task Close(long callId) => (await http.PostAsync($"/api/desk/{callId}/close", null)).EnsureSuccessStatusCode();
}
