using System.Net;
using System.Text;
using EndToEnd.Deployment;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>The pages at a public address: behind nginx as production has it, with TLS, limits and headers of its own.</summary>
public sealed class PublicPagesSpecs
{
    private const string Token = "public-pages-token-0123456789";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operator_works_with_the_console_through_nginx()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["PUBLIC_URL"] = $"https://{ProxiedGateway.Host}",
                ["OPERATOR_SECRET"] = OAuthProcess.Secret,
                ["MCP_BEARER_TOKENS"] = $"laptop={Token}",
                ["CONFIRM_DESTRUCTIVE"] = "page",
                ["TRUST_DOWNSTREAM_PROXY"] = "true",
            }
        );
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [ProxiedGateway.Host] = gateway.Url.Port });
        using var client = nginx.CreateClient(ProxiedGateway.Host);
        await using var browser = await ConsoleBrowser.OpenAsync(
            new Uri($"https://{ProxiedGateway.Host}"),
            ColorScheme.Light,
            1280,
            proxy: nginx.HttpsPort
        );
        var page = browser.Page;

        await page.VisitAsync("/");
        await Assertions.Expect(page.GetByText($"https://{ProxiedGateway.Host}/mcp").First).ToBeVisibleAsync();
        await browser.CheckAsync("public-landing");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the console" }).ClickAsync();
        await browser.SignInAsync();
        var cookie = Assert.Single(await browser.Page.Context.CookiesAsync());
        Assert.True(cookie.Secure && cookie.HttpOnly, $"{cookie.Name} is for {(cookie.Secure ? "scripts" : "http")} too");

        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Access" }).ClickAsync();
        await page.GetByLabel("Name").First.FillAsync("nightly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var made = await page.GetByText("mcp_").First.InnerTextAsync();

        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow live" }).ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await CallAsync(client, made, "read_graph", "{}"));
        await Assertions.Expect(page.Locator("tr[data-id]").Filter(new() { HasText = "read_graph" })).ToHaveCountAsync(1);
        await browser.CheckAsync("public-activity");

        var deletion = CallAsync(client, Token, "delete_entities", """{"entityNames":["Ada"]}""");
        await page.VisitAsync("/console/approvals");
        var allow = page.GetByRole(AriaRole.Button, new() { Name = "Allow once" });
        for (var look = 0; look < 100 && await allow.CountAsync() == 0; look++)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        }

        await allow.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Allowed: ");
        Assert.Equal(HttpStatusCode.OK, await deletion);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.VisitAsync("/console/activity");
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeVisibleAsync();
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient client, string token, string tool, string arguments)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} } }""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        message.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(message, Cancellation);
        return response.StatusCode;
    }
}
