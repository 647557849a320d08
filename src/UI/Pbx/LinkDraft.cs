using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Pbx;

/// <summary>A PBX link while an administrator edits it: every field as typed, so nothing is lost to a wrong form.</summary>
public sealed partial record LinkDraft
{
    public string Name { get; init; } = "";
    public string Host { get; init; } = "";
    public string Port { get; init; } = "5038";
    public string Username { get; init; } = "";
    public string Secret { get; init; } = "";
    public bool UseTls { get; init; }
    public string CertificateSha256 { get; init; } = "";
    public string Region { get; init; } = "RU";

    /// <summary>One name a line.</summary>
    public string Trunks { get; init; } = "trunk";

    public RuleLines Rewrites { get; init; } = new([]);
    public string DialChannel { get; init; } = PbxLinkEdit.DialChannelDefault;
    public string DialContext { get; init; } = PbxLinkEdit.DialContextDefault;
    public string DialNumber { get; init; } = PbxLinkEdit.DialNumberDefault;
    public bool IsEnabled { get; init; } = true;

    public static LinkDraft Of(PbxLinkItem link) => new()
    {
        Name = link.Name,
        Host = link.Host,
        Port = link.Port.ToString(CultureInfo.InvariantCulture),
        Username = link.Username,
        UseTls = link.UseTls,
        CertificateSha256 = link.CertificateSha256 ?? "",
        Region = link.Region,
        Trunks = string.Join('\n', link.Trunks),
        Rewrites = new(link.Rewrites),
        DialChannel = link.DialChannel,
        DialContext = link.DialContext,
        DialNumber = link.DialNumber,
        IsEnabled = link.IsEnabled,
    };

    public PbxLinkEdit Edit => new()
    {
        Name = Name.Trim(),
        Host = Host.Trim(),
        Port = int.TryParse(Port, CultureInfo.InvariantCulture, out var port) ? port : 0,
        Username = Username.Trim(),
        Secret = Secret.NullIfEmpty(),
        UseTls = UseTls,
        CertificateSha256 = CertificateSha256.Trim().NullIfEmpty(),
        Region = Region.Trim().ToUpperInvariant(),
        Trunks = [.. Lines(Trunks)],
        Rewrites = [.. Rewrites.Rules.Where(rule => rule.Pattern.Length > 0)],
        DialChannel = DialChannel.Trim(),
        DialContext = DialContext.Trim(),
        DialNumber = DialNumber.Trim(),
        IsEnabled = IsEnabled,
    };

    internal FieldErrors Check(bool isNew, Texts texts)
    {
        var edit = Edit;
        var check = new FieldCheck(texts.Problem)
            .Length(nameof(PbxLinkEdit.Name), edit.Name, least: 1, most: 32)
            .That(nameof(PbxLinkEdit.Name), NameForm().IsMatch(edit.Name), texts.Pbx.NameForm)
            .Length(nameof(PbxLinkEdit.Host), edit.Host, least: 1, most: 255)
            .That(nameof(PbxLinkEdit.Port), edit.Port is >= 1 and <= 65535, texts.Pbx.PortForm)
            .Length(nameof(PbxLinkEdit.Username), edit.Username, least: 1, most: 100)
            .That(nameof(PbxLinkEdit.CertificateSha256), edit.CertificateSha256 is null || FingerprintForm().IsMatch(edit.CertificateSha256), texts.Pbx.CertificateForm)
            .That(nameof(PbxLinkEdit.DialChannel), DialChannelForm().IsMatch(edit.DialChannel), texts.Pbx.DialChannelForm)
            .That(nameof(PbxLinkEdit.DialContext), DialContextForm().IsMatch(edit.DialContext), texts.Pbx.DialContextForm)
            .That(nameof(PbxLinkEdit.DialNumber), DialNumberForm().IsMatch(edit.DialNumber), texts.Pbx.DialNumberForm)
            .That(nameof(PbxLinkEdit.Region), RegionForm().IsMatch(edit.Region), texts.Pbx.RegionForm);
        return isNew ? check.Required(nameof(PbxLinkEdit.Secret), Secret).Errors : check.Errors;
    }

    internal static IEnumerable<string> Lines(string text) => text.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^([0-9A-Fa-f]{2}:?){32}$")]
    private static partial Regex FingerprintForm();

    [GeneratedRegex(@"^[A-Za-z0-9/@._:-]*\{extension\}[A-Za-z0-9/@._:-]*$")]
    private static partial Regex DialChannelForm();

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex DialContextForm();

    [GeneratedRegex(@"^[0-9*#+]*\{number\}[0-9*#]*$")]
    private static partial Regex DialNumberForm();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex RegionForm();
}

/// <summary>Rewrite rules as typed, equal by what they say.</summary>
public sealed record RuleLines(IReadOnlyList<RewriteRule> Rules)
{
    public bool Equals(RuleLines? other) => other is not null && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => Rules.Count;

    public RuleLines With(int position, RewriteRule changed) => new([.. Rules.Select((rule, at) => at == position ? changed : rule)]);

    public RuleLines Without(int position) => new([.. Rules.Where((_, at) => at != position)]);

    public RuleLines Plus(RewriteRule rule) => new([.. Rules, rule]);
}
