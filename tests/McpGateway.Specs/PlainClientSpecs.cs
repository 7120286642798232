using System.Net;
using McpGateway.Hosting;
using McpGateway.Testing;

namespace McpGateway.Specs;

public sealed class PlainClientSpecs
{
    [Fact]
    public async Task A_terse_initialize_as_in_the_flows_document_is_answered_with_one_json_object()
    {
        await using var gateway = await Gateway.StartAsync(new GatewayService("spec-mcp", 0, "Spec", "None"), _ => { });
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"serverInfo\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
