using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Platform;

public sealed class WireJsonTests
{
    [Test]
    public void Cards_are_read_as_the_server_writes_them()
    {
        const string Json = """
            {"cards":[{"callId":7,"revision":3,"state":"on_hold","kind":"several_matches","direction":"inbound","matches":[],"startedAt":"2026-03-10T10:00:00Z","noteDraft":"x"}],
             "extensions":["101"],"linksDown":[],"serverTime":"2026-03-10T10:01:00Z"}
            """;

        var state = JsonSerializer.Deserialize(Json, WireJson.Default.DeskState)!;

        Assert.That(state.Cards[0].State, Is.EqualTo(DeskCardState.OnHold));
        Assert.That(state.Cards[0].Kind, Is.EqualTo(PopKind.SeveralMatches));
        Assert.That(state.Cards[0].NoteDraft, Is.EqualTo("x"));
    }

    [Test]
    public void Edits_are_written_in_camel_case()
    {
        var json = JsonSerializer.Serialize(new ClientEdit { Version = 2, Name = "Anna", Numbers = ["+7"] }, WireJson.Default.ClientEdit);

        Assert.That(json, Does.Contain("\"version\":2").And.Contain("\"name\":\"Anna\"").And.Contain("\"numbers\":["));
    }
}
