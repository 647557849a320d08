using System.Globalization;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>Says over AMI what happens to channels, bridges and queues. The only place that knows how Asterisk words an event.</summary>
internal sealed class EventFeed(Func<DateTimeOffset> stamp, Action<SimulatedEvent> emit)
{
    public void Created(SimulatedLeg leg) => Tell("Newchannel", "call", packet => packet.Add(leg));

    public void State(SimulatedLeg leg) => Tell("Newstate", "call", packet => packet.Add(leg));

    public void CallerId(SimulatedLeg leg) =>
        Tell("NewCallerid", "call", packet => packet.Add(leg).Add("CID-CallingPres", "0 (Presentation Allowed, Not Screened)"));

    public void Connected(SimulatedLeg leg) => Tell("NewConnectedLine", "call", packet => packet.Add(leg));

    public void Step(SimulatedLeg leg, string application, string data)
    {
        (leg.Application, leg.ApplicationData) = (application, data);
        Tell("Newexten", "dialplan", packet => packet.Add(leg).Add("Extension", leg.Exten).Add("Application", application).Add("AppData", data));
    }

    public void Variable(SimulatedLeg leg, string name, string value)
    {
        leg.Variables[name.TrimStart('_')] = value;
        Tell("VarSet", "dialplan", packet => packet.Add(leg).Add("Variable", name).Add("Value", value));
    }

    public void Recording(SimulatedLeg leg) => Tell("MixMonitorStart", "call", packet => packet.Add(leg));

    /// <summary>The first channel of a click-to-call has no caller: only Dest fields then.</summary>
    public void DialBegin(SimulatedLeg? caller, SimulatedLeg callee, string dialled) =>
        Tell("DialBegin", "call", packet => Pair(packet, caller, callee).Add("DialString", dialled));

    public void DialState(SimulatedLeg? caller, SimulatedLeg callee) =>
        Tell("DialState", "call", packet => Pair(packet, caller, callee).Add("DialStatus", "RINGING"));

    public void DialEnd(SimulatedLeg? caller, SimulatedLeg callee, string status) =>
        Tell("DialEnd", "call", packet => Pair(packet, caller, callee).Add("DialStatus", status));

    public void BridgeCreate(SimulatedBridge bridge) => Tell("BridgeCreate", "call", packet => packet.Add(bridge));

    public void BridgeDestroy(SimulatedBridge bridge) => Tell("BridgeDestroy", "call", packet => packet.Add(bridge));

    public void BridgeEnter(SimulatedLeg leg, SimulatedBridge bridge, string? swappedUniqueid = null) => Tell("BridgeEnter", "call", packet =>
    {
        packet.Add(bridge).Add(leg);
        if (swappedUniqueid is not null)
            packet.Add("SwapUniqueid", swappedUniqueid);
    });

    public void BridgeLeave(SimulatedLeg leg, SimulatedBridge bridge) => Tell("BridgeLeave", "call", packet => packet.Add(bridge).Add(leg));

    public void Hold(SimulatedLeg leg) => Tell("Hold", "call", packet => packet.Add(leg).Add("MusicClass", "default"));

    public void Unhold(SimulatedLeg leg) => Tell("Unhold", "call", packet => packet.Add(leg));

    public void MusicStart(SimulatedLeg leg) => Tell("MusicOnHoldStart", "call", packet => packet.Add(leg).Add("Class", "default"));

    public void MusicStop(SimulatedLeg leg) => Tell("MusicOnHoldStop", "call", packet => packet.Add(leg));

    public void HangupRequest(SimulatedLeg leg, HangupCause? cause) => Tell("HangupRequest", "call", packet => Cause(packet.Add(leg), cause));

    public void SoftHangupRequest(SimulatedLeg leg, HangupCause cause) =>
        Tell("SoftHangupRequest", "call", packet => Cause(packet.Add(leg), cause));

