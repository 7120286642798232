using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Parsing;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/parse</summary>
internal interface IParseApi
{
    /// <param name="form">A <see cref="ParseForm"/>: Refit's own has the same boundary for every file, which a file could hold.</param>
    [Post("/parse")]
    Task<JsonObject> ParseAsync([Body] HttpContent form, CancellationToken cancellationToken);
}
