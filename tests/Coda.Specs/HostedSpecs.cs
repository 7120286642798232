using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Coda.Specs;

/// <summary>The tools of Coda's hosted MCP server, for which a server of the C# SDK stands in.</summary>
public sealed class HostedSpecs
{
    [Fact]
    public async Task What_the_hosted_server_lists_is_offered_under_names_of_ours()
    {
        await using var hosted = await StandIn.StartAsync();
        await using var coda = await StartAsync(hosted);
        var create = coda.Client.Tools.Single(tool => tool.Name == "coda_hosted_table_create").ProtocolTool;
        Assert.Equal(
            "Creates a table, unlike `coda_hosted_search`. Then call coda_hosted_comment_list to search for it. "
                + "(Coda's hosted MCP server; docs by URI or link.)",
            create.Description
        );
        Assert.Equal(
            "As coda_hosted_comment_list shows it.",
            create.InputSchema.GetProperty("properties").GetProperty("name").GetProperty("description").GetString()
        );
        Assert.True(create.Annotations?.DestructiveHint);
        Assert.Equal("string", create.InputSchema.GetProperty("properties").GetProperty("name").GetProperty("type").GetString());
        Assert.Contains(
            coda.Client.Tools,
            tool => tool.Name == "coda_hosted_comment_list" && tool.ProtocolTool.Annotations?.ReadOnlyHint == true
        );
        Assert.Equal("made Plan", (await coda.CallAsync("coda_hosted_table_create", """{"name":"Plan"}""")).Text);
        Assert.All(hosted.Tokens, token => Assert.Equal($"Bearer {CodaGateway.Token}", token));
        Assert.DoesNotContain(coda.Requests, _ => true);
    }

    [Fact]
    public async Task A_reading_gateway_offers_only_its_reading_tools()
    {
        await using var hosted = await StandIn.StartAsync();
        await using var coda = await StartAsync(hosted, ("READ_ONLY", "true"));
        Assert.Equal(
            ["coda_hosted_comment_list", "coda_hosted_search"],
            coda.Client.Tools.Select(tool => tool.Name).Where(name => name.StartsWith("coda_hosted_", StringComparison.Ordinal)).Order()
        );
        Assert.Contains(
            "read-only",
            (await coda.CallAsync("coda_hosted_table_create", """{"name":"Plan"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_write_of_the_hosted_server_is_made_once_as_well()
    {
        await using var hosted = await StandIn.StartAsync();
        await using var coda = await StartAsync(hosted);
        const string Call = """{"name":"Plan","requestId":"k1"}""";
        await coda.CallAsync("coda_hosted_table_create", Call);
        Assert.Contains(
            "nothing was written again",
            (await coda.CallAsync("coda_hosted_table_create", Call)).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(1, hosted.Made);
    }

    [Fact]
    public async Task Without_the_hosted_server_the_gateway_works_all_the_same()
    {
        await using var coda = await CodaGateway.StartAsync(
            ("CODA_HOSTED_MCP", "true"),
            ("CODA_HOSTED_MCP_URL", "http://127.0.0.1:9/apis/mcp")
        );
        Assert.DoesNotContain(coda.Client.Tools, tool => tool.Name.StartsWith("coda_hosted_", StringComparison.Ordinal));
        Assert.Contains(coda.Gateway.Logs.Lines, line => line.Contains("hosted MCP server are not offered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_cannot_be_kept_to_certain_docs() =>
        Assert.StartsWith(
            "CODA_HOSTED_MCP=true and CODA_ALLOWED_DOCS exclude each other",
            (
                await Assert.ThrowsAnyAsync<Exception>(() =>
                    CodaGateway.StartAsync(("CODA_HOSTED_MCP", "true"), ("CODA_ALLOWED_DOCS", "AbCDeFGHij"))
                )
            ).Message,
            StringComparison.Ordinal
        );

    private static Task<CodaGateway> StartAsync(StandIn hosted, params (string Name, string? Value)[] settings) =>
        CodaGateway.StartAsync([.. settings, ("CODA_HOSTED_MCP", "true"), ("CODA_HOSTED_MCP_URL", hosted.Url)]);

    private sealed class StandIn(WebApplication app) : IAsyncDisposable
    {
        public string Url => $"{app.Urls.First()}/apis/mcp";

        public ConcurrentQueue<string> Tokens { get; } = new();

        public int Made => app.Services.GetRequiredService<Counter>().Made;

        public static async Task<StandIn> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<Counter>();
            builder.Services.AddMcpServer().WithHttpTransport().WithTools<StandInTools>();
            var app = builder.Build();
            var hosted = new StandIn(app);
            app.Use(
                async (context, next) =>
                {
                    hosted.Tokens.Enqueue(context.Request.Headers.Authorization.ToString());
                    await next(context);
                }
            );
            app.MapMcp("/apis/mcp");
            await app.StartAsync();
            return hosted;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private sealed class Counter
    {
        public int Made { get; set; }
    }

    [McpServerToolType]
    private sealed class StandInTools(Counter counter)
    {
        [McpServerTool(Name = "table_create"), Description("Creates a table, unlike `search`. Then call comment_list to search for it.")]
        public string CreateTable([Description("As comment_list shows it.")] string name)
        {
            counter.Made++;
            return $"made {name}";
        }

        [McpServerTool(Name = "comment_list", ReadOnly = true), Description("Lists comments.")]
        public static string ListComments() => "none";

        [McpServerTool(Name = "search", ReadOnly = true), Description("Searches.")]
        public static string Search() => "none";
    }
}
