namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// The keys that the product reads, spelt as on the wire. Other keys are reachable by <see cref="AmiMessage.Fields"/>.
/// </summary>
public enum AmiKey
{
    None,

    // The packet
    Event, Response, ActionID, Message, Privilege, Timestamp, EventList, ListItems, Items, Output, SequenceNumber, Challenge, Ping,

    // The PBX
    SystemName, Uptime, LastReload, Status, Restart, Module, AMIversion, AsteriskVersion, CoreStartupDate, CoreStartupTime, Events,

    // The channel that an event is about
    Channel, ChannelState, ChannelStateDesc, CallerIDNum, CallerIDName, ConnectedLineNum, ConnectedLineName, Context, Exten, Uniqueid,
    Linkedid, ChanVariable, Cause, TechCause, Variable, Value, Application, ApplicationData, AppData,

    // Lists of live channels, bridges, queues
    Duration, Seconds, BridgeId, DNID, Data, Position, Wait, Name, Type,

    // Dialling
    DestChannel, DestUniqueid, DestLinkedid, DestExten, DestCallerIDNum, DialStatus, DialString, Forward, Reason,

    // Bridges
    BridgeUniqueid, BridgeType, BridgeTechnology, BridgeCreator, BridgeName, BridgeNumChannels, ToBridgeUniqueid, FromBridgeUniqueid, Conference,
    LocalOneChannel, LocalOneUniqueid, LocalOneLinkedid, LocalTwoChannel, LocalTwoUniqueid, LocalTwoLinkedid,

    // Transfers, pickup, parking
    Result, Extension, IsExternal, TransfererChannel, TransfererUniqueid, TransfereeChannel, TransfereeUniqueid, TransfereeLinkedid,
    OrigTransfererChannel, OrigTransfererUniqueid, OrigTransfererLinkedid, OrigBridgeUniqueid,
    SecondTransfererChannel, SecondTransfererUniqueid, SecondTransfererLinkedid, SecondBridgeUniqueid,
    TransferTargetChannel, TransferTargetUniqueid, TransferTargetLinkedid, DestType, DestBridgeUniqueid,
    TargetChannel, TargetUniqueid, TargetLinkedid, ParkeeChannel, ParkeeUniqueid, ParkeeLinkedid, ParkerDialString, ParkingSpace,
    RetrieverChannel, RetrieverUniqueid, RetrieverLinkedid,

    // Queues
    Queue, Interface, MemberName, HoldTime, RingTime, TalkTime,

    // Accounting
    BillableSeconds, Disposition, EventTime, EventTV, EventName,
}
