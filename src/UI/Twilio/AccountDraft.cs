using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Twilio;

/// <summary>A Twilio account while an administrator edits it: every field as typed, so nothing is lost to a wrong form.</summary>
public sealed partial record AccountDraft
{
    public string Name { get; init; } = "";
    public string AccountSid { get; init; } = "";
    public string AuthToken { get; init; } = "";
    public string SecondaryToken { get; init; } = "";
    public bool RemovesSecondaryToken { get; init; }
    public string ApiKeySid { get; init; } = "";
    public string ApiKeySecret { get; init; } = "";
    public string Region { get; init; } = "US";
    public bool DeletesFetchedRecordings { get; init; }
    public bool IsEnabled { get; init; } = true;

    public static AccountDraft Of(TwilioAccountItem account) => new()
    {
        Name = account.Name,
        AccountSid = account.AccountSid,
        ApiKeySid = account.ApiKeySid ?? "",
        Region = account.Region,
        DeletesFetchedRecordings = account.DeletesFetchedRecordings,
        IsEnabled = account.IsEnabled,
    };

    public TwilioAccountEdit Edit => new()
    {
        Name = Name.Trim(),
        AccountSid = AccountSid.Trim(),
        AuthToken = AuthToken.Trim().NullIfEmpty(),
        SecondaryToken = RemovesSecondaryToken ? "" : SecondaryToken.Trim().NullIfEmpty(),
        ApiKeySid = ApiKeySid.Trim().NullIfEmpty(),
        ApiKeySecret = ApiKeySecret.Trim().NullIfEmpty(),
        Region = Region.Trim().ToUpperInvariant(),
        DeletesFetchedRecordings = DeletesFetchedRecordings,
        IsEnabled = IsEnabled,
    };

    /// <param name="before">What is stored; null for a new one.</param>
    internal FieldErrors Check(TwilioAccountItem? before, Texts texts)
    {
        var edit = Edit;
        var check = new FieldCheck(texts.Problem)
            .Length(nameof(Name), edit.Name, least: 1, most: 32)
            .That(nameof(Name), NameForm().IsMatch(edit.Name), texts.Pbx.NameForm)
            .Required(nameof(AccountSid), edit.AccountSid)
            .That(nameof(AccountSid), AccountSidForm().IsMatch(edit.AccountSid), texts.Twilio.AccountSidForm)
            .That(nameof(ApiKeySid), edit.ApiKeySid is null || ApiKeySidForm().IsMatch(edit.ApiKeySid), texts.Twilio.ApiKeySidForm)
            .That(nameof(Region), RegionForm().IsMatch(edit.Region), texts.Twilio.RegionForm);
        if (before is null)
            check.Required(nameof(AuthToken), edit.AuthToken);
        if (edit.ApiKeySid is not null && edit.ApiKeySid != before?.ApiKeySid)
            check.Required(nameof(ApiKeySecret), edit.ApiKeySecret);
        return check.Errors;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^AC[0-9a-f]{32}$")]
    private static partial Regex AccountSidForm();

    [GeneratedRegex("^SK[0-9a-f]{32}$")]
    private static partial Regex ApiKeySidForm();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex RegionForm();
}
