using System.Text.RegularExpressions;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>The account that an admin copies, against what the product understands.</summary>
sealed partial class ManagerConfTests
{
    // Items of lists are answers, which no filter touches; the other two are sent to nobody who did not ask for them.
    static readonly AmiEvent[] unfiltered =
    [
        AmiEvent.Unknown, AmiEvent.CEL, AmiEvent.SuccessfulAuth, AmiEvent.CoreShowChannel, AmiEvent.CoreShowChannelsComplete, AmiEvent.Status,
        AmiEvent.StatusComplete, AmiEvent.QueueParams, AmiEvent.QueueMember, AmiEvent.QueueEntry, AmiEvent.QueueStatusComplete,
        AmiEvent.BridgeListItem, AmiEvent.BridgeListComplete, AmiEvent.BridgeInfoChannel, AmiEvent.BridgeInfoComplete,
    ];

    [Test]
    public void Every_event_that_the_product_understands_passes_the_filters()
    {
        var passing = Filter().Matches(File.ReadAllText(Repository.File("asterisk-config", "manager.conf"))).Select(match => match.Groups[1].Value);

        Assert.That(Enum.GetValues<AmiEvent>().Except(unfiltered).Select(name => name.ToString()).Except(passing), Is.Empty);
    }

    [Test]
    public void Every_setting_that_the_files_need_stands_in_the_example_and_is_needed()
    {
        var files = Directory.GetFiles(Repository.File("asterisk-config"), "*.conf").Concat(Directory.GetFiles(Repository.File("asterisk-config", "relay"))).Select(File.ReadAllText);
        var needed = files.SelectMany(text => Placeholder().Matches(text)).Select(match => match.Groups[1].Value).Distinct();
        var given = Setting().Matches(File.ReadAllText(Repository.File("asterisk-config", "settings.example"))).Select(match => match.Groups[1].Value);

        Assert.That(given, Is.EquivalentTo(needed));
    }

    [GeneratedRegex(@"^eventfilter\(action\(include\),name\((\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Filter();

    [GeneratedRegex("@([A-Z][A-Z0-9_]*)@")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^([A-Z][A-Z0-9_]*)=", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
