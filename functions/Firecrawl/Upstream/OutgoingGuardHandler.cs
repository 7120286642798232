using System.Text.Json;
using McpGateway.Tools.Guards;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Looks at every body before it leaves, so that no tool can forget to: whatever is called url, urls or webhook, however
/// deep, must be public (<see cref="TargetGuard"/>), and in safe mode nothing may act on a page, call back or run code.
/// </summary>
internal sealed class OutgoingGuardHandler(FirecrawlOptions options, TargetGuard guard, DomainGuard domains) : DelegatingHandler
{
    // What these hold is data of the caller's own, never fetched.
    private static readonly string[] Opaque = ["schema", "headers", "metadata"];

    private const int MostProblems = 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.Contains("/interact", StringComparison.Ordinal))
        {
            new SafeMode(options).RefuseBrowser();
            domains.RefuseBrowser();
        }

        if (request.Content?.Headers.ContentType?.MediaType == "application/json")
        {
            using var body = JsonDocument.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            var path = request.RequestUri!.AbsolutePath;
            domains.CheckRequest(path, body.RootElement);
            await CheckAsync(body.RootElement, "", path.EndsWith("/search", StringComparison.Ordinal), cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task CheckAsync(JsonElement element, string path, bool isSearch, CancellationToken cancellationToken)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                await CheckAsync(item, $"{path}[{index++}]", isSearch, cancellationToken);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject().Where(member => !Opaque.Contains(member.Name)))
            {
                var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                domains.CheckMember(member, name, isSearch);
                RefuseUnsafe(member, name);
                await CheckTargetsAsync(member, name, cancellationToken);
                await CheckAsync(member.Value, name, isSearch, cancellationToken);
            }
        }
    }

    private async Task CheckTargetsAsync(JsonProperty member, string path, CancellationToken cancellationToken)
    {
        if (member.Name is not ("url" or "urls" or "webhook"))
        {
            return;
        }

        if (member.Value.ValueKind == JsonValueKind.Array)
        {
            var urls = member.Value.EnumerateArray().Select(url => url.ToString()).ToList();
            var problems = (await guard.JudgeAsync(path, urls, cancellationToken)).OfType<McpException>().ToList();
            if (problems.Count > 0)
            {
                throw problems.Count == 1
                    ? problems[0]
                    : new McpException(string.Join(" ", problems.Take(MostProblems).Select(problem => problem.Message)));
            }
        }
        else if (member is not { Name: "webhook", Value.ValueKind: JsonValueKind.Object } && member.Value.ValueKind != JsonValueKind.Null)
        {
            // A number is an address as well; anything that is not an address is refused as such.
            await guard.CheckAsync(path, member.Value.ToString(), cancellationToken);
        }
    }

    /// <summary>What changes something beside what safe mode refuses: a saved profile, unless it is kept as it is, and what a provider does.</summary>
    private static bool Changes(JsonProperty member) =>
        member.Name switch
        {
            "profile" => member.Value.ValueKind == JsonValueKind.Object
                && !(member.Value.TryGetProperty("saveChanges", out var saves) && saves.ValueKind == JsonValueKind.False),
            "capability" => member.Value.ValueKind != JsonValueKind.Null,
            _ => false,
        };

    private void RefuseUnsafe(JsonProperty member, string path)
    {
        var isUnsafe = member.Name switch
        {
            "actions" => member.Value.ValueKind != JsonValueKind.Null
                && !(member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0),
            "webhook" => member.Value.ValueKind != JsonValueKind.Null,
            // What the catalogue's own provider can do beside looking things up: run code, and accept terms for the team.
            "capability" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "bash" or "terms/accept",
            _ => false,
        };
        if (ReadingOnly.IsOn && (isUnsafe || Changes(member)))
        {
            throw new McpException(
                $"{path} is refused: you may only read, so that no page is acted on, nobody is called back, no browser profile is changed "
                    + "(profile.saveChanges: false reads with one), and nothing of the catalogue runs. Nothing was sent."
            );
        }

        if (options.SafeMode && isUnsafe)
        {
            throw new McpException(
                $"{path} is refused: this gateway runs in safe mode (FIRECRAWL_SAFE_MODE), without page actions, webhooks and code."
            );
        }
    }
}
