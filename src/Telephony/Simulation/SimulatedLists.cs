using System.Globalization;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>The answers that describe the PBX as it is: what a client asks for after it has connected.</summary>
internal static class SimulatedLists
{
    /// <summary>The packets of the answer; null when the action is not a question of this kind.</summary>
    public static IReadOnlyList<string>? Answer(SimulatedPbx pbx, SimulatedAction action) => action["Action"].ToUpperInvariant() switch
    {
        "CORESTATUS" => [Status(pbx, action)],
        "CORESETTINGS" => [Settings(action)],
        "CORESHOWCHANNELS" => List(action, "Channels will follow", "CoreShowChannelsComplete", pbx.Legs.Select(leg => Channel(pbx, action, leg))),
        "STATUS" => List(action, "Channel status will follow", "StatusComplete", pbx.Legs.Select(leg => ChannelStatus(pbx, action, leg)), withItems: true),
        "QUEUESTATUS" => List(action, "Queue status will follow", "QueueStatusComplete", pbx.Queues.SelectMany(line => Queue(pbx, action, line))),
        "BRIDGELIST" => List(action, "Bridge listing will follow", "BridgeListComplete",
            pbx.Bridges.Select(bridge => Item("BridgeListItem", action).Add(bridge).ToString())),
        _ => null,
    };

    private static string Status(SimulatedPbx pbx, SimulatedAction action)
    {
        var started = pbx.StartedAt.UtcDateTime;
        return SimulatedActions.Packet("Success", action)
            .Add("CoreStartupDate", started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Add("CoreStartupTime", started.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
            .Add("CoreReloadDate", started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Add("CoreReloadTime", started.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
            .Add("CoreCurrentCalls", pbx.LiveCalls).ToString();
    }

    private static string Settings(SimulatedAction action) => SimulatedActions.Packet("Success", action)
        .Add("AMIversion", "11.0.0").Add("AsteriskVersion", "22.10.1").Add("SystemName", "").Add("CoreMaxCalls", 0).Add("CoreMaxLoadAvg", "0.000000")
        .Add("CoreRunUser", "asterisk").Add("CoreRunGroup", "asterisk").Add("CoreMaxFilehandles", 0).Add("CoreRealTimeEnabled", "No")
        .Add("CoreCDRenabled", "Yes").Add("CoreHTTPenabled", "No").ToString();

    private static List<string> List(SimulatedAction action, string message, string complete, IEnumerable<string> items, bool withItems = false)
    {
        List<string> packets = [SimulatedActions.Packet("Success", action).Add("EventList", "start").Add("Message", message).ToString(), .. items];
        var end = Item(complete, action).Add("EventList", "Complete").Add("ListItems", packets.Count - 1);
        packets.Add((withItems ? end.Add("Items", packets.Count - 1) : end).ToString());
        return packets;
    }

    private static string Channel(SimulatedPbx pbx, SimulatedAction action, SimulatedLeg leg) => Item("CoreShowChannel", action).Add(leg)
        .Add("Application", leg.Application).Add("ApplicationData", leg.ApplicationData)
        .Add("Duration", (pbx.Now - leg.StartedAt).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture))
        .Add("BridgeId", leg.Bridge?.Id).ToString();

    private static string ChannelStatus(SimulatedPbx pbx, SimulatedAction action, SimulatedLeg leg)
    {
        var packet = new AmiPacket().Add("Event", "Status").Add("Privilege", "Call").Add(leg).Add("Type", "PJSIP")
            .Add("DNID", leg.Call?.Truth.Did).Add("BridgeID", leg.Bridge?.Id).Add("Application", leg.Application).Add("Data", leg.ApplicationData)
            .Add("Seconds", (long)(pbx.Now - leg.StartedAt).TotalSeconds);
        foreach (var name in action["Variables"].Split(',', StringSplitOptions.RemoveEmptyEntries))
            packet.Add("Variable", $"{name}={Variable(leg, name)}");
        return Identified(packet, action).ToString();
    }

    private static string Variable(SimulatedLeg leg, string name) => name switch
    {
        "DID" => leg.Call?.Truth.Did ?? "(null)",
        "CDR(answer)" => leg.UpAt is { } at ? EventFeed.Local(at) : "",
        _ => leg.Variables.GetValueOrDefault(name, "(null)"),
    };

    private static IEnumerable<string> Queue(SimulatedPbx pbx, SimulatedAction action, WaitingLine line)
    {
        var queue = line.Queue;
        yield return Identified(new AmiPacket().Add("Event", "QueueParams").Add("Queue", queue.Name).Add("Max", 0)
            .Add("Strategy", queue.Strategy is QueueStrategy.RingAll ? "ringall" : "rrmemory").Add("Calls", line.Callers.Count)
            .Add("Holdtime", 0).Add("TalkTime", 0).Add("Completed", 0).Add("Abandoned", 0), action).ToString();
        foreach (var member in queue.Members)
        {
            yield return Identified(new AmiPacket().Add("Event", "QueueMember").Add("Queue", queue.Name).Add("Name", pbx.Office.Extension(member).Name)
                .Add("Location", "PJSIP/" + member).Add("StateInterface", "PJSIP/" + member).Add("Membership", "static")
                .Add("InCall", 0).Add("Status", pbx.MemberStatus(member)).Add("Paused", 0), action).ToString();
        }
        foreach (var (caller, position) in line.Callers.Select((caller, index) => (caller, index + 1)))
        {
            yield return Identified(new AmiPacket().Add("Event", "QueueEntry").Add("Queue", queue.Name).Add("Position", position)
                .Add("Channel", caller.Caller.Name).Add("Uniqueid", caller.Caller.Uniqueid)
                .Add("CallerIDNum", caller.Caller.CallerNumber ?? "unknown").Add("CallerIDName", caller.Caller.CallerName ?? "unknown")
                .Add("ConnectedLineNum", caller.Caller.ConnectedNumber ?? "unknown").Add("ConnectedLineName", caller.Caller.ConnectedName ?? "unknown")
                .Add("Wait", (long)caller.WaitedSeconds).Add("Priority", 0), action).ToString();
        }
    }

    private static AmiPacket Item(string name, SimulatedAction action) => Identified(new AmiPacket().Add("Event", name), action);

    private static AmiPacket Identified(AmiPacket packet, SimulatedAction action) =>
        action["ActionID"].Length > 0 ? packet.Add("ActionID", action["ActionID"]) : packet;
}
