using System.Reflection;
using System.Runtime.CompilerServices;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NetArchTest.Rules;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Architecture;

/// <summary>What docs/architecture.md says, as tests.</summary>
sealed class ArchitectureTests
{
    const string Root = "ContactCenterCrm.Server";

    /// <summary>A slice may use Platform and these slices.</summary>
    static readonly Dictionary<string, string[]> arrows = new()
    {
        ["Agents"] = [],
        ["Audit"] = [],
        ["Outcomes"] = [],
        ["Inquiries"] = [],
        ["Clients"] = ["Inquiries", "Audit"],
        ["Calls"] = ["Clients", "Inquiries"],
        ["Channels"] = ["Clients", "Inquiries"],
        ["Calendars"] = [],
        ["Mail"] = [],
        ["Tasks"] = ["Calls", "Clients", "Mail"],
        ["Deals"] = ["Tasks", "Calls", "Clients", "Audit"],
        ["Cards"] = ["Tasks", "Calls", "Channels", "Clients", "Inquiries", "Audit"],
        ["Pbx"] = ["Calls", "Clients", "Agents"],
        ["Recordings"] = ["Calls", "Pbx", "Audit"],
        ["Dialling"] = ["Calls", "Clients"],
        ["Twilio"] = ["Calls", "Channels", "Clients", "Agents", "Recordings"],
        ["Missed"] = ["Calls", "Tasks", "Calendars"],
        ["Presence"] = ["Calls", "Agents", "Pbx"],
        ["Desk"] = ["Missed", "Cards", "Tasks", "Calls", "Clients", "Agents", "Pbx", "Dialling", "Presence", "Outcomes"],
        ["Demo"] = ["Deals", "Tasks", "Cards", "Calls", "Clients", "Agents", "Pbx", "Recordings"],
    };

    /// <summary>Who may write a table.</summary>
    static readonly Dictionary<string, string[]> owned = new()
    {
        ["Platform"] = ["id_block", "lease", "schema_migration", "data_protection_key", "inbox"],
        ["Agents"] = ["agent", "team", "agent_extension", "api_key", "set_up_code", "sign_in_failure"],
        ["Inquiries"] = ["inquiry"],
        ["Clients"] =
        [
            "client", "client_number", "client_search", "recording_refusal", "client_merge", "client_merge_row", "client_distinction",
        ],
        ["Calls"] =
        [
            "call", "call_leg", "call_offer", "call_talk", "call_hold", "call_transfer", "call_queue_visit", "call_recording", "call_party",
            "live_call", "call_link", "call_source", "call_diary", "quarantine",
        ],
        ["Channels"] = ["message"],
        ["Calendars"] = ["calendar", "calendar_hours", "calendar_use"],
        ["Mail"] = ["mail_server"],
        ["Tasks"] = ["agent_task", "reminder", "reminder_delivery", "reminder_mail"],
        ["Deals"] =
        [
            "funnel", "funnel_version", "funnel_team", "stage", "custom_field", "field_value", "loss_reason", "gate_right", "currency_rate", "deal", "deal_line",
            "deal_stay", "deal_close", "deal_terms", "deal_event", "deal_excuse", "deal_view",
        ],
        ["Cards"] = ["note", "note_version"],
        ["Pbx"] = ["pbx_link", "pbx_gap", "extension_sighting", "relay_token"],
        ["Audit"] = ["audit_event"],
        ["Recordings"] =
        [
            "recording", "recording_peaks", "recording_share", "recording_deletion", "recording_policy", "listening_right", "recording_comment",
        ],
        ["Dialling"] = ["dial"],
        ["Twilio"] = ["twilio_account", "twilio_number", "twilio_recording", "twilio_tie"],
        ["Outcomes"] = ["outcome_list", "call_outcome"],
        ["Presence"] = ["agent_presence", "agent_call", "agent_state", "break_reason", "wrap_up_rule"],
        ["Missed"] = ["lost_call", "lost_turn"],
        ["Desk"] = ["desk_card"],
    };

