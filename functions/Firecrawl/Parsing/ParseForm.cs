using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Parsing;

/// <summary>A document and how it is to be parsed, as the API takes them: the parts <c>file</c> and <c>options</c> (JSON).</summary>
internal static class ParseForm
{
    /// <exception cref="McpException">The value is not a media type.</exception>
    public static MultipartFormDataContent Create(string name, string? contentType, byte[] document, JsonObject options)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType ?? "application/octet-stream", out var mediaType))
        {
            throw new McpException($"contentType='{contentType}' is not a media type: use one such as application/pdf, or leave it out.");
        }

        var file = new ByteArrayContent(document);
        file.Headers.ContentType = mediaType;
        return new MultipartFormDataContent
        {
            { file, "file", Path.GetFileName(name) },
            { new StringContent(options.ToJsonString(FirecrawlJson.Options)), "options" },
        };
    }
}
