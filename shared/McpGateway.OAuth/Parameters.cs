using System.Net.Http.Headers;
using System.Text;
using McpGateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace McpGateway.OAuth;

/// <summary>The parameters of a query or a form, each at most once; one without a value counts as absent (RFC 6749 section 3.1).</summary>
internal sealed class Parameters
{
    private const int LargestForm = 64 * 1024;
    private const int LongestShown = 40;

    private readonly IReadOnlyDictionary<string, string> values;

    private Parameters(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        this.values = values
            .Select(p =>
                p.Value.Count <= 1
                    ? KeyValuePair.Create(p.Key, p.Value.ToString())
                    : throw new OAuthException("invalid_request", $"The parameter {Shown(p.Key)}is repeated: send it once.")
            )
            .Where(p => p.Value.Length > 0)
            .ToDictionary(StringComparer.Ordinal);

    public string? this[string name] => values.GetValueOrDefault(name);

    // RFC 6749 section 5.2 bounds what a description may hold.
    private static string Shown(string name) =>
        name.Length <= LongestShown && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? $"{name} " : "";

    /// <exception cref="OAuthException">The parameter is missing.</exception>
    public string Required(string name) => this[name] ?? throw new OAuthException("invalid_request", $"The parameter {name} is missing.");

    /// <exception cref="OAuthException">A parameter is repeated.</exception>
    public static Parameters OfQuery(HttpRequest request) => new(QueryHelpers.ParseQuery(request.QueryString.Value));

    /// <exception cref="OAuthException">The body is not a form, is too large, or repeats a parameter.</exception>
    public static async Task<Parameters> OfFormAsync(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType?.ToLowerInvariant() != "application/x-www-form-urlencoded"
        )
        {
            throw new OAuthException(
                "invalid_request",
                "Send a form: Content-Type application/x-www-form-urlencoded.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        var body =
            await RequestBody.ReadAsync(request, LargestForm)
            ?? throw new OAuthException(
                "invalid_request",
                $"The form is larger than {LargestForm} bytes.",
                StatusCodes.Status413PayloadTooLarge
            );
        return new(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
    }
}