    public void Hangup(SimulatedLeg leg, HangupCause cause) => Tell("Hangup", "call", packet =>
    {
        packet.Add(leg).Add("Cause", cause.Code).Add("Cause-txt", cause.Words);
        if (cause.Sip is { } sip)
            packet.Add("TechCause", sip);
    });

    public void QueueJoin(SimulatedLeg caller, string queue, int position) =>
        Tell("QueueCallerJoin", "agent", packet => packet.Add(caller).Add("Queue", queue).Add("Position", position).Add("Count", position));

    public void QueueLeave(SimulatedLeg caller, string queue, int position, int left) =>
        Tell("QueueCallerLeave", "agent", packet => packet.Add(caller).Add("Queue", queue).Add("Position", position).Add("Count", left));

    public void QueueAbandon(SimulatedLeg caller, string queue, int position, double waited) => Tell("QueueCallerAbandon", "agent", packet =>
        packet.Add(caller).Add("Queue", queue).Add("Position", position).Add("OriginalPosition", position).Add("HoldTime", (long)waited));

    /// <summary>AgentCalled, AgentConnect, AgentRingNoAnswer, AgentComplete: all name caller, agent, queue and member.</summary>
    public void Agent(string name, SimulatedLeg caller, SimulatedLeg agent, string queue, string member, params (string Name, string Value)[] more) =>
        Tell(name, "agent", packet =>
        {
            packet.Add(caller).Add(agent, "Dest").Add("Queue", queue).Add("Interface", "PJSIP/" + agent.Endpoint).Add("MemberName", member);
            foreach (var (field, value) in more)
                packet.Add(field, value);
        });

    public void BlindTransfer(SimulatedLeg by, SimulatedLeg client, SimulatedBridge bridge, string to) => Tell("BlindTransfer", "call", packet =>
        packet.Add("Result", "Success").Add(by, "Transferer").Add(client, "Transferee").Add(bridge)
            .Add("IsExternal", "Yes").Add("Context", "from-internal").Add("Extension", to));

    public void AttendedTransfer(SimulatedLeg first, SimulatedBridge firstBridge, SimulatedLeg second, SimulatedBridge secondBridge,
        SimulatedLeg client, SimulatedLeg target) => Tell("AttendedTransfer", "call", packet =>
        packet.Add("Result", "Success").Add(first, "OrigTransferer").Add(firstBridge, "Orig").Add(second, "SecondTransferer")
            .Add(secondBridge, "Second").Add(client, "Transferee").Add(target, "TransferTarget")
            .Add("IsExternal", "No").Add("DestType", "Bridge").Add("DestBridgeUniqueid", secondBridge.Id));

    public void Device(string device, string state) =>
        Tell("DeviceStateChange", "call", packet => packet.Add("Device", "PJSIP/" + device).Add("State", state));

    public void Member(string queue, string extension, string name, int status) => Tell("QueueMemberStatus", "agent", packet =>
        packet.Add("Queue", queue).Add("MemberName", name).Add("Interface", "PJSIP/" + extension).Add("StateInterface", "PJSIP/" + extension)
            .Add("Membership", "static").Add("Penalty", 0).Add("CallsTaken", 0).Add("LastCall", 0).Add("LastPause", 0).Add("InCall", 0)
            .Add("Status", status).Add("Paused", 0).Add("PausedReason", "").Add("Ringinuse", 0).Add("Wrapuptime", 0));

    public void OriginateResponse(string actionId, SimulatedLeg? leg, string channel, string exten, string? callerNumber, string? callerName, int reason) =>
        Tell("OriginateResponse", "call", packet => packet.Add("ActionID", actionId).Add("Response", leg is null ? "Failure" : "Success")
            .Add("Channel", leg?.Name ?? channel).Add("Context", "from-internal").Add("Exten", exten).Add("Reason", reason)
            .Add("Uniqueid", leg?.Uniqueid ?? "<unknown>").Add("CallerIDNum", callerNumber ?? "<unknown>").Add("CallerIDName", callerName ?? "<unknown>"));

