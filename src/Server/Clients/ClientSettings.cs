using ContactCenterCrm.Telephony.Numbers;
using PhoneNumbers;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Section <c>Clients</c> of the configuration.</summary>
internal sealed class ClientSettings
{
    NumberPlan? numbers;

    /// <summary>ISO 3166 code of the country whose numbers people type without a country code. What a trunk writes has a setting of its own.</summary>
    public string Region { get; set; } = "RU";

    /// <summary>What stands before a national number in E.164, and what people dial before it instead: +7 and 8.</summary>
    public (string Country, string Trunk) NumberPrefixes =>
        ($"+{PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(Region)}", PhoneNumberUtil.GetInstance().GetNddPrefixForRegion(Region, stripNonDigits: true) ?? "");

    /// <summary>How people write numbers into forms and search fields.</summary>
    public NumberPlan Numbers => numbers ??= new(Region);
}
