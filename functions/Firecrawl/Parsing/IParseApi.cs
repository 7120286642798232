using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Parsing;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/parse</summary>
internal interface IParseApi
{
    /// <param name="options">JSON.</param>
    [Multipart]
    [Post("/parse")]
    Task<JsonObject> ParseAsync(ByteArrayPart file, string options, CancellationToken cancellationToken);
}
