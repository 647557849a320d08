using System.CommandLine;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The verb <c>replay</c>: recorded AMI streams in, calls out. It needs no database and no server.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A recorded AMI byte stream. Several files are successive connections to one PBX.",
            Arity = ArgumentArity.OneOrMore,
        };
        var trunks = new Option<string[]>("--trunk")
        {
            Description = "Name of an endpoint that leads outside. May be repeated.",
            HelpName = "NAME",
            DefaultValueFactory = _ => ["trunk"],
        };
        var region = new Option<string>("--region")
        {
            Description = "Country whose numbers come without a country code.",
            HelpName = "CC",
            DefaultValueFactory = _ => "RU",
        };
        region.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } code && !NumberPlan.IsRegion(code))
                result.AddError($"--region takes the code of a country, such as RU or DE, not {code}.");
        });
        var verb = new Command("replay", "Read recorded AMI streams and print one JSON object a line per call.") { files, trunks, region };
        verb.SetAction(parsed => Replay(parsed.GetValue(files)!, parsed.GetValue(trunks)!, parsed.GetValue(region)!));
        return verb;
    }

    static int Replay(string[] files, string[] trunks, string region)
    {
        try
        {
            var options = new ReplayOptions { Trunks = trunks.ToHashSet(StringComparer.Ordinal), Region = region };
            using var output = new StreamWriter(Console.OpenStandardOutput());
            foreach (var call in CallReplay.Calls(files, options))
                output.WriteLine(CallJson.Line(call));
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
