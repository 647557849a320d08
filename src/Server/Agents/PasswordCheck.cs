using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Tells whether a login and a password belong together, at the same price whether or not there is such a login.</summary>
internal sealed class PasswordCheck(AgentStore agents, LockOut lockOut)
{
    // OWASP's figure for PBKDF2-HMAC-SHA512, the hasher's algorithm.
    const int Iterations = 210_000;

    static readonly PasswordHasher<Agent> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    static readonly Agent Nobody = new();
    static readonly Lazy<string> NobodysHash = new(() => Hash("nobody has this password"));

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    public async Task<PasswordVerdict> Of(string login, string password, CancellationToken cancel)
    {
        if (await lockOut.Begin(login, cancel) is { } until)
            return new(null, until);
        var agent = await agents.ByLogin(login, cancel);
        var verdict = Hasher.VerifyHashedPassword(Nobody, agent?.PasswordHash ?? NobodysHash.Value, password);
        if (agent is not { IsActive: true } || verdict == PasswordVerificationResult.Failed)
            return new(null, null);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await agents.SetPassword(agent.Id, Hash(password), endsSessions: false, cancel);
        await lockOut.Clear(login, cancel);
        return new(agent, null);
    }
}

/// <param name="Agent">The account; null when the password is wrong, the account is retired, or there is none.</param>
/// <param name="LockedUntil">The login is closed until then: the password was not looked at.</param>
internal readonly record struct PasswordVerdict(Agent? Agent, DateTimeOffset? LockedUntil);
