using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Mail;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Tasks;

/// <summary>Reminders that go out as mails, to a real mail server.</summary>
[Category("RealMail")]
sealed class ReminderMailTests(Engine engine) : TaskTestBase(engine)
{
    readonly MailSecrets secrets = new(new EphemeralDataProtectionProvider());
    EximHost exim = null!;
    long anna;

    Reminders Reminders => new(Database, News, Clock);
    ReminderRound Round => new(Database, Test.Ids, News, Clock);
    MailServerStore Servers => new(Database);
    ReminderMailStore Store => new(Database, Clock);
    MailPost Post => new(Servers, secrets, Clock, NullLogger<MailPost>.Instance);
    ReminderMails Mails => new(Store, Post, new("https://crm.shop.test"), Clock, NullLogger<ReminderMails>.Instance);

    [SetUp]
    public async Task OpenMailServer()
    {
        if (EximHost.Missing is { } reason)
            Assert.Ignore(reason);
        exim = await EximHost.Start();
        await Servers.Set(Server(), default);
        anna = await Person("Anna", "anna");
    }

    [TearDown]
    public async Task CloseMailServer()
    {
        if (exim is not null)
            await exim.DisposeAsync();
    }

    [Test]
    public async Task A_reminder_comes_by_mail_once_and_its_log_says_so()
    {
        var task = await Remind("Send the price list");

        await Round.Run(default);
        Assert.That(await Mails.Run(default), Is.EqualTo(1));
        Assert.That(await Mails.Run(default), Is.Zero);

        var mail = await exim.Arrives("anna");
        Assert.That(mail.Subject, Is.EqualTo("Reminder · Call: Send the price list"));
        Assert.That(mail.TextBody, Does.Contain("Due: 14 Mar 2026, 15:00 (Europe/Moscow)").And.Contain("https://crm.shop.test/desk"));
        Assert.That((mail.From.ToString(), mail.To.ToString()), Is.EqualTo(("\"Shop\" <crm@shop.test>", "\"Anna\" <anna@shop.test>")));
        Assert.That(mail.Headers[MimeKit.HeaderId.AutoSubmitted], Is.EqualTo("auto-generated"));
        Assert.That(exim.Box("anna"), Has.Count.EqualTo(1));
        Assert.That(await Log(task), Is.EquivalentTo(new[] { ("app", "sent", (string?)null), ("mail", "sent", null) }));
    }

    [Test]
    public async Task It_is_written_in_the_agents_language_and_names_no_number()
    {
        await Execute("UPDATE agent SET language = 'ru'");
        await Remind("Перезвонить на +7 (916) 123-45-67 до 12.03.2026");

        await Round.Run(default);
        await Mails.Run(default);

        var mail = await exim.Arrives("anna");
        Assert.That(mail.Subject, Is.EqualTo("Напоминание · Звонок: Перезвонить на … до 12.03.2026"));
        Assert.That(mail.TextBody, Does.Contain("Срок: 14.03.2026, 15:00").And.Not.Contain("916"));
    }

    [Test]
    public async Task While_the_server_is_down_mails_wait_and_each_arrives_once_when_it_is_up()
    {
        await exim.Stop();
        var first = await Remind("first");
        var second = await Remind("second");
        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That((await Servers.Get(default))!.Problem, Is.EqualTo(MailFaults.Unreachable));
        await exim.Boot();
        Assert.That(await Mails.Run(default), Is.Zero, "the server rests first");
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await Mails.Run(default), Is.EqualTo(2));
        Assert.That(await Mails.Run(default), Is.Zero);

