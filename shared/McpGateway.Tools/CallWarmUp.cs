using System.Text;
using System.Text.Json;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Transport;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools;

/// <summary>Has the code compiled that reads a call's message and arguments, before a caller waits for it. No tool is called.</summary>
public static class CallWarmUp
{
    /// <param name="arguments">As JSON, such as the tool takes.</param>
    public static void Read(McpServerTool tool, string arguments)
    {
        var name = tool.ProtocolTool.Name;
        var message = IncomingMessage.Inspect(
            Encoding.UTF8.GetBytes(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{name}}}","arguments":{{{arguments}}}}}"""
            )
        );
        var request = (JsonRpcRequest)JsonSerializer.Deserialize<JsonRpcMessage>(message.Body, McpJsonUtilities.DefaultOptions)!;
        var call = request.Params.Deserialize<CallToolRequestParams>(McpJsonUtilities.DefaultOptions)!;
        new ArgumentReader(name, new ArgumentAliases(), writes: true).Read(InputSchemas.Of(tool), call.Arguments);
    }
}
