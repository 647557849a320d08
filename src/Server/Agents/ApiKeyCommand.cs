using System.CommandLine;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

/// <summary>The verb <c>api-key</c>. It works on the database alone, so it may run beside a server.</summary>
internal static class ApiKeyCommand
{
    public static Command Make(Func<StartOptions, WebApplication> build) =>
        new("api-key", "Keys by which programs use the API.") { Create(build), List(build), Revoke(build) };

    static Command Create(Func<StartOptions, WebApplication> build)
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true, HelpName = "N" };
        var role = new Option<string>("--role") { Description = "Its rights, as those of a person.", Required = true, HelpName = "R" };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var verb = new Command("create", "Make a key and print it, this once: only its hash is kept.") { name, role };
        verb.SetAction((parsed, cancel) => With(build, parsed, async keys =>
        {
            var (_, key) = await keys.Create(parsed.GetValue(name)!, parsed.GetValue(role)!, cancel);
            Console.WriteLine(key);
            return 0;
        }, cancel));
        return verb;
    }

    static Command List(Func<StartOptions, WebApplication> build)
    {
        var verb = new Command("list", "Print all keys: id, role, created, last used, name.");
        verb.SetAction((parsed, cancel) => With(build, parsed, async keys =>
        {
            foreach (var key in await keys.List(cancel))
                Console.WriteLine($"{key.Id}\t{key.Role}\t{key.CreatedAt:u}\t{key.LastUsedAt?.ToString("u") ?? "never used"}\t{key.Name}{(key.RevokedAt is null ? "" : " (revoked)")}");
            return 0;
        }, cancel));
        return verb;
    }

    static Command Revoke(Func<StartOptions, WebApplication> build)
    {
        var id = new Argument<long>("ID") { Description = "The id that list prints." };
        var verb = new Command("revoke", "End a key's life at once.") { id };
        verb.SetAction((parsed, cancel) => With(build, parsed, async keys =>
        {
            if (await keys.Revoke(parsed.GetValue(id), cancel))
                return 0;
            await Console.Error.WriteLineAsync($"There is no key {parsed.GetValue(id)} that could be revoked.");
            return 1;
        }, cancel));
        return verb;
    }

    static Task<int> With(Func<StartOptions, WebApplication> build, ParseResult parsed, Func<ApiKeyStore, Task<int>> act, CancellationToken cancel) =>
        Hosting.InWords(async () =>
        {
            await using var app = build(Quiet(CommandLine.Start(parsed)));
            await app.Services.GetRequiredService<Migrator>().Run(cancel);
            return await act(app.Services.GetRequiredService<ApiKeyStore>());
        });

    // Only the key is printed, so that a script can take it.
    static StartOptions Quiet(StartOptions start) => start with
    {
        Settings = new Dictionary<string, string?>(start.Settings) { ["Log:Level"] = "Error" },
    };
}
