using System.Diagnostics;
using System.Text.Json.Nodes;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Platform;

sealed class CommandLineTests
{
    string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("crm-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Help_tells_every_verb_and_option()
    {
        var (code, output, _) = await Run("--help");

        Assert.That(code, Is.Zero);
        foreach (var word in new[] { "--demo", "--data", "--urls", "--set", "api-key", "replay", "retell", "PublicUrl", "Database:Engine", "Log:Format" })
            Assert.That(output, Does.Contain(word));
    }

    [Test]
    public async Task Replay_prints_a_line_of_json_for_each_call()
    {
        var recording = Directory.EnumerateFiles(Repository.File("tests", "Scenarios"), "*.ami", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

        var (code, output, errors) = await Run("replay", recording);

        Assert.That(code, Is.Zero, errors);
        var call = JsonNode.Parse(output.Split('\n')[0])!.AsObject();
        Assert.That(call.Select(member => member.Key), Is.EqualTo(new[]
        {
            "externalId", "direction", "client", "did", "queue", "rang", "agent", "answeredBy", "lastAgent", "result", "reason", "hangupBy",
            "transfers", "waitSeconds", "ringSeconds", "talkSeconds",
        }));
    }

    [Test]
    public async Task Replay_of_a_file_that_is_not_there_fails_in_words_and_prints_nothing()
    {
        var (code, output, errors) = await Run("replay", Path.Combine(folder, "none.ami"));

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain("none.ami").And.Not.Contain("   at "));
    }

    [Test]
    public async Task An_unknown_option_is_refused()
    {
        var (code, _, errors) = await Run("--dmeo");

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Does.Contain("--dmeo"));
    }

    [Test]
    public async Task A_key_is_printed_alone_and_opens_the_server_that_runs_beside()
    {
        await using var server = await RunningServer.Start(folder: folder);

        var (code, output, errors) = await Run("api-key", "create", "--name", "reports", "--role", "manager", "--data", folder);

        Assert.That(code, Is.Zero, errors);
        using var program = server.Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", output.Trim());
        Assert.That(await program.GetAsync("/api/agents/names").Outcome(), Is.EqualTo("200"));
        Assert.That((await Run("api-key", "list", "--data", folder)).Output, Does.Contain("manager").And.Contain("reports"));
    }

    [Test]
    public async Task A_key_with_an_unknown_role_is_refused()
    {
        var (code, _, errors) = await Run("api-key", "create", "--name", "x", "--role", "boss", "--data", folder);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("supervisor"));
    }

    [Test]
    public async Task A_second_program_on_one_data_folder_is_refused_in_words()
    {
        await using var server = await RunningServer.Start(folder: folder);

        var (code, _, errors) = await Run("--data", folder, "--urls", "http://127.0.0.1:0");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors.Trim(), Does.StartWith("The data folder").And.Contain("in use").And.Not.Contain("   at "));
    }

    [TestCase("Database:Engine=Oracle", "Database:Engine is one of")]
    [TestCase("Database:ConnectionString=nonsense", "Database:ConnectionString is not one that Sqlite understands")]
    [TestCase("Urls=nonsense", "Invalid url")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, string words)
    {
        var (code, output, errors) = await Run("--data", folder, "--set", setting);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith(words));
        Assert.That(output + errors, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_database_server_that_does_not_answer_is_named()
    {
        var (code, _, errors) = await Run(
            "--data", folder, "--set", "Database:Engine=Postgres", "--set", "Database:ConnectionString=Host=127.0.0.1;Port=1;Username=x");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith("The database cannot be opened").And.Not.Contain("   at "));
    }

    static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ContactCenterCrm.Server.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
