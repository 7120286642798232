using System.Text.Json;
using System.Text.Json.Nodes;
using Coda.Writes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coda.Hosted;

/// <summary>A tool of the hosted server, under a name of ours: it passes the same filters as every other.</summary>
internal sealed class HostedTool(HostedServer server, Tool theirs, HostedNames names) : McpServerTool
{
    private const string RequestId = "requestId";

    public override IReadOnlyList<object> Metadata => [];

    public override Tool ProtocolTool { get; } =
        new()
        {
            Name = HostedNames.Of(theirs.Name),
            Title = theirs.Title ?? theirs.Annotations?.Title,
            Description = $"{names.In(theirs.Description)} (Coda's hosted MCP server; docs by URI or link.)".Trim(),
            InputSchema = names.In(theirs.Annotations?.ReadOnlyHint == true ? theirs.InputSchema : WithRequestId(theirs.InputSchema)),
            Annotations = new()
            {
                ReadOnlyHint = theirs.Annotations?.ReadOnlyHint == true,
                // What it does not say may destroy.
                DestructiveHint = theirs.Annotations is not { ReadOnlyHint: true } and not { DestructiveHint: false },
                IdempotentHint = theirs.Annotations?.IdempotentHint,
                OpenWorldHint = true,
            },
        };

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        WriteCall.Current?.Send();
        var arguments = request.Params.Arguments;
        if (arguments is not null && !Has(theirs.InputSchema, RequestId))
        {
            // Ours alone: it makes a write once.
            arguments = arguments.Where(argument => argument.Key != RequestId).ToDictionary();
        }

        return await server.CallAsync(new() { Name = theirs.Name, Arguments = arguments }, cancellationToken);
    }

    private static bool Has(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static JsonElement WithRequestId(JsonElement schema)
    {
        if (Has(schema, RequestId))
        {
            return schema;
        }

        var members = JsonObject.Create(schema)!;
        var properties = members["properties"] as JsonObject ?? [];
        properties[RequestId] = new JsonObject
        {
            ["type"] = "string",
            ["description"] = "Your own; repeated with it, nothing is done twice.",
        };
        members["properties"] = properties.DeepClone();
        return JsonSerializer.SerializeToElement(members);
    }
}
