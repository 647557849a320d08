using System.Net;
using System.Text.Json.Nodes;

namespace ContactCenterCrm.Server.Tests;

/// <summary>What a test reads from a response.</summary>
static class Answers
{
    /// <summary>The status and, for a refusal, its code: <c>"423 locked_out"</c>.</summary>
    public static async Task<string> Outcome(this HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response.StatusCode < HttpStatusCode.BadRequest || response.Content.Headers.ContentLength == 0 ? status : $"{status} {(await response.Body())["code"]}";
    }

    public static async Task<string> Outcome(this Task<HttpResponseMessage> response) => await (await response).Outcome();

    public static async Task<JsonNode> Body(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
