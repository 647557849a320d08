using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Twilio.Rest;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// Calls over Twilio: it is asked to call the agent, and when the agent answers, it asks here whom to call then. Number and line travel in the
/// addresses, which Twilio signs, so nobody else can have a number called.
/// </summary>
internal sealed partial class TwilioDialler(
    TwilioAccountStore accounts, TwilioNumberStore numbers, TwilioIntakes intakes, RestNews news, TwilioApi api, TwilioUrls urls, ILogger<TwilioDialler> log)
    : ICallDialler
{
    /// <summary>Down: Twilio cannot be told where we are, or has no number of ours that the called party could see.</summary>
    public async Task<DialLine?> Line(string source, CancellationToken cancel)
    {
        if (await accounts.ByName(source, cancel) is not { } account)
            return null;
        if (!account.IsEnabled)
            return DialLine.Off;
        return urls.AreKnown && (await numbers.OfAccount(account.Id, cancel)).Count > 0 ? DialLine.Up : DialLine.Down;
    }

    public bool Takes(string source) => intakes.Owns(source);

    public async Task<DialResult> Dial(DialOrder order, CancellationToken cancel)
    {
        if (await accounts.ByName(order.Source, cancel) is not { IsEnabled: true } account || !urls.AreKnown || await LineFor(account, order, cancel) is not { } line)
            return new DialResult.Failed(DialFailure.LineLost);
        try
        {
            var call = await api.CreateCall(account, Order(order, line), cancel);
            await news.Tell(account, call, new TwilioForm([KeyValuePair.Create(TwilioHint.To, order.Number), KeyValuePair.Create(TwilioHint.From, line)]), cancel);
            return new DialResult.Taken(call.Sid);
        }
        catch (TwilioException error)
        {
            // Its words may hold the number.
            LogRefused(order.Id, account.Name, error.Problem, error.Status, error.Code);
            return new DialResult.Failed(FailureOf(error.Problem));
        }
    }

    /// <summary>The number that the called party sees: that of the line on which the agent is rung, else the account's first.</summary>
    async Task<string?> LineFor(TwilioAccount account, DialOrder order, CancellationToken cancel)
    {
        var lines = await numbers.OfAccount(account.Id, cancel);
        var own = lines.FirstOrDefault(line => line.Endpoints.Contains(order.Extension) || line.QueueMembers.Contains(order.Extension));
        return (own ?? (lines is [var first, ..] ? first : null))?.E164;
    }

    NewTwilioCall Order(DialOrder order, string line)
    {
        (string, string) wanted = (TwilioHint.To, order.Number), shown = (TwilioHint.From, line);
        return new()
        {
            To = order.Extension,
            From = line,
            TwimlUrl = urls.Callback(TwilioRoles.PathOf(TwilioRole.OutboundTwiml), wanted, shown),
            StatusUrl = urls.Callback(TwilioRoles.PathOf(TwilioRole.ApiCallStatus), wanted, shown),
            RingSeconds = (int)order.RingTime.TotalSeconds,
        };
    }

    static DialFailure FailureOf(TwilioProblem problem) => problem switch
    {
        TwilioProblem.SecretUnreadable or TwilioProblem.WrongCredentials or TwilioProblem.NotAllowed => DialFailure.DiallingDenied,
        TwilioProblem.Refused or TwilioProblem.NotFound or TwilioProblem.TooMany => DialFailure.PbxRefused,
        TwilioProblem.Unreachable or TwilioProblem.NotTwilio => DialFailure.LineLost,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Dial} was not taken by Twilio for account {Account}: {Problem}, status {Status}, code {Code}")]
    private partial void LogRefused(long dial, string account, TwilioProblem problem, int? status, int? code);
}
