using System.Net;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>Lists come in one page: an empty cursor means the first, and any other was never given out.</summary>
public sealed class ListCursorSpecs
{
    [Theory]
    [InlineData("tools/list", "tools")]
    [InlineData("prompts/list", "prompts")]
    [InlineData("resources/list", "resources")]
    [InlineData("resources/templates/list", "resourceTemplates")]
    public async Task An_empty_cursor_is_none_and_an_unknown_one_is_refused(string method, string list)
    {
        await using var gateway = await Gateway.StartAsync(
            SpecService.Definition,
            gateway => gateway.Mcp.WithTools<Things>().WithPrompts<Things>().WithResources<Things>()
        );
        foreach (var cursor in (string[])["\"\"", "null"])
        {
            using var first = await gateway.PostAsync(List(cursor));
            // read_more is offered beside the tools of every service.
            Assert.Single((await first.JsonAsync())["result"]![list]!.AsArray(), item => item!["name"]!.GetValue<string>() != "read_more");
        }

        using var unknown = await gateway.PostAsync(List("\"page-2\""));
        Assert.Contains("cursor", await unknown.ErrorAsync(HttpStatusCode.OK, -32602), StringComparison.Ordinal);

        string List(string cursor) => $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{"cursor":{{{cursor}}} } }""";
    }

    private sealed class Things
    {
        [McpServerTool(Name = "look", ReadOnly = true)]
        public static string Look() => "seen";

        [McpServerPrompt(Name = "greet")]
        public static string Greet() => "Hello";

        [McpServerResource(UriTemplate = "thing://one")]
        public static string One() => "1";

        [McpServerResource(UriTemplate = "thing://{id}")]
        public static string Any(string id) => id;
    }
}
