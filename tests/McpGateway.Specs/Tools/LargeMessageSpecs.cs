using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

public sealed class LargeMessageSpecs
{
    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task A_message_is_let_go_of_before_its_tool_begins_which_has_its_arguments(int length)
    {
        await using var gateway = await SpecService.StartAsync(
            configure: builder => builder.Services.AddMcpServer().WithTools([McpServerTool.Create(Look, new() { Name = "look" })]),
            settings: ("MAX_REQUEST_BYTES", "4000000")
        );
        for (var call = 0; call < 2; call++)
        {
            using var response = await gateway.PostAsync(SpecService.Call("look", $$"""{"text":"{{new string('x', length)}}"}"""));
            Assert.Equal($"{length} characters, message gone", await response.ToolTextAsync());
        }
    }

    private static string Look(string text, RequestContext<CallToolRequestParams> request) =>
        $"{text.Length} characters, message {(request.JsonRpcRequest.Params is null ? "gone" : "there")}";
}
