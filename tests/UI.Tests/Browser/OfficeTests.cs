using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Browser;

/// <summary>Tests of pages while calls go on at a simulated office. Olga has phone 101, Ivan 102; chief is the administrator.</summary>
public abstract class OfficeTests : BrowserTests
{
    const string Pbx = "office";
    Office? office;

    protected Office Office => office!;

    protected override async Task<RunningServer> StartServer()
    {
        office = await Office.Open();
        var server = await RunningServer.Start();
        await server.AddPerson("olga", Pbx, "101");
        await server.AddPerson("ivan", Pbx, "102");
        using var admin = await server.SignInAs(Roles.Admin, "chief");
        var link = new PbxLinkEdit { Name = Pbx, Host = "127.0.0.1", Port = office.AmiPort, Username = "crm", Secret = "crm-secret", Trunks = ["trunk"] };
        (await admin.PostAsJsonAsync("/api/pbx/links", link)).EnsureSuccessStatusCode();
        await admin.LinkIs(Pbx, "up");
        return server;
    }

    [TearDown]
    public Task HangUpAll() => Office.EndAllCalls();

    [OneTimeTearDown]
    public async Task CloseOffice()
    {
        if (office is not null)
            await office.DisposeAsync();
    }
}
