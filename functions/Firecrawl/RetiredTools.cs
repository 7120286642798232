using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl;

/// <summary>Tools of the vendor's earlier servers: one that only has another name is called by it, for the others the caller is told what to use.</summary>
internal static class RetiredTools
{
    private static readonly Dictionary<string, string> Names = new() { ["firecrawl_check_batch_status"] = "firecrawl_batch_scrape_status" };

    private static readonly Dictionary<string, string> Advice = new()
    {
        ["firecrawl_deep_research"] =
            "use firecrawl_agent, which searches, reads and answers (up to maxCredits), or firecrawl_search with scrapeOptions",
        ["firecrawl_generate_llmstxt"] =
            "use firecrawl_map for the URLs of the site, and firecrawl_scrape for the pages that the file is to describe",
    };

    public static McpMessageHandler Create(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
                && call["name"] is JsonValue value
                && value.TryGetValue<string>(out var name)
            )
            {
                if (Advice.TryGetValue(name, out var instead))
                {
                    throw new McpProtocolException(
                        $"Firecrawl no longer has '{name}': {instead}. Nothing was done.",
                        McpErrorCode.InvalidParams
                    );
                }

                if (Names.TryGetValue(name, out var known))
                {
                    call["name"] = known;
                }
            }

            return next(context, cancellationToken);
        };
}
