using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Pbx;

sealed class NumberTests
{
    Stand stand = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        stand = await Stand.Start();
        await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link() with { IsEnabled = false, Rewrites = [new() { Pattern = "^9(?=8)", Replacement = "" }] });
        await stand.Admin.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Anna", Numbers = ["+7 916 123-45-67"] });
    }

    [OneTimeTearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [TestCase("8 (916) 123-45-67", "valid", "+79161234567", "Anna")]
    [TestCase("989161234567", "valid", "+79161234567", "Anna")]
    [TestCase("+442071838750", "valid", "+442071838750", null)]
    [TestCase("anonymous", "hidden", null, null)]
    [TestCase("112", "short", null, null)]
    [TestCase("not a number", "invalid", null, null)]
    public async Task A_number_is_read_as_the_line_of_the_pbx_reads_it(string raw, string verdict, string? e164, string? client)
    {
        var response = await stand.Admin.PostAsJsonAsync("/api/pbx/number-test", new NumberTestRequest { Pbx = Stand.Pbx, Numbers = [raw] });

        var test = (await response.Content.ReadFromJsonAsync<NumberTest[]>())!.Single();
        Assert.That((test.Verdict, test.E164, test.Matches.SingleOrDefault()?.Client.Name), Is.EqualTo((verdict, e164, client)));
        Assert.That(test.RewrittenTo is not null, Is.EqualTo(raw.StartsWith("98", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Too_many_numbers_and_an_unknown_pbx_are_refused()
    {
        var many = new NumberTestRequest { Pbx = Stand.Pbx, Numbers = [.. Enumerable.Repeat("1", 51)] };

        Assert.That(await stand.Admin.PostAsJsonAsync("/api/pbx/number-test", many).Outcome(), Is.EqualTo("400 validation"));
        Assert.That(await stand.Admin.PostAsJsonAsync("/api/pbx/number-test", new NumberTestRequest { Pbx = "none", Numbers = ["1"] }).Outcome(), Is.EqualTo("400 validation"));
    }
}
