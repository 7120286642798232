using System.Text.RegularExpressions;
using ModelContextProtocol;
using Refit;

namespace McpGateway.Upstream;

/// <summary>
/// Holds each request to the path its method declares: an id that is empty, or that climbs out of its place with dots
/// (escaped or not), is refused before anything is sent. Refit escapes everything else.
/// </summary>
internal sealed partial class PathHandler(UpstreamApi api) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<string> Template = new(HttpRequestMessageOptions.RelativePathTemplate);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(Template, out var template) && !Fits(request.RequestUri!, template.Split('?')[0]))
        {
            var names = string.Join(" or ", Placeholder().Matches(template).Select(match => match.Groups["name"].Value));
            throw new McpException($"{names} is not an id: give one that is neither empty nor made of dots.");
        }

        return base.SendAsync(request, cancellationToken);
    }

    private bool Fits(Uri url, string template)
    {
        var wanted = (api.BaseUrl.AbsolutePath.TrimEnd('/') + template).Split('/');
        var given = url.AbsolutePath.Split('/');
        var isOpenEnded = wanted[^1].StartsWith("{**", StringComparison.Ordinal);
        return (isOpenEnded ? given.Length >= wanted.Length : given.Length == wanted.Length)
            && given.Skip(1).All(IsId)
            && wanted.Zip(given).All(pair => pair.First.Contains('{', StringComparison.Ordinal) || pair.First == pair.Second);
    }

    private static bool IsId(string segment) =>
        Uri.UnescapeDataString(segment).Split('/', '\\') is var parts && segment.Length > 0 && !parts.Any(part => part is "." or "..");

    [GeneratedRegex(@"\{(\*\*)?(?<name>\w+)")]
    private static partial Regex Placeholder();
}
