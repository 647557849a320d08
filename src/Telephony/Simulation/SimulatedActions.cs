using System.Globalization;
using System.Security.Cryptography;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>Answers AMI actions in the words of a recorded Asterisk 22.</summary>
internal static class SimulatedActions
{
    public static void Answer(SimulatedPbx pbx, SimulatorSession session, SimulatedAction action)
    {
        var name = action["Action"].ToUpperInvariant();
        if (session.User is null && name is not ("LOGIN" or "CHALLENGE" or "LOGOFF"))
            Refuse(session, action, "Permission denied");
        else if (session.User is { } user && !user.MayWriteAny(WriteClassesOf(name)))
            Refuse(session, action, "Permission denied");
        else
            Perform(pbx, session, action, name);
    }

    private static void Perform(SimulatedPbx pbx, SimulatorSession session, SimulatedAction action, string name)
    {
        switch (name)
        {
            case "CHALLENGE":
                Challenge(session, action);
                break;
            case "LOGIN":
                Login(pbx, session, action);
                break;
            case "LOGOFF":
                session.Send(Packet("Goodbye", action).Add("Message", "Thanks for all the fish.").ToString());
                session.CloseAfterSending();
                break;
            case "PING":
                session.Send(Packet("Success", action).Add("Ping", "Pong").Add("Timestamp", AmiPacket.Stamp(pbx.Now)).ToString());
                break;
            case "EVENTS":
                session.WantsEvents = action["EventMask"] != "off";
                session.Send(Packet("Success", action).Add("Events", session.WantsEvents ? "On" : "Off").ToString());
                break;
            case "FILTER":
                AddFilter(session, action);
                break;
            case "ORIGINATE":
                Originate(pbx, session, action);
                break;
            case "HANGUP":
                OnChannel(pbx, session, action, "Channel Hungup", _ => true, leg => leg.Call!.Lose(leg, HangupBy.Crm));
                break;
            case "REDIRECT":
                OnChannel(pbx, session, action, "Redirect successful",
                    leg => pbx.Office.HasExtension(action["Exten"]) && leg.Call!.CanRedirect(leg),
                    leg => leg.Call!.Redirect(leg, action["Exten"]));
                break;
            case "QUEUEPAUSE":
                Refuse(session, action, action["Interface"].Length == 0 ? "Need 'Interface' parameter." : "Interface not found");
                break;
            default:
                Describe(pbx, session, action);
                break;
        }
    }

    private static void Describe(SimulatedPbx pbx, SimulatorSession session, SimulatedAction action)
    {
        if (SimulatedLists.Answer(pbx, action) is not { } packets)
        {
            Refuse(session, action, $"Invalid/unknown command: {action["Action"]}. Use Action: ListCommands to show available commands.");
            return;
        }
        foreach (var packet in packets)
            session.Send(packet);
    }

    // The write classes of which an action asks for one (`manager show command`); none: everybody may.
    private static string[] WriteClassesOf(string name) => name switch
    {
        "ORIGINATE" => ["originate"],
        "HANGUP" => ["system", "call"],
        "REDIRECT" => ["call"],
        "QUEUEPAUSE" => ["agent"],
        "FILTER" => ["system"],
        "CORESTATUS" or "CORESETTINGS" or "CORESHOWCHANNELS" => ["system", "reporting"],
        "STATUS" => ["system", "call", "reporting"],
        _ => [],
    };

    private static void Challenge(SimulatorSession session, SimulatedAction action)
    {
        if (!session.Options.AllowsChallenge || !action["AuthType"].Equals("MD5", StringComparison.OrdinalIgnoreCase))
        {
            Refuse(session, action, "Must specify AuthType");
            return;
        }
        session.Challenge = RandomNumberGenerator.GetInt32(100_000_000, 999_999_999).ToString(CultureInfo.InvariantCulture);
        session.Send(Packet("Success", action).Add("Challenge", session.Challenge).ToString());
    }