    /// <summary>Asterisk's own call record. Its times are whole seconds of the server's local time, here UTC.</summary>
    public void Cdr(SimulatedLeg caller, SimulatedLeg? callee, DateTimeOffset endedAt) => Tell("Cdr", "cdr", packet =>
    {
        var answeredAt = callee?.UpAt;
        packet.Add("AccountCode", "").Add("Source", caller.CallerNumber).Add("Destination", caller.Exten).Add("DestinationContext", caller.Context)
            .Add("CallerID", $"\"{caller.CallerName}\" <{caller.CallerNumber}>").Add("Channel", caller.Name).Add("DestinationChannel", callee?.Name)
            .Add("LastApplication", caller.Application).Add("LastData", caller.ApplicationData).Add("StartTime", Local(caller.StartedAt))
            .Add("AnswerTime", answeredAt is { } at ? Local(at) : "").Add("EndTime", Local(endedAt))
            .Add("Duration", (long)(endedAt - caller.StartedAt).TotalSeconds)
            .Add("BillableSeconds", answeredAt is { } from ? (long)(endedAt - from).TotalSeconds : 0)
            .Add("Disposition", answeredAt is null ? "NO ANSWER" : "ANSWERED").Add("AMAFlags", "DOCUMENTATION")
            .Add("UniqueID", caller.Uniqueid).Add("UserField", "").Add("LinkedID", caller.Linkedid);
    });

    public void Trunk(string trunk, bool isReachable) => Tell("ContactStatus", "system", packet => packet.Add("URI", $"sip:{trunk}.example")
        .Add("ContactStatus", isReachable ? "Reachable" : "Unreachable").Add("AOR", trunk).Add("EndpointName", trunk).Add("RoundtripUsec", 0));

    public void Shutdown(bool willRestart) =>
        Tell("Shutdown", "system", packet => packet.Add("Shutdown", "Cleanly").Add("Restart", willRestart ? "True" : "False"));

    public static string Local(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static AmiPacket Pair(AmiPacket packet, SimulatedLeg? caller, SimulatedLeg callee) =>
        (caller is null ? packet : packet.Add(caller)).Add(callee, "Dest");

    private static void Cause(AmiPacket packet, HangupCause? cause)
    {
        if (cause is null)
            return;
        packet.Add("Cause", cause.Code);
        if (cause.Sip is { } sip)
            packet.Add("TechCause", sip);
    }

    private void Tell(string name, string readClass, Action<AmiPacket> fill)
    {
        var packet = new AmiPacket().Add("Event", name).Add("Privilege", readClass + ",all").Add("Timestamp", AmiPacket.Stamp(stamp()));
        fill(packet);
        emit(new SimulatedEvent(name, readClass, packet.ToString()));
    }
}

/// <summary>Why a channel was hung up: the Q.850 code in Asterisk's words, and the SIP status where there is one.</summary>
internal sealed record HangupCause(int Code, string Words, int? Sip = null)
{
    public static readonly HangupCause Unknown = new(0, "Unknown");
    public static readonly HangupCause NoSuchNumber = new(1, "Unallocated (unassigned) number", 404);
    public static readonly HangupCause Swapped = new(1, "Unallocated (unassigned) number");
    public static readonly HangupCause Normal = new(16, "Normal Clearing");
    public static readonly HangupCause Busy = new(17, "User busy", 486);
    public static readonly HangupCause NoAnswer = new(19, "User alerting, no answer", 480);
    public static readonly HangupCause Absent = new(20, "Subscriber absent", 480);
    public static readonly HangupCause Declined = new(21, "Call Rejected", 603);
    public static readonly HangupCause AnsweredElsewhere = new(26, "Answered elsewhere");
    public static readonly HangupCause Congestion = new(34, "Circuit/channel congestion", 503);
    public static readonly HangupCause Stopping = new(4, "Unknown");
    public static readonly HangupCause GaveUp = new(127, "Interworking, unspecified", 487);
    public static readonly HangupCause Withdrawn = new(127, "Interworking, unspecified", 500);
    public static readonly HangupCause NormalAfterCancel = new(16, "Normal Clearing", 487);
}
