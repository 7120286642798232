using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Hosting;
using McpGateway.OAuth;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Describing;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Specs.Describing;

/// <summary>What a gateway says of itself before anybody connects: the server card, the catalog, and the registry's server.json.</summary>
public sealed partial class DescriptionSpecs
{
    private static readonly GatewayService Service = SpecService.Definition with
    {
        Description = "Echoes what it hears.",
        Commands = [DescribeCommand.Command],
    };

    [Theory]
    [InlineData("/mcp/server-card")]
    [InlineData("/.well-known/mcp/server-card.json")]
    public async Task The_server_card_is_open_to_everybody_and_says_who_and_where(string path)
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", "https://echo.example.org"), ("MCP_BEARER_TOKEN", SpecService.Token));
        using var response = await GetAsync(gateway, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/mcp-server-card+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("public, max-age=3600", response.Headers.CacheControl?.ToString());
        var card = await ReadAsync(response);
        Assert.Equal("https://static.modelcontextprotocol.io/schemas/v2/server-card.schema.json", Text(card, "$schema"));
        Assert.Equal(
            ("org.example.echo/spec-mcp", "Spec", "Echoes what it hears."),
            (Text(card, "name"), Text(card, "title"), Text(card, "description"))
        );
        Assert.Matches(ServerName(), Text(card, "name"));
        var remote = card.GetProperty("remotes")[0];
        Assert.Equal(("streamable-http", "https://echo.example.org/mcp"), (Text(remote, "type"), Text(remote, "url")));
        var header = remote.GetProperty("headers")[0];
        Assert.Equal("Authorization", Text(header, "name"));
        Assert.True(header.GetProperty("isRequired").GetBoolean() && header.GetProperty("isSecret").GetBoolean());
    }

