using System.Diagnostics.Metrics;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>What comes to the addresses that Twilio asks, at <c>/metrics</c>.</summary>
internal static class WebhookMetrics
{
    static readonly Meter Meter = new("ContactCenterCrm.Twilio");
    static readonly Counter<long> TakenCount = Meter.CreateCounter<long>("crm.twilio.requests", description: "Genuine requests that were taken, by role");
    static readonly Counter<long> RefusedCount = Meter.CreateCounter<long>("crm.twilio.refused", description: "Requests that Twilio did not sign, or for an account that is not ours");
    static readonly Counter<long> FailedCount = Meter.CreateCounter<long>("crm.twilio.failed", description: "Genuine requests that could not be taken because the database was away");

    public static void Taken(TwilioRole role) => TakenCount.Add(1, new KeyValuePair<string, object?>("role", TwilioRoles.PathOf(role)));

    public static void Refused() => RefusedCount.Add(1);

    public static void Failed() => FailedCount.Add(1);
}
