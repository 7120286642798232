using System.Text.Json;
using McpGateway.Commands;
using McpGateway.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Describing;

/// <summary>Prints what a registry or client is told of the gateway.</summary>
public static class DescribeCommand
{
    /// <summary>The command of every service.</summary>
    public static Command Command { get; } =
        new("describe", "prints server.json for a registry of MCP servers, or the server card", RunAsync) { Arguments = "[card]" };

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Arguments is not ([] or ["card"]))
        {
            throw new CommandException($"'{context.Arguments[^1]}' is not an argument of describe: it takes none, or card.");
        }

        if (context.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicUri is null)
        {
            throw new CommandException("PUBLIC_URL is not set: it says where others find the gateway, which is most of its description.");
        }

        var descriptions = context.Services.GetRequiredService<ServerDescriptions>();
        var description = context.Arguments is [] ? descriptions.RegistryEntry : descriptions.Card;
        var json = new DescriptionJson(new JsonSerializerOptions(DescriptionJson.Default.Options) { Encoder = PlainJsonEncoder.Instance });
        await context.Output.WriteLineAsync(JsonSerializer.Serialize(description, json.ServerDescription).AsMemory(), cancellationToken);
        return 0;
    }
}
