using McpGateway.Testing;

namespace McpGateway.Specs.Upstream;

public sealed class CredentialSpecs
{
    private const string Thing = """{"name":"first"}""";

    [Fact]
    public async Task The_api_gets_the_gateways_token_and_never_the_callers()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", Thing);
        await things.CallAsync("get_thing", ("id", "a"));
        var headers = Assert.Single(things.Upstream.Received).Headers;
        Assert.Equal($"Bearer {ThingGateway.Token}", headers["Authorization"]);
        Assert.DoesNotContain(ThingGateway.Caller, string.Join('\n', headers.Values), StringComparison.Ordinal);
        Assert.StartsWith("thing-mcp/", headers["User-Agent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.example:8443/things", true)]
    [InlineData("https://API.example:8443", true)]
    [InlineData("http://api.example:8443/things", false)]
    [InlineData("https://api.example/things", false)]
    [InlineData("https://api.example.evil:8443/things", false)]
    [InlineData("https://evil.example/api.example:8443", false)]
    public void The_apis_own_origin_is_one_scheme_host_and_port(string url, bool isOwn) =>
        Assert.Equal(isOwn, ThingGateway.ApiAt(new("https://api.example:8443/v1")).Owns(new(url)));

    [Fact]
    public async Task Without_a_token_every_call_says_which_variable_to_set_and_where_to_get_one()
    {
        await using var things = await ThingGateway.StartAsync(token: null);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal(
            "No Things token is configured: get one at https://things.example/tokens, set THINGS_TOKEN and restart the gateway.",
            answer.Text
        );
        Assert.Empty(things.Upstream.Received);
    }

    [Fact]
    public async Task A_redirect_within_the_api_is_followed_with_the_credential()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 301, ("Location", "/things/b")).On("GET /things/b", Thing);
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        Assert.All(things.Upstream.Received, r => Assert.Equal($"Bearer {ThingGateway.Token}", r.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        await using var elsewhere = await StubUpstream.StartAsync();
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 302, ("Location", $"{elsewhere.Url}/things/a"));
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal("Things returned 302. The API redirected to another host; the redirect was not followed.", answer.Text);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task A_write_goes_to_the_new_place_where_the_answer_asks_for_the_same_request_there()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things", "{}", 307, ("Location", "/moved/things")).On("POST /moved/things", Thing);
        Assert.False((await things.CallAsync("create_thing", ("name", "b"))).IsError);
        Assert.Equal(things.Upstream.Received[0].Text, things.Upstream.Received[1].Text);
        Assert.Contains("\"b\"", things.Upstream.Received[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_redirect_of_a_write_is_not_followed()
    {
        await using var elsewhere = await StubUpstream.StartAsync();
        await using var things = await ThingGateway.StartAsync();
        things
            .Upstream.On("POST /things", "{}", 302, ("Location", "/things/b"))
            .On("POST /things", "{}", 307, ("Location", $"{elsewhere.Url}/things"));
        Assert.Equal(
            "Things returned 302. The API redirected a write in a way that does not repeat it; the redirect was not followed.",
            (await things.CallAsync("create_thing", ("name", "b"))).Text
        );
        Assert.True((await things.CallAsync("create_thing", ("name", "b"))).IsError);
        Assert.Equal(2, things.Upstream.Received.Count);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task Redirects_that_go_in_circles_end()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "{}", 302, ("Location", "/things/a"));
        Assert.Equal(
            "Things returned 302. The API redirects in a circle: 4 redirects were followed.",
            (await things.CallAsync("get_thing", ("id", "a"))).Text
        );
        Assert.Equal(5, things.Upstream.Received.Count);
    }

    [Theory]
    [InlineData(302, "", "The API redirected, and did not say where to.")]
    [InlineData(307, "//", "The API redirected, and did not say where to.")]
    [InlineData(300, null, "The API redirected, and did not say where to.")]
    [InlineData(308, "file:///etc/passwd", "The API redirected to another host; the redirect was not followed.")]
    [InlineData(304, null, "Nothing was asked for on that condition. Try again later.")]
    public async Task A_redirect_to_nowhere_is_told_so(int status, string? target, string told)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", "", status, target is null ? [] : [("Location", target)]);
        Assert.Equal($"Things returned {status}. {told}", (await things.CallAsync("get_thing", ("id", "a"))).Text);
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task Secrets_are_in_no_log_line_no_audit_line_and_no_answer()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", """{"message":"no"}""", 401).On("GET /things/b", "{}", 500);
        var refused = await things.CallAsync("get_thing", ("id", "a"));
        var failed = await things.CallAsync("get_thing", ("id", "b"));
        Assert.Equal(
            "Things returned 401: no. The token in THINGS_TOKEN is wrong or expired: make a new one at "
                + "https://things.example/tokens, set it and restart the gateway.",
            refused.Text
        );
        foreach (var secret in (string[])[ThingGateway.Token, ThingGateway.Caller])
        {
            Assert.DoesNotContain(
                secret,
                refused.Text + failed.Text + string.Join('\n', things.Logs) + await things.ReadAuditAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_write_that_is_sent_elsewhere_without_being_asked_for_again_leaves_once(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things", "{}", status, ("Location", "/moved/things"));
        Assert.True((await things.CallAsync("create_thing", ("name", "x"))).IsError);
        Assert.Equal("/things", Assert.Single(things.Upstream.Received).Target);
    }
}
