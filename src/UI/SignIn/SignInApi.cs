using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.SignIn;

internal sealed class SignInApi(Api api)
{
    public Task<Answer<SignInInfo>> Info(CancellationToken cancel) => api.Get<SignInInfo>("api/sign-in", cancel);

    public Task<Answer<Me>> SignIn(Contracts.SignIn signIn, CancellationToken cancel) => api.Post<Contracts.SignIn, Me>("api/sign-in", signIn, cancel);

    public Task<Answer<Me>> SetUp(SetUp setUp, CancellationToken cancel) => api.Post<SetUp, Me>("api/set-up", setUp, cancel);

    public Task<Answer<Done>> SignOut(CancellationToken cancel) => api.Post("api/sign-out", cancel);

    public Task<Answer<Me>> Me(CancellationToken cancel) => api.Get<Me>("api/me", cancel);

    public Task<Answer<Done>> ChangePassword(PasswordChange change, CancellationToken cancel) => api.Put("api/me/password", change, cancel);
}
