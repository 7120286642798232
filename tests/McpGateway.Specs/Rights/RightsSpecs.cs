using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Secrets;
using McpGateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Rights;

/// <summary>What a caller may do, by the rights of its token.</summary>
public sealed class RightsSpecs
{
    private const string Token = "rights-spec-token-1";

    private readonly UseLog log = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-01T12:00:00Z", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", "add_book delete_book long_book open_book read_more search_books")]
    [InlineData("read", "long_book open_book read_more search_books")]
    [InlineData("tools=search_*", "read_more search_books")]
    [InlineData("tools=search_books open_book", "open_book read_more search_books")]
    [InlineData("tools=*_book", "add_book delete_book long_book open_book read_more")]
    [InlineData("tools=*_book;tools=o* l*", "long_book open_book read_more")]
    [InlineData("deny=delete_*", "add_book long_book open_book read_more search_books")]
    [InlineData("tools=*book*;deny=add_book *_book", "read_more search_books")]
    [InlineData("read;tools=add_* open_*", "open_book read_more")]
    [InlineData("profile=n8n", "read_more search_books")]
    [InlineData("profile=team;deny=open_*", "long_book read_more search_books")]
    public async Task What_is_not_allowed_is_not_listed(string rights, string tools)
    {
        await using var gateway = await StartAsync(rights);
        Assert.Equal(tools, await ListAsync(gateway));
    }

    [Theory]
    [InlineData("read", "delete_book", "changes data, and you may only read")]
    [InlineData("tools=search_*", "open_book", "is not among the tools you may use")]
    [InlineData("deny=delete_*", "delete_book", "is not among the tools you may use")]
    [InlineData("profile=n8n", "add_book", "'profile=n8n (read;tools=search_*)'")]
    [InlineData("deny=read_more", "read_more", "is not among the tools you may use")]
    public async Task A_call_that_is_not_allowed_does_nothing_and_hears_which_right_is_lacking(string rights, string tool, string said)
    {
        await using var gateway = await StartAsync(rights);
        using var response = await gateway.PostAsync(SpecService.Call(tool, tool == "read_more" ? """{"cursor":"a.0"}""" : "{}"), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await response.ToolTextAsync();
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains($"the rights of 'n8n' are '{rights}", text, StringComparison.Ordinal);
        Assert.Empty(log.Uses);
    }

    [Fact]
    public async Task A_resource_goes_with_the_tool_that_reads_the_same_and_a_prompt_with_its_own()
    {
        foreach (
            var (rights, resource, prompt) in new[]
            {
                ("tools=open_book", true, false),
                ("deny=open_book", false, true),
                ("read", true, true),
            }
        )
        {
            await using var gateway = await StartAsync(rights);
            var read = await SendAsync(gateway, "resources/read", """{"uri":"book://emma"}""");
            var got = await SendAsync(gateway, "prompts/get", """{"name":"advise"}""");
            var templates = await SendAsync(gateway, "resources/templates/list", "{}");
            var prompts = await SendAsync(gateway, "prompts/list", "{}");
            Assert.Equal(
                (resource, resource),
                (read["result"] is not null, templates.ToJsonString().Contains("book://", StringComparison.Ordinal))
            );
            Assert.Equal(
                (prompt, prompt),
                (got["result"] is not null, prompts.ToJsonString().Contains("advise", StringComparison.Ordinal))
            );
            if (!resource)
            {
                Assert.Contains(
                    "'open_book', which is not among the tools you may use",
                    read["error"]!["message"]!.GetValue<string>(),
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Fact]
    public async Task What_was_kept_of_an_answer_is_read_on_by_whoever_may_use_its_tool()
    {
        await using var gateway = await StartAsync("tools=long_book");
        using var begun = await gateway.PostAsync(SpecService.Call("long_book"), Token);
        var text = await begun.ToolTextAsync();
        var cursor = System.Text.RegularExpressions.Regex.Match(text, "[0-9a-f]{16}\\.[0-9]+").Value;
        using var more = await gateway.PostAsync(SpecService.Call("spec_read_more", $$"""{"cursor":"{{cursor}}"}"""), Token);
        Assert.Contains("word", await more.ToolTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_and_headers_choose_within_the_rights()
    {
        await using var gateway = await StartAsync("tools=search_*");
        Assert.Equal("read_more search_books search_people", await ListAsync(gateway, "/mcp/x/all"));
        Assert.Equal("read_more search_people", await ListAsync(gateway, "/mcp/x/people/readonly"));
        Assert.Equal("read_more search_books", await ListAsync(gateway, "/mcp", ("X-MCP-Tools", "open_book,search_books")));
        Assert.Equal(
            "",
            await ListAsync(gateway, "/mcp", ("X-MCP-Exclude-Tools", "search_books,read_more,open_book,long_book,add_book,delete_book"))
        );
    }

    [Fact]
    public async Task A_session_goes_by_the_rights_of_each_request()
    {
        await using var gateway = await StartAsync("tools=search_*", ("MCP_SESSIONS", "hybrid"));
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["read_more", "search_books"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        var refused = await client.CallToolAsync("open_book", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(refused.IsError);
        Assert.Empty(log.Uses);
    }

    [Theory]
    [InlineData("profile=calm;deny=add_*")]
    [InlineData("deny=add_*;profile=calm")]
    public async Task What_a_token_or_its_profile_denies_is_denied(string rights)
    {
        await using var gateway = await StartAsync(rights, ("PROFILES", "calm: deny=delete_* open_*"));
        Assert.Equal("long_book read_more search_books", await ListAsync(gateway));
    }

    /// <summary>Of a token's own day and its profile's the earlier counts, in whichever order they are written.</summary>
    [Theory]
    [InlineData("expires=2026-11-02T12:00:00Z;profile=brief", 24)]
    [InlineData("profile=brief;expires=2026-11-02T12:00:00Z", 24)]
    [InlineData("expires=2026-11-04T12:00:00Z;profile=brief", 48)]
    [InlineData("profile=brief;expires=2026-11-04T12:00:00Z", 48)]
    public async Task The_earlier_of_two_ends_counts(string rights, int hours)
    {
        await using var gateway = await StartAsync(rights, ("PROFILES", "brief: expires=2026-11-03T12:00:00Z"));
        time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        using var before = await gateway.PostAsync(SpecService.Call("open_book"), Token);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        time.Advance(TimeSpan.FromSeconds(1));
        using var after = await gateway.PostAsync(SpecService.Call("open_book"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_at_the_beginning_of_its_last_day_in_the_operators_time_zone()
    {
        await using var gateway = await StartAsync("expires=2026-11-02", ("TIME_ZONE", "Europe/Zurich"));
        time.SetUtcNow(DateTimeOffset.Parse("2026-11-01T22:59:59Z", CultureInfo.InvariantCulture));
        using var before = await gateway.PostAsync(SpecService.Call("search_books"), Token);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        time.Advance(TimeSpan.FromSeconds(1));
        using var after = await gateway.PostAsync(SpecService.Call("search_books"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("The token 'n8n' has expired", (await after.JsonAsync())["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(log.Uses);
    }

    [Fact]
    public async Task A_token_that_has_expired_already_is_warned_of_at_start()
    {
        await using var gateway = await StartAsync("expires=2026-10-01T00:00:00Z");
        Assert.Contains(
            gateway.Logs.Lines,
            line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("The token 'n8n'", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("reed", "'reed' is not a right: use read, tools, deny")]
    [InlineData("read=true", "'read=true' takes no value")]
    [InlineData("tools", "'tools' lacks its value")]
    [InlineData("tools=", "'tools=' is not a list of tools")]
    [InlineData("tools=search books;deny=a/b", "'deny=a/b' is not a list of tools")]
    [InlineData("tools=serach_*", "names 'serach_*', which matches no tool of spec-mcp")]
    [InlineData("deny=delete_all", "names 'delete_all', which matches no tool of spec-mcp")]
    [InlineData("expires=tomorrow", "'expires=tomorrow' is not a day")]
    [InlineData("expires=2026-13-01", "'expires=2026-13-01' is not a day")]
    [InlineData("profile=nobody", "'profile=nobody' names no profile of PROFILES: use n8n, team")]
    [InlineData("namespaces=work", "has namespaces=, which spec-mcp does not have")]
    [InlineData("repos=octo/hello", "has repos=, which spec-mcp does not have")]
    [InlineData("repos", "'repos' lacks its value: write repos=...")]
    public async Task A_wrong_right_stops_the_start_and_names_itself(string rights, string said)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(rights));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("The token 'n8n' of MCP_BEARER_TOKENS", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n8n", "'n8n', which is not name: rights")]
    [InlineData("n8n: read | n8n: read", "names 'n8n' twice")]
    [InlineData("n8n: profile=team | team: read", "names a profile, and PROFILES holds none")]
    [InlineData("a b: read", "which is not name: rights")]
    [InlineData("n8n: tools=nothing_*", "The profile 'n8n' of PROFILES names 'nothing_*'")]
    public async Task A_wrong_profile_stops_the_start(string profiles, string said)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            RightsService.StartAsync(log, time, ("MCP_BEARER_TOKEN", Token), ("PROFILES", profiles))
        );
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_zone_that_is_none_stops_the_start()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync("", ("TIME_ZONE", "Europe/Atlantis")));
        Assert.Contains("TIME_ZONE='Europe/Atlantis'", problem.Message, StringComparison.Ordinal);
    }

    private Task<Gateway> StartAsync(string rights, params (string, string)[] settings) =>
        RightsService.StartAsync(
            log,
            time,
            [
                (
                    "MCP_BEARER_TOKENS",
                    $"n8n=sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}{(rights.Length > 0 ? ";" : "")}{rights}"
                ),
                ("PROFILES", "n8n: read;tools=search_* | team: read"),
                .. settings,
            ]
        );

    private static async Task<JsonNode> SendAsync(Gateway gateway, string method, string parameters)
    {
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""", Token);
        return await response.JsonAsync();
    }

    private static async Task<string> ListAsync(Gateway gateway, string path = "/mcp", params (string Name, string Value)[] headers)
    {
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            Token,
            request =>
            {
                request.RequestUri = new(path, UriKind.Relative);
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }
            }
        );
        var tools = (await response.JsonAsync())["result"]!["tools"]!.AsArray();
        return string.Join(' ', tools.Select(tool => tool!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }
}