    [Fact]
    public async Task It_says_the_version_that_clients_see_and_the_revisions_that_they_can_speak()
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", "https://echo.example.org"), ("MCP_BEARER_TOKEN", SpecService.Token));
        var card = await ReadAsync(await GetAsync(gateway, "/mcp/server-card"));
        Assert.Equal(Service.Version.Split('+')[0], Text(card, "version"));
        var versions = card.GetProperty("remotes")[0].GetProperty("supportedProtocolVersions").EnumerateArray().Select(v => v.GetString()!);
        Assert.Equal(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"], versions);
        foreach (var version in versions.SkipLast(1))
        {
            using var response = await gateway.PostAsync(SpecService.Initialize(version), SpecService.Token);
            Assert.Equal(version, Text((await ReadAsync(response)).GetProperty("result"), "protocolVersion"));
        }

        using var discovered = await gateway.PostAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
             "io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"x","version":"1"}}}}
            """,
            SpecService.Token,
            request =>
            {
                request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
                request.Headers.Add("Mcp-Method", "server/discover");
            }
        );
        Assert.Contains("2026-07-28", (await ReadAsync(discovered)).GetProperty("result").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, null)]
    [InlineData(false, true, true)]
    public async Task A_header_is_asked_for_where_one_is_needed(bool login, bool token, bool? isRequired)
    {
        await using var gateway = await StartAsync(
            ("PUBLIC_URL", "https://echo.example.org"),
            ("OPERATOR_SECRET", login ? "Zq7-operator-secret-0412" : ""),
            ("MCP_BEARER_TOKEN", token ? SpecService.Token : "")
        );
        var remote = (await ReadAsync(await GetAsync(gateway, "/mcp/server-card"))).GetProperty("remotes")[0];
        Assert.Equal(
            isRequired,
            remote.TryGetProperty("headers", out var headers) ? headers[0].GetProperty("isRequired").GetBoolean() : null
        );
    }

    [Fact]
    public async Task The_catalog_leads_to_the_card()
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", "https://echo.example.org"), ("MCP_BEARER_TOKEN", SpecService.Token));
        var entry = (await ReadAsync(await GetAsync(gateway, "/.well-known/mcp/catalog.json"))).GetProperty("entries")[0];
        Assert.Equal("urn:air:echo.example.org:spec-mcp", Text(entry, "identifier"));
        Assert.Equal("application/mcp-server-card+json", Text(entry, "type"));
        using var card = await GetAsync(gateway, new Uri(Text(entry, "url")).AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, card.StatusCode);
    }

    [Fact]
    public async Task Without_a_public_url_nobody_is_told_where_the_gateway_is()
    {
        await using var gateway = await StartAsync();
        foreach (var path in (string[])["/mcp/server-card", "/.well-known/mcp/server-card.json", "/.well-known/mcp/catalog.json"])
        {
            using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        var (code, _, errors) = await RunAsync(["describe"]);
        Assert.Equal(1, code);
        Assert.Contains("PUBLIC_URL is not set", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://echo.example.org", "org.example.echo/spec-mcp")]
    [InlineData("https://echo.example.org:8443", "org.example.echo/spec-mcp")]
    [InlineData("http://localhost:8082", "localhost/spec-mcp")]
    [InlineData("http://127.0.0.1:8082", "localhost/spec-mcp")]
    [InlineData("http://[::1]:8082", "localhost/spec-mcp")]
    public async Task Describe_prints_what_a_registry_takes(string url, string name)
    {
        var (code, output, errors) = await RunAsync(["describe"], ("PUBLIC_URL", url), ("MCP_BEARER_TOKEN", SpecService.Token));
        Assert.Equal((0, ""), (code, errors));
        var server = JsonElement.Parse(output);
        Assert.Equal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json", Text(server, "$schema"));
        Assert.Equal(name, Text(server, "name"));
        Assert.Matches(ServerName(), name);
        var remote = server.GetProperty("remotes")[0];
        Assert.Equal(url + "/mcp", Text(remote, "url"));
        Assert.False(remote.TryGetProperty("supportedProtocolVersions", out _));
        Assert.Contains("'Bearer ' and", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_prints_the_card_on_demand_and_nothing_else()
    {
        var (_, output, _) = await RunAsync(["describe", "card"], ("PUBLIC_URL", "https://echo.example.org"), ("ALLOW_ANONYMOUS", "true"));
        Assert.Contains("server-card.schema.json", output, StringComparison.Ordinal);
        var (code, _, errors) = await RunAsync(
            ["describe", "all"],
            ("PUBLIC_URL", "https://echo.example.org"),
            ("ALLOW_ANONYMOUS", "true")
        );
        Assert.Equal(1, code);
        Assert.Contains("'all' is not an argument of describe", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_writes_the_listing_of_each_tool_and_leaves_other_files_as_they_are()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("local.settings.json"), "{}", TestContext.Current.CancellationToken);
        Assert.Equal((0, "", ""), await RunAsync(["describe", "tools", folder.Path], ("ALLOW_ANONYMOUS", "true")));
        Assert.Equal([folder.At("local.settings.json"), folder.At("read_more.json")], Directory.GetFiles(folder.Path).Order());
        Assert.Equal("{}", await File.ReadAllTextAsync(folder.At("local.settings.json"), TestContext.Current.CancellationToken));
        var listing = JsonElement.Parse(await File.ReadAllTextAsync(folder.At("read_more.json"), TestContext.Current.CancellationToken));
        Assert.Equal("Read on", Text(listing, "title"));
        Assert.Equal("string", Text(listing.GetProperty("inputSchema").GetProperty("properties").GetProperty("find"), "type"));
        var (code, _, errors) = await RunAsync(["describe", "tools", folder.At("missing")], ("ALLOW_ANONYMOUS", "true"));
        Assert.Equal((1, $"spec-mcp describe: '{folder.At("missing")}' is not a folder: make it, or name another.\n"), (code, errors));
    }

    private static Task<Gateway> StartAsync(params (string Name, string Value)[] settings) =>
        SpecService.StartAsync(service: Service, settings: settings);

    private static Task<HttpResponseMessage> GetAsync(Gateway gateway, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://registry.example");
        return gateway.Http.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string[] arguments,
        params (string Name, string Value)[] settings
    )
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var code = await GatewayHost.RunAsync(
            arguments,
            Service,
            gateway => gateway.AddOAuth().AddMcp(),
            output,
            errors,
            builder => builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, string? (s) => s.Value))
        );
        return (code, output.ToString(), errors.ToString());
    }

    // https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
    [GeneratedRegex("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$")]
    private static partial Regex ServerName();
}
