using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Twilio;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

sealed class TwilioStoreTests(Engine engine) : StoreTests(engine)
{
    static readonly TwilioAccount cloud = new()
    {
        Name = "cloud",
        AccountSid = "AC00000000000000000000000000000001",
        ProtectedAuthToken = "protected",
        Region = "US",
        IsEnabled = true,
    };

    static readonly TwilioNumber sales = new()
    {
        E164 = "+12025550100",
        LineName = "Sales",
        Language = "ru",
        Endpoints = ["client:alice", "sip:6001@pbx.example.com"],
        RingSeconds = 25,
        AfterRing = AfterRing.Queue,
        QueueName = "sales",
        QueueMembers = ["client:bob"],
        IsRecorded = true,
    };

    TwilioAccountStore Accounts => new(Database, Test.Ids);
    TwilioNumberStore Numbers => new(Database, Test.Ids);

    [Test]
    public async Task An_account_and_its_number_come_back_as_they_were_written()
    {
        var account = await Added(cloud);
        var (_, id) = await Numbers.Add(sales with { AccountId = account }, default);

        Assert.That(await Accounts.BySid(cloud.AccountSid, default), Is.EqualTo(cloud with { Id = account, Changed = 1 }));
        var number = (await Numbers.ByE164("+12025550100", default))!;
        Assert.That(number with { Endpoints = sales.Endpoints, QueueMembers = sales.QueueMembers },
            Is.EqualTo(sales with { Id = id, AccountId = account, Changed = 1 }));
        Assert.That(number.Endpoints, Is.EqualTo(sales.Endpoints));
        Assert.That(number.QueueMembers, Is.EqualTo(sales.QueueMembers));
    }

    [Test]
    public async Task A_source_of_calls_has_its_name_alone_whatever_it_is()
    {
        var pbx = new PbxLinkStore(Database, Test.Ids);
        var link = await pbx.Add(new() { Name = "office", Host = "pbx", Region = "US" }, default);
        var account = await Added(cloud);

        Assert.That((await Accounts.Add(cloud with { Name = "office", AccountSid = "AC2" }, default)).Edit, Is.EqualTo(TwilioEdit.NameTaken));
        Assert.That(await pbx.Add(new() { Name = "cloud", Host = "pbx", Region = "US" }, default), Is.Null);

        await pbx.Remove(link!.Value, default);
        await Accounts.Remove(account, default);
        Assert.That((await Accounts.Add(cloud with { Name = "office" }, default)).Edit, Is.EqualTo(TwilioEdit.Done));
        Assert.That(await pbx.Add(new() { Name = "cloud", Host = "pbx", Region = "US" }, default), Is.Not.Null);
    }

    [Test]
    public async Task An_account_sid_and_a_number_stand_once()
    {
        var account = await Added(cloud);
        var other = await Added(cloud with { Name = "other", AccountSid = "AC00000000000000000000000000000002" });
        await Numbers.Add(sales with { AccountId = account }, default);
        var (_, second) = await Numbers.Add(sales with { AccountId = account, E164 = "+12025550101" }, default);

        Assert.That((await Accounts.Add(cloud with { Name = "third" }, default)).Edit, Is.EqualTo(TwilioEdit.SidTaken));
        Assert.That(await Accounts.Change(cloud with { Id = other }, default), Is.EqualTo(TwilioEdit.SidTaken));
        Assert.That((await Numbers.Add(sales with { AccountId = other }, default)).Edit, Is.EqualTo(TwilioEdit.NumberTaken));
        Assert.That(await Numbers.Change(sales with { Id = second, AccountId = other }, default), Is.EqualTo(TwilioEdit.NumberTaken));
        Assert.That(await Accounts.ByName("third", default), Is.Null, "the refused account left its name free");
        Assert.That((await Accounts.Add(cloud with { Name = "third", AccountSid = "AC3" }, default)).Edit, Is.EqualTo(TwilioEdit.Done));
    }

    [Test]
    public async Task An_account_with_numbers_stays()
    {
        var account = await Added(cloud);
        var (_, number) = await Numbers.Add(sales with { AccountId = account }, default);

        Assert.That(await Accounts.Remove(account, default), Is.EqualTo(TwilioEdit.InUse));
        await Numbers.Remove(number, default);
        Assert.That(await Accounts.Remove(account, default), Is.EqualTo(TwilioEdit.Done));
        Assert.That(await Accounts.Remove(account, default), Is.EqualTo(TwilioEdit.NotFound));
    }

    [Test]
    public async Task What_was_found_stays_until_what_it_was_found_of_changes()
    {
        var account = await Added(cloud);
        var (_, id) = await Numbers.Add(sales with { AccountId = account }, default);
        var check = new TwilioCheck { CheckedAt = DateTimeOffset.UnixEpoch, Findings = [new() { Code = "voice_url_empty", CanBeSet = true }] };
        await Numbers.SetCheck(id, check, default);
        await Accounts.SetCheck(account, check, default);

        await Numbers.Change(sales with { Id = id, AccountId = account, LineName = "Sales 2" }, default);
        Assert.That((await Numbers.ById(id, default))!.Check!.Findings, Is.EqualTo(check.Findings));

        await Numbers.Change(sales with { Id = id, AccountId = account, E164 = "+12025550109" }, default);
        await Accounts.Change(cloud with { Id = account, ProtectedAuthToken = "another" }, default);
        Assert.That((await Numbers.ById(id, default))!.Check, Is.Null);
        Assert.That((await Accounts.ById(account, default))!.Check, Is.Null);
    }

    async Task<long> Added(TwilioAccount account)
    {
        var (edit, id) = await Accounts.Add(account, default);
        Assert.That(edit, Is.EqualTo(TwilioEdit.Done));
        return id;
    }
}
