using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Understands arguments the way clients send them, before they are judged. What remains must fit the tool's input schema; if
/// not, the caller is told every field, with what came and what is wanted. A name the tool does not have is refused by a tool
/// that writes; a tool that reads says in its result that it was ignored.
/// </summary>
internal static class ArgumentFilter
{
    private static readonly ArgumentAliases NoAliases = new();

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is not McpServerTool tool)
            {
                return await next(request, cancellationToken);
            }

            var writes = tool.ProtocolTool.Annotations?.ReadOnlyHint != true;
            var reader = new ArgumentReader(request.Params.Name, request.Services!.GetService<ArgumentAliases>() ?? NoAliases, writes);
            var schema = InputSchemas.Of(tool);
            var arguments = reader.Read(schema, request.Params.Arguments);
            if (reader.Problems.Count > 0)
            {
                throw Refused(request.Params.Name, reader.Problems);
            }

            request.Params.Arguments = schema.Bind(arguments);
            try
            {
                var result = await next(request, cancellationToken);
                return reader.Ignored.Count > 0 ? WithIgnored(result, reader.Ignored) : result;
            }
            catch (JsonException) when (FindUnreadable(tool, arguments) is { } unreadable)
            {
                throw Refused(request.Params.Name, [unreadable]);
            }
        };

    private static McpException Refused(string tool, IReadOnlyList<string> problems) =>
        new(
            problems is [var only]
                ? $"Invalid arguments for tool {tool}, nothing was done. {only}"
                : $"Invalid arguments for tool {tool}, nothing was done:\n- {string.Join("\n- ", problems)}"
                    + (problems.Count < ArgumentReader.MostProblems ? "" : "\n- and maybe more: what follows was not read.")
        );

    private static CallToolResult WithIgnored(CallToolResult result, IReadOnlyList<string> ignored)
    {
        var names = ignored.Select(sentence => sentence[..sentence.IndexOf(':', StringComparison.Ordinal)]).ToArray();
        result.Content =
        [
            .. result.Content,
            new TextContentBlock
            {
                Text = $"ignored: {JsonSerializer.Serialize(names, PlainValues.Default.StringArray)}\n{string.Join('\n', ignored)}",
            },
        ];
        if (result.StructuredContent is { ValueKind: JsonValueKind.Object } content && !content.TryGetProperty("ignored", out _))
        {
            var members = JsonObject.Create(content)!;
            members["ignored"] = JsonSerializer.SerializeToNode(names, PlainValues.Default.StringArray);
            result.StructuredContent = JsonSerializer.SerializeToElement(members, PlainValues.Default.JsonObject);
        }

        return result;
    }

    // What no schema says: a number too large for its type, an invalid date. Only looked for once the call has failed.
    private static string? FindUnreadable(McpServerTool tool, IDictionary<string, JsonElement> arguments)
    {
        foreach (var parameter in tool.Metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()))
        {
            if (parameter.Name is not { } name || !arguments.TryGetValue(name, out var value))
            {
                continue;
            }

            try
            {
                value.Deserialize(InputSchemas.JsonOf(tool).GetTypeInfo(parameter.ParameterType));
            }
            catch (JsonException e)
            {
                return ArgumentWords.Unreadable($"{InputSchemas.NameOf(parameter)}{e.Path?.TrimStart('$')}", value);
            }
        }

        return null;
    }
}
