using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace Coda;

/// <summary>
/// Lists what results hold to the first level only, and each title once: a model reads a result when it comes, and every byte of the
/// list in every conversation.
/// </summary>
internal sealed class ShallowOutputs(IEnumerable<McpServerTool> tools) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var tool in tools.Select(tool => tool.ProtocolTool))
        {
            if (tool.OutputSchema is { } schema)
            {
                tool.OutputSchema = Flatten(schema);
            }

            if (tool is { Title: not null, Annotations: { } annotations })
            {
                annotations.Title = null;
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static JsonElement Flatten(JsonElement schema)
    {
        var members = JsonObject.Create(schema)!;
        members.Remove("required");
        if (members["properties"] is JsonObject properties)
        {
            members["properties"] = new JsonObject(
                properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)KindOf(property.Value as JsonObject)))
            );
        }

        return JsonSerializer.SerializeToElement(members);
    }

    private static JsonObject KindOf(JsonObject? schema)
    {
        // A value of any type says so by its shapes.
        var said = schema?.FirstOrDefault(keyword => keyword.Key is "type" or "anyOf");
        return said is { Value: { } kind } keyword ? new() { [keyword.Key] = kind.DeepClone() } : [];
    }
}
