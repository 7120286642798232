using System.Text.Json;
using McpGateway.Commands;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Describing;

/// <summary>Prints what a registry or client is told of the gateway.</summary>
public static class DescribeCommand
{
    private static readonly JsonSerializerOptions ListingJson = new(McpJsonUtilities.DefaultOptions)
    {
        Encoder = PlainJsonEncoder.Instance,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The command of every service.</summary>
    public static Command Command { get; } =
        new(
            "describe",
            "prints server.json for a registry of MCP servers, or the server card; or writes what each tool is listed as",
            RunAsync
        )
        {
            Arguments = "[card | tools FOLDER]",
        };

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Arguments is ["tools", var folder])
        {
            await WriteListingsAsync(context.Services.GetServices<McpServerTool>().OfType<PreparedTool>(), folder, cancellationToken);
            return 0;
        }

        if (context.Arguments is not ([] or ["card"]))
        {
            throw new CommandException(
                $"'{context.Arguments[^1]}' is not an argument of describe: it takes none, or card, or tools and the folder to write their listings to."
            );
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

    /// <summary>A file for each tool; others in the folder stay as they are.</summary>
    private static async Task WriteListingsAsync(IEnumerable<PreparedTool> tools, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"'{folder}' is not a folder: make it, or name another.");
        }

        foreach (var tool in tools.Select(tool => tool.CreateListing()))
        {
            var listing = JsonSerializer.Serialize(tool, PlainValues.InfoOf<Tool>(ListingJson)) + "\n";
            await File.WriteAllTextAsync(Path.Combine(folder, $"{tool.Name}.json"), listing, cancellationToken);
        }
    }
}