        await exim.Arrives("anna", 2);
        Assert.That(exim.Box("anna").Select(mail => mail.Subject), Is.EquivalentTo(new[] { "Reminder · Call: first", "Reminder · Call: second" }));
        Assert.That(await Log(first), Does.Contain(("mail", "sent", (string?)null)));
        Assert.That(await Log(second), Does.Contain(("mail", "sent", (string?)null)));
        Assert.That((await Servers.Get(default))!.Problem, Is.Null);
    }

    [Test]
    public async Task It_rests_longer_after_each_failure_and_begins_anew_with_other_settings()
    {
        await exim.Stop();
        await Remind("call");
        await Round.Run(default);
        List<double> rests = [];
        for (var i = 0; i < 8; i++)
        {
            await Mails.Run(default);
            var retryAt = (await Servers.Get(default))!.RetryAt!.Value;
            rests.Add((retryAt - Clock.GetUtcNow()).TotalSeconds);
            Clock.Advance(retryAt - Clock.GetUtcNow());
        }
        Assert.That(rests, Is.EqualTo(new[] { 30, 60, 120, 240, 480, 960, 960, 960 }));
        await Mails.Run(default);

        await exim.Boot();
        await Servers.Set(Server(), default);
        Assert.That(await Mails.Run(default), Is.EqualTo(1), "at once");
    }

    [Test]
    public async Task With_a_wrong_password_nothing_is_lost_and_the_mail_goes_when_it_is_right()
    {
        await Servers.Set(Server() with { ProtectedPassword = secrets.Protect("wrong") }, default);
        var task = await Remind("call");
        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That((await Servers.Get(default))!.Problem, Is.EqualTo(MailFaults.WrongCredentials));
        Assert.That(await Log(task), Is.EquivalentTo(new[] { ("app", "sent", (string?)null) }));

        await Servers.Set(Server(), default);
        Assert.That(await Mails.Run(default), Is.EqualTo(1));
        await exim.Arrives("anna");
    }

    [Test]
    public async Task A_sender_that_died_before_it_sent_is_followed_by_another_once_its_time_is_over()
    {
        await Remind("call");
        await Round.Run(default);
        Assert.That(await Store.Take(default), Is.Not.Null, "and it dies");

        var second = Test.AnotherNode();
        var other = new ReminderMails(new(second.Database, Clock), new(new(second.Database), secrets, Clock, NullLogger<MailPost>.Instance), new((string?)null), Clock, NullLogger<ReminderMails>.Instance);
        Assert.That(await other.Run(default), Is.Zero, "the first may be at it");
        Clock.Advance(ReminderMailStore.Lease);
        Assert.That(await other.Run(default), Is.EqualTo(1));
        Assert.That(await Mails.Run(default), Is.Zero);

        await exim.Arrives("anna");
        Assert.That(exim.Box("anna"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_sender_that_died_after_it_sent_leaves_two_mails_of_one_identity_and_one_line_in_the_log()
    {
        var task = await Remind("call");
        await Round.Run(default);
        var taken = (await Store.Take(default))!;
        await using (var round = await Post.Begin(default))
            Assert.That(await round!.Send(ReminderMailText.Of(taken, await Store.Letter(taken, default), new((string?)null)), default), Is.Null);

        Clock.Advance(ReminderMailStore.Lease);
        Assert.That(await Mails.Run(default), Is.EqualTo(1));
        await Store.End(taken, detail: null, default);

        await exim.Arrives("anna", 2);
        Assert.That(exim.Box("anna").Select(mail => mail.MessageId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await Log(task), Is.EquivalentTo(new[] { ("app", "sent", (string?)null), ("mail", "sent", null) }));
    }

    [Test]
    public async Task Nodes_that_send_at_the_same_time_send_each_mail_once()
    {
        const int Reminded = 12;
        for (var i = 0; i < Reminded; i++)
            await Remind($"call {i}");
        await Round.Run(default);

        var second = Test.AnotherNode();
        var other = new ReminderMails(new(second.Database, Clock), new(new(second.Database), secrets, Clock, NullLogger<MailPost>.Instance), new((string?)null), Clock, NullLogger<ReminderMails>.Instance);
        var sent = await Task.WhenAll(Task.Run(() => Mails.Run(default)), Task.Run(() => other.Run(default)), Task.Run(() => Mails.Run(default)));

        Assert.That(sent.Sum(), Is.EqualTo(Reminded));
        await exim.Arrives("anna", Reminded);
        Assert.That(exim.Box("anna").Select(mail => mail.MessageId).Distinct().Count(), Is.EqualTo(Reminded));
    }

    [Test]
    public async Task Without_an_address_the_log_says_why_there_was_no_mail()
    {
        await Execute("UPDATE agent SET email = NULL");
        var task = await Remind("call");

        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That(await Log(task), Does.Contain(("mail", "not_sent", (string?)"no_address")));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM reminder_mail"), Is.Zero);
    }

    [Test]
    public async Task Whom_the_server_does_not_know_gets_none_and_the_others_get_theirs()
    {
        var ghost = await Person("Ghost", "ghost");
        var lost = await Remind("lost", ghost);
        await Remind("call");
        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.EqualTo(1));

        await exim.Arrives("anna");
        Assert.That(await Log(lost), Does.Contain(("mail", "not_sent", (string?)MailFaults.RecipientRefused)));
    }

    [Test]
    public async Task Who_is_to_be_asked_another_time_gets_it_then()
    {
        await Execute("UPDATE agent SET email = 'later@shop.test'");
        await Remind("call");
        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That((await Servers.Get(default))!.Problem, Is.Null, "the server works");
        exim.OpenLater();
        Assert.That(await Mails.Run(default), Is.Zero);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Mails.Run(default), Is.EqualTo(1));
        await exim.Arrives("later");
    }

    [Test]
    public async Task What_was_answered_in_the_program_meanwhile_is_not_mailed()
    {
        var task = await Remind("call");
        await Round.Run(default);
        await Reminders.Acknowledge(As(anna), (await Reminders.List(As(anna), default)).Single().Id, default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That(await Log(task), Does.Contain(("mail", "not_sent", (string?)"answered")));
    }

    [Test]
    public async Task Who_does_not_want_mails_gets_none()
    {
        await Execute("UPDATE agent SET reminds_by_mail = @no", new { no = false });
        var task = await Remind("call");

        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That(await Log(task), Is.EquivalentTo(new[] { ("app", "sent", (string?)null) }));
    }

    [Test]
    public async Task Without_a_server_nothing_is_queued()
    {
        await Servers.Remove(default);
        await Remind("call");

        await Round.Run(default);

        Assert.That(await Mails.Run(default), Is.Zero);
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM reminder_mail"), Is.Zero);
    }

    [Test]
    public async Task An_unanswered_one_comes_to_the_supervisor_by_mail_too()
    {
        var boss = await Person("Boss", "boss");
        await Execute("UPDATE agent SET role = 'supervisor' WHERE id = @boss", new { boss });
        var task = await Remind("call", escalateMinutes: 5);
        await Round.Run(default);
        await Mails.Run(default);

        Clock.Advance(TimeSpan.FromMinutes(5));
        await Round.Run(default);
        Assert.That(await Mails.Run(default), Is.EqualTo(1));

        Assert.That((await exim.Arrives("boss")).TextBody, Does.Contain("Anna has not answered this reminder."));
        Assert.That(exim.Box("anna"), Has.Count.EqualTo(1));
        Assert.That(await Log(task), Does.Contain(("mail", "escalated", (string?)null)));
    }

    [Test]
    public async Task A_reminder_that_was_put_off_is_mailed_again()
    {
        await Remind("call");
        await Round.Run(default);
        await Mails.Run(default);
        await Reminders.Snooze(As(anna), (await Reminders.List(As(anna), default)).Single().Id, 10, default);

        Clock.Advance(TimeSpan.FromMinutes(10));
        await Round.Run(default);
        Assert.That(await Mails.Run(default), Is.EqualTo(1));

        await exim.Arrives("anna", 2);
        Assert.That(exim.Box("anna").Select(mail => mail.MessageId).Distinct().Count(), Is.EqualTo(2));
    }

    MailServer Server() => new()
    {
        Host = "127.0.0.1",
        Port = exim.Port,
        Security = MailSecurity.None,
        Username = EximHost.Username,
        ProtectedPassword = secrets.Protect(EximHost.Password),
        SenderAddress = EximHost.AddressOf("crm"),
        SenderName = "Shop",
    };

    async Task<long> Person(string name, string box)
    {
        var id = await Test.AddAgent(name);
        await Execute("UPDATE agent SET email = @email WHERE id = @id", new { id, email = EximHost.AddressOf(box) });
        return id;
    }

    /// <summary>A task that is due now.</summary>
    Task<long> Remind(string subject, long? owner = null, int? escalateMinutes = null) =>
        Add(As(owner ?? anna), Edit(subject, owner ?? anna, null, 0, 0) with { EscalateMinutes = escalateMinutes });

    async Task<IReadOnlyList<(string Channel, string What, string? Detail)>> Log(long task) =>
        [.. (await Reminders.Deliveries(task, default)).Select(delivery => (delivery.Channel, delivery.What, delivery.Detail))];
}