    private static void Login(SimulatedPbx pbx, SimulatorSession session, SimulatedAction action)
    {
        var user = session.Options.Users.FirstOrDefault(user => user.Name == action["Username"]);
        if (user is null || !Proves(session, action, user))
        {
            Refuse(session, action, "Authentication failed");
            session.CloseAfterSending();
            return;
        }
        session.User = user;
        session.WantsEvents = action["Events"] != "off";
        session.Send(Packet("Success", action).Add("Message", "Authentication accepted").ToString());
        if (!user.MayRead("system"))
            return;
        var uptime = (long)(pbx.Now - pbx.StartedAt).TotalSeconds;
        session.Send(new AmiPacket().Add("Event", "FullyBooted").Add("Privilege", "system,all")
            .Add("Uptime", uptime).Add("LastReload", uptime).Add("Status", "Fully Booted").ToString());
    }

    private static bool Proves(SimulatorSession session, SimulatedAction action, SimulatedUser user) =>
        action["AuthType"].Equals("MD5", StringComparison.OrdinalIgnoreCase)
            ? session.Challenge.Length > 0 && action["Key"] == AmiChallenge.Key(session.Challenge, user.Secret)
            : action["Secret"] == user.Secret;

    private static void AddFilter(SimulatorSession session, SimulatedAction action)
    {
        var isAdded = session.Options.AllowsFilters && action["Operation"].Equals("Add", StringComparison.OrdinalIgnoreCase)
            && session.Filters.TryAdd(action["MatchCriteria"], action["Filter"]);
        if (isAdded)
            session.Send(Packet("Success", action).Add("Message", "Success").ToString());
        else
            Refuse(session, action, "Filter was formatted incorrectly.  Check the syntax of the filter given.");
    }

    // "Channel: PJSIP/101", then the extension to call. The answer comes at once; what becomes of it, in OriginateResponse.
    private static void Originate(SimulatedPbx pbx, SimulatorSession session, SimulatedAction action)
    {
        var agent = action["Channel"].Split('/')[^1];
        if (action["Channel"].Length == 0 || action["Exten"].Length == 0)
        {
            Refuse(session, action, "Originate failed");
            return;
        }
        session.Send(Packet("Success", action).Add("Message", "Originate successfully queued").ToString());
        if (!pbx.Office.HasExtension(agent))
        {
            pbx.Feed.OriginateResponse(action["ActionID"], null, action["Channel"], action["Exten"], null, null, reason: 0);
            return;
        }
        var timeout = double.TryParse(action["Timeout"], CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds / 1000 : 30;
        pbx.Begin(pbx.ClickToCall(agent, action["Exten"]) with
        {
            Direction = CallDirection.Outbound,
            OriginateId = action["ActionID"],
            OriginateCallId = action["ChannelId"] is { Length: > 0 } callId ? callId : null,
            OriginateTimeout = timeout,
        });
    }

    private static void OnChannel(
        SimulatedPbx pbx, SimulatorSession session, SimulatedAction action, string done, Predicate<SimulatedLeg> may, Action<SimulatedLeg> act)
    {
        if (action["Channel"].Length == 0)
        {
            Refuse(session, action, "No channel specified");
            return;
        }
        if (pbx.FindLeg(action["Channel"]) is not { } leg)
        {
            Refuse(session, action, "No such channel");
            return;
        }
        if (!may(leg))
        {
            Refuse(session, action, $"{action["Action"]} failed");
            return;
        }
        session.Send(Packet("Success", action).Add("Message", done).ToString());
        act(leg);
    }

    internal static AmiPacket Packet(string response, SimulatedAction action)
    {
        var packet = new AmiPacket().Add("Response", response);
        return action["ActionID"].Length > 0 ? packet.Add("ActionID", action["ActionID"]) : packet;
    }

    private static void Refuse(SimulatorSession session, SimulatedAction action, string message) =>
        session.Send(Packet("Error", action).Add("Message", message).ToString());
}
