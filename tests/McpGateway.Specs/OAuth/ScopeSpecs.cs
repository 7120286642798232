using System.Net;

namespace McpGateway.Specs.OAuth;

public sealed class ScopeSpecs
{
    [Fact]
    public async Task A_connection_that_may_only_read_sees_and_calls_the_tools_that_read()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync(("scope", "mcp:read"));
        await using var client = await gateway.Gateway.ConnectAsync(tokens.Access, TestContext.Current.CancellationToken);
        var tools = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))
            .Select(tool => tool.Name)
            .ToList();
        Assert.Contains("spec_read", tools);
        Assert.DoesNotContain("spec_write", tools);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream")]
    public async Task A_call_that_needs_more_is_told_what_it_needs(string accept)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync(("scope", "mcp:read"));
        using var response = await gateway.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"spec_write","arguments":{}}}""",
            tokens.Access,
            request => request.Headers.Add("Accept", accept)
        );
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(
            "Bearer error=\"insufficient_scope\", error_description=\"The tool changes data\", scope=\"mcp\", "
                + "resource_metadata=\"https://gateway.example/.well-known/oauth-protected-resource/mcp\"",
            Assert.Single(response.Headers.GetValues("WWW-Authenticate"))
        );
        Assert.Contains(
            "needs the scope",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"params":{"name":"spec_write"},"method":"tools/list","method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"params":{"name":"spec_write"},"method":"tools/call","method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"spec_read","name":"spec_write"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"spec_write","name":"spec_read"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools\u002fcall","params":{"name":"spec\u005fwrite"}}""")]
    public async Task No_spelling_of_a_call_gets_a_reader_to_write(string message)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync(("scope", "mcp:read"));
        using var response = await gateway.Gateway.PostAsync(message, tokens.Access);
        Assert.DoesNotContain(
            "done",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("mcp", "spec_write", HttpStatusCode.OK)]
    [InlineData("mcp mcp:read", "spec_write", HttpStatusCode.OK)]
    [InlineData("mcp:read", "spec_write", HttpStatusCode.Forbidden)]
    [InlineData("mcp:read", "spec_read", HttpStatusCode.OK)]
    [InlineData("mcp:read", "no_such_tool", HttpStatusCode.OK)]
    public async Task A_scope_opens_what_it_names(string scope, string tool, HttpStatusCode status)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        Assert.Equal(status, await gateway.CallAsync((await gateway.ConnectAsync(("scope", scope))).Access, tool));
    }

    [Fact]
    public async Task A_refresh_can_give_up_the_right_to_write_for_one_token_and_never_gain_it()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var full = await gateway.ConnectAsync();
        var less = await OAuthGateway.TokensAsync(
            full.ClientId,
            await gateway.RefreshAsync(full.ClientId, full.Refresh, ("scope", "mcp:read"))
        );
        Assert.Equal(("mcp:read", HttpStatusCode.Forbidden), (less.Scope, await gateway.CallAsync(less.Access, "spec_write")));

        var reader = await gateway.ConnectAsync(("scope", "mcp:read"));
        var more = await OAuthGateway.TokensAsync(
            reader.ClientId,
            await gateway.RefreshAsync(reader.ClientId, reader.Refresh, ("scope", "mcp"))
        );
        Assert.Equal(("mcp:read", HttpStatusCode.Forbidden), (more.Scope, await gateway.CallAsync(more.Access, "spec_write")));
    }
}
