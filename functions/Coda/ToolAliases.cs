using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coda;

/// <summary>Names that other Coda servers have for our tools, taken in calls and never listed: prompts written for them keep working.</summary>
internal static class ToolAliases
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["coda_list_documents"] = "coda_list_docs",
        ["coda_get_document"] = "coda_get_doc",
        ["coda_resolve_browser_link"] = "coda_resolve_link",
        ["coda_insert_rows"] = "coda_upsert_rows",
        ["coda_rename_page"] = "coda_update_page",
    };

    public static McpMessageHandler Create(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
                && call["name"] is JsonValue name
                && name.TryGetValue<string>(out var alias)
                && Names.TryGetValue(alias, out var known)
            )
            {
                call["name"] = known;
            }

            return next(context, cancellationToken);
        };
}
