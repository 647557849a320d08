using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Mail;

/// <summary>The mail server, as an admin sets it up over HTTP, against a real one.</summary>
[Category("RealMail")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class MailServerTests
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    readonly Lines lines = new();
    EximHost exim = null!;
    RunningServer server = null!;
    HttpClient admin = null!;

    [SetUp]
    public async Task Start()
    {
        if (EximHost.Missing is { } reason)
            Assert.Ignore(reason);
        exim = await EximHost.Start();
        server = await RunningServer.Start(services: services => services.AddSingleton(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines))));
        admin = await server.SignInAs(Roles.Admin, "chief");
    }

    [TearDown]
    public async Task Stop()
    {
        admin?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        if (exim is not null)
            await exim.DisposeAsync();
    }

    [Test]
    public async Task A_test_mail_arrives_and_neither_answers_nor_log_hold_the_password()
    {
        await Set(Edit() with { Password = EximHost.Password + "x" });
        Assert.That((await Test(EximHost.AddressOf("anna"))).Fault, Is.EqualTo(MailFaults.WrongCredentials));
        var saved = await admin.PutAsJsonAsync("/api/mail/server", Edit(), json);
        var result = await Test(EximHost.AddressOf("anna"));

        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(result.Fault, Is.Null, result.Said);
        Assert.That((await exim.Arrives("anna")).Subject, Does.StartWith("A test"));
        Assert.That(await saved.Content.ReadAsStringAsync() + await admin.GetStringAsync("/api/mail/server"), Does.Not.Contain(EximHost.Password).And.Not.Contain("rotected"));
        Assert.That(lines.All, Does.Contain("wrong_credentials").And.Not.Contain(EximHost.Password).And.Not.Contain(EximHost.AddressOf("anna")));
        await using var stored = File.Open(Path.Combine(server.DataFolder, "crm.db"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new StreamReader(stored, System.Text.Encoding.Latin1);
        Assert.That(await bytes.ReadToEndAsync(), Does.Not.Contain(EximHost.Password));
    }

    [Test]
    public async Task What_is_wrong_is_told_by_its_name()
    {
        await Set(Edit() with { Password = "wrong" });
        Assert.That((await Test("anna@shop.test")).Fault, Is.EqualTo(MailFaults.WrongCredentials));
        await Set(Edit() with { Host = "no-such-host.invalid" });
        Assert.That((await Test("anna@shop.test")).Fault, Is.EqualTo(MailFaults.HostUnknown));
        await Set(Edit() with { Security = MailSecurity.StartTls });
        Assert.That((await Test("anna@shop.test")).Fault, Is.EqualTo(MailFaults.CertificateNotTrusted));
        await Set(Edit() with { Security = MailSecurity.Tls });
        Assert.That((await Test("anna@shop.test")).Fault, Is.EqualTo(MailFaults.NoMailServer), "it does not speak TLS from the start");
        await Set(Edit() with { Username = null });
        Assert.That(await Test("anna@shop.test"), Is.EqualTo(new MailTestResult { Fault = MailFaults.SenderRefused, Said = "550 sign in first" }));
        await Set(Edit());
        Assert.That((await Test("nobody@shop.test")).Fault, Is.EqualTo(MailFaults.RecipientRefused));
        await exim.Stop();
        Assert.That((await Test("anna@shop.test")).Fault, Is.EqualTo(MailFaults.Unreachable));
        Assert.That((await admin.GetFromJsonAsync<MailServerPage>("/api/mail/server", json))!.Server!.Fault, Is.EqualTo(MailFaults.Unreachable));
    }

    [Test]
    public async Task The_password_stays_only_for_the_same_server_and_user()
    {
        await Set(Edit());
        await Set(Edit() with { Password = null, SenderName = "Shop" });
        Assert.That((await Test("anna@shop.test")).Fault, Is.Null);

        var elsewhere = await admin.PutAsJsonAsync("/api/mail/server", Edit() with { Password = null, Host = "localhost" }, json);
        Assert.That(await elsewhere.Outcome(), Is.EqualTo("400 validation"));
    }

    [Test]
    public async Task Without_a_server_there_is_nothing_to_test_and_wrong_addresses_are_refused()
    {
        Assert.That(await (await admin.PostAsJsonAsync("/api/mail/test", new MailTest { To = "anna@shop.test" })).Outcome(), Is.EqualTo("409 no_mail_server"));
        Assert.That(await (await admin.PutAsJsonAsync("/api/mail/server", Edit() with { SenderAddress = "two three@shop.test" }, json)).Outcome(), Is.EqualTo("400 validation"));
        await Set(Edit());
        Assert.That((await admin.DeleteAsync("/api/mail/server")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await admin.GetFromJsonAsync<MailServerPage>("/api/mail/server", json))!.Server, Is.Null);
    }

    [Test]
    public async Task Who_sets_an_address_and_a_language_is_reminded_there_by_the_running_server()
    {
        await Set(Edit());
        using var boris = await server.SignInAs(Roles.Agent, "boris");
        Assert.That(await (await boris.PutAsJsonAsync("/api/me/mail", new OwnMail { Email = "boris" })).Outcome(), Is.EqualTo("400 validation"));
        var me = await (await boris.PutAsJsonAsync("/api/me/mail", new OwnMail { Email = EximHost.AddressOf("boris") })).Content.ReadFromJsonAsync<Me>();
        await boris.PutAsJsonAsync("/api/me/language", new OwnLanguage { Language = "ru" });
        var task = new { kind = "meeting", subject = "Показать офис", ownerId = me!.Id, dueAt = TimeProvider.System.GetUtcNow(), dueZone = "UTC", remindMinutesBefore = new[] { 0 } };
        (await boris.PostAsJsonAsync("/api/tasks", task)).EnsureSuccessStatusCode();

        // Its jobs find it by themselves.
        Assert.That((await exim.Arrives("boris")).Subject, Is.EqualTo("Напоминание · Встреча: Показать офис"));
        Assert.That((await boris.GetFromJsonAsync<Me>("/api/me"))!.Language, Is.EqualTo("ru"));
    }

    MailServerEdit Edit() => new()
    {
        Host = "127.0.0.1",
        Port = exim.Port,
        Security = MailSecurity.None,
        Username = EximHost.Username,
        Password = EximHost.Password,
        SenderAddress = EximHost.AddressOf("crm"),
    };

    async Task Set(MailServerEdit edit) => (await admin.PutAsJsonAsync("/api/mail/server", edit, json)).EnsureSuccessStatusCode();

    async Task<MailTestResult> Test(string to)
    {
        var answer = await admin.PostAsJsonAsync("/api/mail/test", new MailTest { To = to });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<MailTestResult>())!;
    }

    /// <summary>All that the server logs.</summary>
    sealed class Lines : ILoggerProvider, ILogger
    {
        readonly System.Collections.Concurrent.ConcurrentQueue<string> all = new();

        public string All => string.Join('\n', all);

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
