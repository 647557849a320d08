using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Numbers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>The admin's test bench: what becomes of numbers that come over the line of a PBX, and whose they are.</summary>
internal static class NumberTestEndpoint
{
    const int NumbersMax = 50;

    public static void MapNumberTest(this IEndpointRouteBuilder pbx) => pbx.MapPost("/number-test", Test);

    static async Task<Results<Ok<IReadOnlyList<NumberTest>>, ProblemHttpResult>> Test(
        NumberTestRequest request, Access access, PbxLinkStore links, Database database, CancellationToken cancel)
    {
        if (request.Numbers.Count > NumbersMax)
            return Problems.Invalid("numbers", $"At most {NumbersMax} numbers at once.");
        if ((await links.List(cancel)).FirstOrDefault(link => link.Name == request.Pbx) is not { } link)
            return Problems.Invalid("pbx", $"There is no PBX {request.Pbx}.");
        var plan = link.NumberPlan();
        await using var session = await database.Read(cancel);
        List<NumberTest> tests = [];
        foreach (var number in request.Numbers)
            tests.Add(await TestOf(session, access, plan.Read(number), cancel));
        return TypedResults.Ok<IReadOnlyList<NumberTest>>(tests);
    }

    static async Task<NumberTest> TestOf(DbSession session, Access access, NumberReading reading, CancellationToken cancel) => new()
    {
        Raw = reading.Raw,
        E164 = reading.E164,
        Display = reading.Display,
        Verdict = JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Verdict.ToString()),
        RewrittenTo = reading.RewrittenTo,
        Matches = reading.E164 is { } e164 ? await ClientList.Matches(session, access, e164, reading.Extension ?? "", cancel) : [],
    };
}
