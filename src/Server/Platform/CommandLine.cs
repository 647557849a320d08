using System.CommandLine;

namespace ContactCenterCrm.Server.Platform;

/// <summary>The program's verbs. Without one it serves.</summary>
internal static class CommandLine
{
    const string Description = """
        Contact Center CRM. Without a command it serves the pages and the API.

        Configuration comes from appsettings.json beside the program, then from environment variables
        (Database__Engine=Postgres), then from --set Database:Engine=Postgres. Keys:
          Urls                       addresses to listen on
          Database:Engine            Sqlite (default, in the data folder), Postgres or SqlServer
          Database:ConnectionString  as the engine's own driver takes it
          Keys:Folder                where the keys of cookies and stored secrets are kept
          Blobs:Kind                 where recordings are kept: folder (default) or azure
          Blobs:Folder               the folder; without it, blobs in the data folder
          Blobs:ConnectionString     of the Azure storage account; its container is Blobs:Container (recordings)
          TrustedProxies:0, :1, ...  addresses or networks of reverse proxies whose X-Forwarded-* headers count
          PublicUrl                  where Twilio finds this server, and where links in mails lead: https://crm.example.com
          Log:Level, Log:Format      Debug, Information (default), Warning; text (default) or json
        """;

    static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Try it out: a simulated PBX that rings, invented clients, and accounts shown on the sign-in page. Each start begins anew, in the folder demo under the data folder.",
    };

    static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the embedded database, keys and recordings.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "data",
        Recursive = true,
    };

    static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons. Default: {StartOptions.DefaultUrls} (this machine only).",
        HelpName = "URLS",
    };

    static readonly Option<IReadOnlyDictionary<string, string?>> Settings = new("--set")
    {
        Description = "A configuration value, for example Database:Engine=Postgres. May be repeated.",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.ZeroOrMore,
        Recursive = true,
        CustomParser = result =>
        {
            foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=')))
                result.AddError($"--set takes KEY=VALUE, not {token.Value}.");
            return result.Tokens.Select(token => token.Value.Split('=', 2)).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1));
        },
    };

    /// <param name="build">Makes the server of this run, not started.</param>
    /// <param name="verbs">What the slices add.</param>
    public static Task<int> Run(string[] args, Func<StartOptions, WebApplication> build, params IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand(Description) { Demo, Data, Urls, Settings };
        foreach (var verb in verbs)
            root.Subcommands.Add(verb);
        root.SetAction((parsed, cancel) => Hosting.Serve(Start(parsed), build, cancel));
        return root.Parse(args).InvokeAsync();
    }

    /// <summary>What the options say about this run, whatever the verb.</summary>
    public static StartOptions Start(ParseResult parsed) => new()
    {
        IsDemo = parsed.GetValue(Demo),
        DataFolder = parsed.GetValue(Data)!,
        Urls = parsed.GetValue(Urls),
        Settings = parsed.GetValue(Settings) ?? new Dictionary<string, string?>(),
    };
}
