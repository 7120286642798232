using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace McpGateway.Specs.Authentication;

public sealed class BearerSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_without_a_token_is_told_where_to_get_one()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"spec-mcp\"", response.Headers.WwwAuthenticate.ToString());
        var body = await response.JsonAsync();
        Assert.Equal("Unauthorized", body["error"]!.GetValue<string>());
        Assert.Contains("MCP_BEARER_TOKEN", body["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_with_a_wrong_token_is_told_that_it_is_wrong()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        // Twice: what was refused once is not remembered as one of ours.
        using var first = await gateway.PostAsync(SpecService.Initialize(), "not-the-right-token");
        using var response = await gateway.PostAsync(SpecService.Initialize(), "not-the-right-token");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (first.StatusCode, response.StatusCode));
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-right-token", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer {0}", true)]
    [InlineData("bearer {0}", true)]
    [InlineData("BEARER   {0}", true)]
    [InlineData("Bearer", false)]
    [InlineData("Bearer ", false)]
    [InlineData("", false)]
    [InlineData("{0}", false)]
    [InlineData("Basic {0}", false)]
    [InlineData("Bearer{0}", false)]
    [InlineData("Bearer {0}x", false)]
    [InlineData("Bearer {0} {0}", false)]
    [InlineData("Bearer {0}, Bearer {0}", false)]
    public async Task The_authorization_header_has_one_form(string form, bool accepted)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync(
            SpecService.Initialize(),
            configure: request => request.Headers.TryAddWithoutValidation("Authorization", string.Format(null, form, SpecService.Token))
        );
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Basic {0}")]
    [InlineData("Token {0}")]
    [InlineData("Bearer{0}")]
    public async Task A_right_token_in_another_form_is_told_the_form(string form)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.PostAsync(
            SpecService.Initialize(),
            configure: request => request.Headers.TryAddWithoutValidation("Authorization", string.Format(null, form, SpecService.Token))
        );
        Assert.Contains(
            "'Authorization: Bearer <token>'",
            (await response.JsonAsync())["message"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Contains("invalid_request", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(SpecService.Token, response.Headers + await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_is_in_the_audit_and_in_one_log_line()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var before = gateway.Logs.Lines.Count(IsShown);
        using var response = await gateway.PostAsync(SpecService.Initialize(), "not-the-right-token");
        Assert.Single(await gateway.ReadAuditAsync());
        Assert.Equal(1, gateway.Logs.Lines.Count(IsShown) - before);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("POST /mcp 401", StringComparison.Ordinal));

        static bool IsShown(string line) =>
            !line.StartsWith("Debug", StringComparison.Ordinal) && !line.StartsWith("Trace", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_authorization_headers_are_none()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        var (_, status) = await Tools.Curl.RunAsync(
            $"curl -I {gateway.McpUrl} -H 'Authorization: Bearer {SpecService.Token}' -H 'Authorization: Bearer {SpecService.Token}'"
        );
        Assert.Equal("401", status);
    }

    [Fact]
    public async Task A_token_in_the_address_is_no_token()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.Http.PostAsync(
            new Uri($"/mcp?access_token={SpecService.Token}", UriKind.Relative),
            null,
            Cancellation
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Several_named_tokens_are_accepted_at_once_so_that_one_can_be_rotated()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("new-laptop-token-2")));
        await using var gateway = await SpecService.StartWithTokenAsync(
            ("MCP_BEARER_TOKENS", $"laptop=old-laptop-token-1,laptop-new=sha256:{hash}\nn8n = n8n-workflow-token")
        );
        (string, HttpStatusCode)[] presented =
        [
            (SpecService.Token, HttpStatusCode.OK),
            ("old-laptop-token-1", HttpStatusCode.OK),
            ("new-laptop-token-2", HttpStatusCode.OK),
            ("n8n-workflow-token", HttpStatusCode.OK),
            ($"sha256:{hash}", HttpStatusCode.Unauthorized),
            (hash, HttpStatusCode.Unauthorized),
            ("laptop=old-laptop-token-1", HttpStatusCode.Unauthorized),
            ("old-laptop-token-2", HttpStatusCode.Unauthorized),
        ];
        // Twice: a token that was right once is not looked up in the same way again.
        foreach (var (token, status) in presented.Concat(presented))
        {
            using var response = await gateway.PostAsync(SpecService.Initialize(), token);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_upstream_token_is_accepted_where_no_other_is_set_with_a_warning()
    {
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings: [("SPEC_API_TOKEN", "the-upstream-token-1"), ("PUBLIC_URL", "https://spec.example.com")]
        );
        using var with = await gateway.PostAsync(SpecService.Initialize(), "the-upstream-token-1");
        using var without = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (with.StatusCode, without.StatusCode));
        Assert.Contains(
            gateway.Logs.Lines,
            line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("set MCP_BEARER_TOKEN", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_upstream_token_opens_nothing_once_the_gateway_has_its_own()
    {
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings: [("SPEC_API_TOKEN", "the-upstream-token-1"), ("MCP_BEARER_TOKEN", SpecService.Token)]
        );
        using var response = await gateway.PostAsync(SpecService.Initialize(), "the-upstream-token-1");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(gateway.Logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_on_loopback_without_tokens_is_open()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Initialize(), "whatever a client is set to");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Anonymous_callers_where_others_can_reach_the_service_are_a_loud_choice()
    {
        await using var gateway = await SpecService.StartAsync(("PUBLIC_URL", "https://spec.example.com"), ("ALLOW_ANONYMOUS", "true"));
        using var response = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(
            gateway.Logs.Lines,
            line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("ALLOW_ANONYMOUS", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("the-upstream-token-1")]
    [InlineData("dummy")]
    public async Task Anonymous_callers_are_let_in_also_where_the_upstream_token_is_set(string upstreamToken)
    {
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings: [("SPEC_API_TOKEN", upstreamToken), ("ALLOW_ANONYMOUS", "true")]
        );
        using var response = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Health_and_unknown_paths_need_no_token()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        foreach (
            var (path, status) in new[]
            {
                ("/health", HttpStatusCode.OK),
                ("/nowhere", HttpStatusCode.NotFound),
                ("/mcp/", HttpStatusCode.MethodNotAllowed),
            }
        )
        {
            using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_told_where_MCP_is()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var response = await gateway.Http.PostAsync(new Uri("/mpc", UriKind.Relative), null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("There is nothing at '/mpc': MCP is served at /mcp.", (string?)(await response.JsonAsync())["message"]);
    }
}
