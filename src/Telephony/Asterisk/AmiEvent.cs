namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>The events that the product understands, spelt as on the wire. Anything else is <see cref="Unknown"/>.</summary>
public enum AmiEvent
{
    Unknown,

    // A channel's life
    Newchannel, Newstate, NewCallerid, NewConnectedLine, Newexten, VarSet, Rename, HangupRequest, SoftHangupRequest, Hangup,

    // Dialling
    DialBegin, DialState, DialEnd, OriginateResponse,

    // Bridges
    BridgeEnter, BridgeLeave, BridgeMerge, BridgeDestroy, LocalBridge, LocalOptimizationBegin, LocalOptimizationEnd, ConfbridgeJoin, ConfbridgeLeave,

    // Transfers, pickup, parking, hold
    BlindTransfer, AttendedTransfer, Pickup, ParkedCall, UnParkedCall, ParkedCallTimeOut, ParkedCallGiveUp, Hold, Unhold,

    // Queues
    QueueCallerJoin, QueueCallerLeave, QueueCallerAbandon, AgentCalled, AgentConnect, AgentComplete, AgentRingNoAnswer,

    // Recording, voicemail, accounting
    MixMonitorStart, MixMonitorStop, MessageWaiting, Cdr, CEL, SuccessfulAuth,

    // The PBX
    FullyBooted, Shutdown, Reload,

    // Lists that a (re)connect asks for
    CoreShowChannel, CoreShowChannelsComplete, Status, StatusComplete, QueueParams, QueueMember, QueueEntry, QueueStatusComplete,
    BridgeListItem, BridgeListComplete, BridgeInfoChannel, BridgeInfoComplete,
}