    static IEnumerable<string> Slices => typeof(Database).Assembly.GetTypes().Select(Slice).OfType<string>().Where(slice => slice != "Platform").Distinct();

    [Test]
    public void Every_slice_stands_in_the_table_of_arrows() => Assert.That(Slices, Is.SubsetOf(arrows.Keys));

    [Test]
    public void A_slice_uses_only_the_slices_that_the_table_allows()
    {
        foreach (var (slice, allowed) in arrows)
        {
            var forbidden = arrows.Keys.Except(allowed).Where(other => other != slice).Select(other => $"{Root}.{other}").ToArray();
            var result = Types.InAssembly(typeof(Database).Assembly).That().ResideInNamespace($"{Root}.{slice}")
                .ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
            Assert.That(result.FailingTypeNames ?? [], Is.Empty, $"{slice} may use {string.Join(", ", allowed)}");
        }
    }

    [Test]
    public void Platform_knows_no_slice()
    {
        var result = Types.InAssembly(typeof(Database).Assembly).That().ResideInNamespace($"{Root}.Platform")
            .ShouldNot().HaveDependencyOnAny([.. arrows.Keys.Select(slice => $"{Root}.{slice}")]).GetResult();
        Assert.That(result.FailingTypeNames ?? [], Is.Empty);
    }

    [Test]
    public void The_arrows_make_no_circle()
    {
        List<string> order = [];
        while (arrows.Keys.Except(order).FirstOrDefault(slice => arrows[slice].All(order.Contains)) is { } next)
            order.Add(next);
        Assert.That(order, Is.EquivalentTo(arrows.Keys));
    }

    [Test]
    public void A_slice_writes_only_its_own_tables()
    {
        var foreign =
            from statement in Statement.Of(Dialect.Sqlite).Concat(Statement.Of(Dialect.SqlServer))
            let slice = Slice(statement.Owner)
            from table in statement.Written
            where !owned.GetValueOrDefault(slice ?? "", []).Contains(table)
            select $"{statement.Name} writes {table}";
        Assert.That(foreign.Distinct(), Is.Empty);
    }

    [Test]
    public void Telephony_knows_no_database_and_no_web()
    {
        var references = typeof(Call).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();
        Assert.That(references.Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.Contains("Data.", StringComparison.Ordinal)
            || name.StartsWith("ContactCenterCrm", StringComparison.Ordinal)
            || name is "Dapper" or "Npgsql"), Is.Empty);
    }

    [Test]
    public void Calls_know_no_provider()
    {
        var result = Types.InAssembly(typeof(Call).Assembly).That().ResideInNamespace("ContactCenterCrm.Telephony.Calls")
            .ShouldNot().HaveDependencyOnAny("ContactCenterCrm.Telephony.Asterisk", "ContactCenterCrm.Telephony.Twilio", "ContactCenterCrm.Telephony.Simulation", "ContactCenterCrm.Telephony.Traces")
            .GetResult();
        Assert.That(result.FailingTypeNames ?? [], Is.Empty);
    }

    [Test]
    public void The_browser_program_uses_only_the_contracts()
    {
        var references = Assembly.Load("ContactCenterCrm.UI").GetReferencedAssemblies().Select(assembly => assembly.Name!);
        Assert.That(references.Where(name => name.StartsWith("ContactCenterCrm", StringComparison.Ordinal)), Is.EqualTo(new[] { "ContactCenterCrm.Contracts" }));
    }

    [Test]
    public void Nothing_is_async_without_a_task()
    {
        var methods =
            from assembly in new[] { typeof(Database).Assembly, typeof(Call).Assembly }
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute))
            select $"{type.Name}.{method.Name}";
        Assert.That(methods, Is.Empty);
    }

    static string? Slice(Type type)
    {
        if (type.Namespace is not { } name || !name.StartsWith(Root + ".", StringComparison.Ordinal))
            return null;
        return name[(Root.Length + 1)..].Split('.')[0];
    }
}
