using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Calls over PBXs: the order goes over the line on which the PBX is heard.</summary>
internal sealed partial class PbxDialler(PbxLinkStore store, PbxLinks links, ILogger<PbxDialler> log) : ICallDialler
{
    public async Task<DialLine?> Line(string source, CancellationToken cancel)
    {
        if ((await store.List(cancel)).FirstOrDefault(link => link.Name == source) is not { } link)
            return null;
        if (!link.IsEnabled)
            return DialLine.Off;
        return (await store.Down(cancel)).Any(down => down.Pbx == source) ? DialLine.Down : DialLine.Up;
    }

    public bool Takes(string source) => links.RunOf(source) is { Line: not null };

    public async Task<DialResult> Dial(DialOrder order, CancellationToken cancel)
    {
        if (links.RunOf(order.Source) is not { Line: { } line } run)
            return new DialResult.Failed(DialFailure.LineLost);
        try
        {
            return await line.Originate(Origination(run.Link, order), cancel) switch
            {
                AmiOriginated.PickedUp or AmiOriginated.NotPickedUp => new DialResult.Taken(order.CallId),
                AmiOriginated.Unreachable => new DialResult.Failed(DialFailure.PhoneUnreachable),
                AmiOriginated.Denied => new DialResult.Failed(DialFailure.DiallingDenied),
                AmiOriginated.Refused => new DialResult.Failed(DialFailure.PbxRefused),
            };
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            LogLineLost(error, order.Id, order.Source);
            return new DialResult.Failed(DialFailure.LineLost);
        }
    }

    static AmiOrigination Origination(PbxLink link, DialOrder order) => new()
    {
        Id = order.CallId,
        Channel = link.DialChannel.Replace("{extension}", order.Extension),
        Context = link.DialContext,
        Number = link.DialNumber.Replace("{number}", order.Number.TrimStart('+')),
        CallerId = $"<{order.Number}>",
        RingTime = order.RingTime,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line to {Source} broke over order {Dial}")]
    private partial void LogLineLost(Exception error, long dial, string source);
}
