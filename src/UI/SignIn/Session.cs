using System.Security.Claims;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using Microsoft.AspNetCore.Components.Authorization;

namespace ContactCenterCrm.UI.SignIn;

/// <summary>Who is signed in. The cookie is the server's affair; this only knows what <c>GET /api/me</c> said.</summary>
internal sealed class Session : AuthenticationStateProvider
{
    readonly SignInApi api;
    Task<AuthenticationState>? state;

    public Session(SignInApi api, Api http)
    {
        this.api = api;
        http.Unauthorized += End;
    }

    public Me? Me { get; private set; }

    /// <summary>It ended without the user's wish: the sign-in page says so.</summary>
    public bool Expired { get; private set; }

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => state ??= Load();

    public void Begin(Me me)
    {
        (Me, Expired) = (me, false);
        Publish();
    }

    /// <summary>The same person, of whom more is known.</summary>
    public void Learn(Me me) => Me = me;

    public async Task<Answer<Done>> SignOut(CancellationToken cancel)
    {
        var answer = await api.SignOut(cancel);
        if (answer.Problem is null)
        {
            (Me, Expired) = (null, false);
            Publish();
        }

        return answer;
    }

    void End()
    {
        if (Me is null)
            return;
        (Me, Expired) = (null, true);
        Publish();
    }

    async Task<AuthenticationState> Load()
    {
        if ((await api.Me(CancellationToken.None)).Succeeded(out var me, out _))
            Me = me;
        return Current();
    }

    void Publish() => NotifyAuthenticationStateChanged(state = Task.FromResult(Current()));

    AuthenticationState Current() => new(Me is null
        ? new ClaimsPrincipal()
        : new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, Me.Name), new(ClaimTypes.Role, Me.Role)], authenticationType: "cookie")));
}
