using System.CommandLine;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// The verb <c>retell</c>: after a mistake in how Twilio was understood was put right, the calls are told anew from what came. It works on
/// the database alone; a server beside it, or the next one, does the telling.
/// </summary>
internal static class RetellCommand
{
    public static Command Make(Func<StartOptions, WebApplication> build)
    {
        var name = new Argument<string>("ACCOUNT") { Description = "The name of the Twilio account." };
        var verb = new Command("retell", "Tell the calls and messages of a Twilio account anew from all that it ever sent.") { name };
        verb.SetAction((parsed, cancel) => Hosting.InWords(async () =>
        {
            await using var app = build(CommandLine.Start(parsed));
            await app.Services.GetRequiredService<Migrator>().Run(cancel);
            if (await app.Services.GetRequiredService<TwilioAccountStore>().ByName(parsed.GetValue(name)!, cancel) is not { } account)
            {
                await Console.Error.WriteLineAsync($"There is no Twilio account {parsed.GetValue(name)}.");
                return 1;
            }
            Console.WriteLine($"{await app.Services.GetRequiredService<TwilioInbox>().WorkOnAgain(account.Name, cancel)} requests are worked on again.");
            return 0;
        }));
        return verb;
    }
}
