using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Pbx;

sealed class PbxLinkTests
{
    Stand stand = null!;

    [SetUp]
    public async Task Start() => stand = await Stand.Start();

    [TearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [Test]
    public async Task A_right_link_comes_up_and_tells_what_is_there()
    {
        await stand.Connect();

        var state = (await stand.Links()).Single().State;
        Assert.That(state.PbxVersion, Does.Contain("22"));
        Assert.That(state.Problem, Is.Null);
    }

    [Test]
    public async Task A_wrong_secret_is_named_and_put_right_without_a_restart()
    {
        var created = await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link() with { Secret = "wrong" });
        Assert.That(await created.Outcome(), Is.EqualTo("201"));
        await stand.WaitFor(Stand.Pbx, state => state.Problem == "wrong_secret", "the secret is wrong");

        var id = (await stand.Links()).Single().Id;
        Assert.That(await stand.Admin.PutAsJsonAsync($"/api/pbx/links/{id}", stand.Link()).Outcome(), Is.EqualTo("200"));

        await stand.WaitFor(Stand.Pbx, state => state is { Status: "up", Problem: null }, "the line is up");
    }

    [Test]
    public async Task A_port_where_nobody_listens_is_named()
    {
        await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link() with { Port = Loopback.FreePort() });

        await stand.WaitFor(Stand.Pbx, state => state.Problem == "refused", "the port refuses");
    }

    [Test]
    public async Task One_link_in_trouble_does_not_touch_another()
    {
        await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link("branch") with { Port = Loopback.FreePort() });

        await stand.Connect();

        await stand.WaitFor("branch", state => state.Problem == "refused", "the other one is refused");
    }

    [Test]
    public async Task A_disabled_link_is_closed_and_a_removed_one_is_gone()
    {
        await stand.Connect();
        var id = (await stand.Links()).Single().Id;

        await stand.Admin.PutAsJsonAsync($"/api/pbx/links/{id}", stand.Link() with { IsEnabled = false });
        await stand.WaitFor(Stand.Pbx, state => state.Status == "disabled", "it is disabled");
        Assert.That(await stand.Admin.DeleteAsync($"/api/pbx/links/{id}").Outcome(), Is.EqualTo("204"));

        Assert.That(await stand.Links(), Is.Empty);
        Assert.That(await stand.Admin.DeleteAsync($"/api/pbx/links/{id}").Outcome(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task The_secret_is_never_told_and_is_not_in_the_database_as_it_is()
    {
        await stand.Connect();

        Assert.That(await stand.Admin.GetStringAsync("/api/pbx/links"), Does.Not.Contain("crm-secret"));
        foreach (var file in Directory.EnumerateFiles(stand.Server.DataFolder, "crm.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain("crm-secret"));
        }
    }

    [Test]
    public async Task A_link_keeps_its_name_and_no_two_have_the_same()
    {
        await stand.Connect();
        var id = (await stand.Links()).Single().Id;

        Assert.That(await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link()).Outcome(), Is.EqualTo("409 name_taken"));
        Assert.That(await stand.Admin.PutAsJsonAsync($"/api/pbx/links/{id}", stand.Link("other")).Outcome(), Is.EqualTo("409 name_fixed"));
    }

    [TestCase("region")]
    [TestCase("trunks")]
    [TestCase("rewrites")]
    [TestCase("secret")]
    [TestCase("name")]
    [TestCase("port")]
    [TestCase("certificateSha256")]
    public async Task A_field_that_cannot_be_is_refused_by_its_name(string field)
    {
        var link = stand.Link();
        var edit = field switch
        {
            "region" => link with { Region = "XX" },
            "trunks" => link with { Trunks = [" "] },
            "rewrites" => link with { Rewrites = [new() { Pattern = "(", Replacement = "" }] },
            "secret" => link with { Secret = null },
            "name" => link with { Name = "Not a name" },
            "certificateSha256" => link with { CertificateSha256 = "12:34" },
            _ => link with { Port = 70_000 },
        };

        var response = await stand.Admin.PostAsJsonAsync("/api/pbx/links", edit);

        Assert.That(await response.Outcome(), Is.EqualTo("400 validation"));
        Assert.That((await response.Body())["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task A_restarted_server_takes_its_line_back_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        await using (var own = await Stand.Start(folder))
        {
            await own.Connect();
            await own.Restart();
            await own.WaitFor(Stand.Pbx, state => state.Status == "up", "the line is up again");
        }
        Directory.Delete(folder, recursive: true);
    }
}
