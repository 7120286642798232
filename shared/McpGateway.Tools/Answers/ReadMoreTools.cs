using System.Reflection;
using System.Security.Claims;
using System.Text.Json.Nodes;
using McpGateway.Authentication;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Answers;

/// <summary>The tool that reads on where an answer was cut: the same in every service.</summary>
public sealed partial class ReadMoreTools(LongAnswers answers)
{
    public const string Name = "read_more";

    internal static MethodInfo Method { get; } = typeof(ReadMoreTools).GetMethod(nameof(ReadMoreAsync))!;

    /// <summary>A sentence that says what a cursor is for.</summary>
    public static string Hint(string cursor) =>
        $$"""{{Name}} {"cursor":"{{cursor}}"} reads on; with "find":"word" it searches all of it, with "outline":true it lists the headings.""";

    /// <summary>
    /// Reads on where an answer was cut. Instead of paging: find searches the whole answer, outline lists its headings; both give
    /// cursors to read from.
    /// </summary>
    /// <param name="cursor">moreCursor of the previous answer, or a cursor from find or outline.</param>
    /// <param name="find">Words to find.</param>
    /// <param name="outline">List the headings.</param>
    [McpServerTool(Name = Name, Title = "Read on", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    public partial Task<string> ReadMoreAsync(
        string cursor,
        string? find = null,
        bool outline = false,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    ) => answers.ContinueAsync(cursor, find, outline, user?.CallerName(), user.GetRights(), cancellationToken);

    /// <summary>Takes calls of the tool by the name it has with a service before it, such as firecrawl_read_more.</summary>
    public static McpMessageHandler TakeAliases(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
                && call["name"] is JsonValue name
                && name.TryGetValue<string>(out var alias)
                && alias.EndsWith($"_{Name}", StringComparison.Ordinal)
            )
            {
                call["name"] = Name;
            }

            return next(context, cancellationToken);
        };
}
