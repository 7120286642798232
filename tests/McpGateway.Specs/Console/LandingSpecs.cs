using System.Net;
using McpGateway.Secrets;
using McpGateway.Specs.OAuth;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.Specs.Console;

/// <summary>What everybody reads at the address of a gateway: what it is, whether it is well, and how to connect.</summary>
public sealed class LandingSpecs
{
    // What the gateway spec-mcp is called in a client.
    private const string Name = "spec";

    [Fact]
    public async Task An_open_gateway_is_connected_without_a_token_under_the_address_it_was_reached_by()
    {
        await using var gateway = await SpecService.StartAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/"));
        var url = gateway.McpUrl.AbsoluteUri;
        Assert.Contains("It runs, and all is well.", page, StringComparison.Ordinal);
        Assert.Contains("It is open to whoever reaches it", page, StringComparison.Ordinal);
        Assert.Contains($"<code>claude mcp add --transport http {Name} {url}</code>", page, StringComparison.Ordinal);
        Assert.Contains($"<code>codex mcp add {Name} --url {url}</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("YOUR_TOKEN", page, StringComparison.Ordinal);
        Assert.Contains("The console is closed", page, StringComparison.Ordinal);
        foreach (
            var client in (string[])
                ["Claude Code", "Claude", "ChatGPT", "VS Code", "Cursor", "Codex", "Gemini CLI", "opencode", "n8n", "curl"]
        )
        {
            Assert.Contains($"<summary>{client}</summary>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_gateway_with_a_token_says_where_the_token_goes_and_never_which()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var browser = new OperatorBrowser(gateway.Http.BaseAddress!);
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/"));
        Assert.Contains("--header \"Authorization: Bearer YOUR_TOKEN\"", page, StringComparison.Ordinal);
        Assert.Contains("--bearer-token-env-var SPEC_TOKEN", page, StringComparison.Ordinal);
        Assert.Contains("ChatGPT logs in by OAuth, which this gateway does not offer", page, StringComparison.Ordinal);
        Assert.DoesNotContain(SpecService.Token, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_with_a_login_gives_its_public_address_and_no_header_to_apps_that_log_in()
    {
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["SIBLINGS"] = "coda=https://coda.example, github = http://localhost:8081" }
        );
        using var browser = new OperatorBrowser(gateway.Gateway.Http.BaseAddress!);
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/"));
        Assert.Contains($"<code>claude mcp add --transport http {Name} {OAuthGateway.Resource}</code>", page, StringComparison.Ordinal);
        Assert.Contains($"-s {OAuthGateway.Resource} -H", page, StringComparison.Ordinal);
        Assert.Contains("Open the console", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://coda.example/\">coda</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"http://localhost:8081/\">github</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(OAuthGateway.Secret, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coda")]
    [InlineData("coda=coda.example")]
    [InlineData("coda=javascript:alert(1)")]
    [InlineData("coda=https://user:word@coda.example")]
    public async Task A_sibling_without_a_web_address_stops_the_start(string siblings)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => SpecService.StartAsync(("SIBLINGS", siblings)));
        Assert.StartsWith($"SIBLINGS has the entry '{siblings}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_not_well_is_said()
    {
        await using var broken = await SpecService.StartAsync(configure: builder =>
            builder.Services.Configure<HealthCheckServiceOptions>(checks =>
                checks.Registrations.Add(new("disk", _ => new Broken(), failureStatus: null, tags: null))
            )
        );
        using var browser = new OperatorBrowser(broken.Http.BaseAddress!);
        var page = await browser.ReadAsync("/");
        Assert.Contains("not all is well", page, StringComparison.Ordinal);
        Assert.Contains("<li>disk: Free &lt;some&gt; space.</li>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil\"><script>alert(1)</script>")]
    [InlineData("Host", "'onload='alert(1)")]
    [InlineData("X-Forwarded-Host", "\"><script>alert(1)</script>")]
    [InlineData("X-Forwarded-Proto", "javascript:alert(1)//")]
    public async Task A_host_that_somebody_claims_never_becomes_markup(string header, string value)
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("TRUST_DOWNSTREAM_PROXY", "true"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "text/html" } } };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await response.TextAsync();
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'onload='", page, StringComparison.Ordinal);
    }

    private sealed class Broken : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(HealthCheckResult.Unhealthy("Free <some> space."));
    }
}
