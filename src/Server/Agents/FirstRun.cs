namespace ContactCenterCrm.Server.Agents;

/// <summary>While no account exists, tells whoever sees the server's console the code that makes the first admin.</summary>
internal sealed partial class FirstRun(AgentStore agents, ILogger<FirstRun> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await agents.SetUpCode(cancellationToken) is { } code)
            LogCode(code);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The one secret that is logged on purpose: it proves that its bearer runs the server, works once, and is void afterwards.
    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no account yet. Open the sign-in page and make the admin with the set-up code {Code}")]
    private partial void LogCode(string code);
}
