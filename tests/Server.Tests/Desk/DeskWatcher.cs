using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Server.Tests.Desk;

/// <summary>An agent's browser at the desk: it draws what the server says, as the real one does, and remembers every message.</summary>
sealed class DeskWatcher : IAsyncDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    readonly Lock gate = new();
    readonly Dictionary<long, DeskCard> cards = [];
    readonly List<DeskCard> seen = [];
    readonly List<long> closed = [];
    readonly HubConnection connection;
    IReadOnlyList<PbxLinkDown> linksDown = [];
    bool hasState;

    DeskWatcher(long agentId, HttpClient http, HubConnection connection)
    {
        (AgentId, Http, this.connection) = (agentId, http, connection);
        connection.On<DeskState>(DeskHubNames.State, Replace);
        connection.On<DeskCard>(DeskHubNames.Card, Put);
        connection.On<long>(DeskHubNames.Closed, Close);
        connection.On<IReadOnlyList<PbxLinkDown>>(DeskHubNames.LinksDown, Strip);
    }

    public long AgentId { get; }
    public HttpClient Http { get; }
    public IReadOnlyList<DeskCard> Cards => Locked(() => cards.Values.ToList());
    public IReadOnlyList<DeskCard> Seen => Locked(() => seen.ToList());
    public IReadOnlyList<long> Closed => Locked(() => closed.ToList());
    public IReadOnlyList<PbxLinkDown> LinksDown => Locked(() => linksDown);
    public bool IsConnected => connection.State == HubConnectionState.Connected;

    /// <summary>Signs the agent in and sits down: returns when the desk has been sent.</summary>
    public static async Task<DeskWatcher> SitDown(RunningServer server, string login)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = server.Address };
        (await http.PostAsJsonAsync("/api/sign-in", new SignIn { Login = login, Password = RunningServer.Password })).EnsureSuccessStatusCode();
        var me = (await http.GetFromJsonAsync<Me>("/api/me"))!;
        var watcher = new DeskWatcher(me.Id, http, Connection(server, cookies));
        await watcher.connection.StartAsync();
        await Until.True(() => watcher.Locked(() => watcher.hasState), $"{login} has the desk");
        return watcher;
    }

    public static HubConnection Connection(RunningServer server, CookieContainer cookies) => new HubConnectionBuilder()
        .WithUrl(new Uri(server.Address, DeskHubNames.Path), http => http.Cookies = cookies)
        .AddJsonProtocol(json => json.PayloadSerializerOptions = Json)
        .Build();

    /// <summary>Waits for a card that is as described.</summary>
    public async Task<DeskCard> Card(Func<DeskCard, bool> isMeant, string what)
    {
        DeskCard? found = null;
        try
        {
            await Until.True(() => (found = Seen.LastOrDefault(isMeant)) is not null, what);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what}? Seen: {string.Join(" → ", Seen.Select(card => $"{card.CallId} {card.State} {card.WithdrawnBecause}"))}");
        }
        return found!;
    }

    public async Task<DeskState> State() => (await Http.GetFromJsonAsync<DeskState>("/api/desk", Json))!;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        Http.Dispose();
    }

    void Replace(DeskState state)
    {
        lock (gate)
        {
            cards.Clear();
            foreach (var card in state.Cards)
                cards[card.CallId] = card;
            seen.AddRange(state.Cards);
            linksDown = state.LinksDown;
            hasState = true;
        }
    }

    void Put(DeskCard card)
    {
        lock (gate)
        {
            if (cards.TryGetValue(card.CallId, out var known) && known.Revision >= card.Revision)
                return;
            cards[card.CallId] = card;
            seen.Add(card);
        }
    }

    void Close(long callId)
    {
        lock (gate)
        {
            cards.Remove(callId);
            closed.Add(callId);
        }
    }

    void Strip(IReadOnlyList<PbxLinkDown> down)
    {
        lock (gate)
            linksDown = down;
    }

    T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
