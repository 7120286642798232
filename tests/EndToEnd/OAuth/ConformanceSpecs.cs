using System.Net;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace EndToEnd.OAuth;

/// <summary>The authorization server scenarios of the official conformance suite, with its person played here.</summary>
public sealed class ConformanceSpecs
{
    [Theory]
    [InlineData("2025-03-26", 2)]
    [InlineData("2025-06-18", 2)]
    [InlineData("2025-11-25", 3)]
    [InlineData("2026-07-28", 3)]
    public async Task The_authorization_server_passes_all_checks(string revision, int checks)
    {
        await using var gateway = await OAuthProcess.StartAsync();
        var port = FreePort.Find();
        var clientId = await OAuthProcess.RegisterAsync(gateway, $"http://127.0.0.1:{port}/callback");
        using var temporary = new TemporaryFolder();
        var results = temporary.Path;
        await using var suite = await NodeProgram.StartPackageAsync(
            "@modelcontextprotocol/conformance/dist/index.js",
            [
                "authorization",
                "--url",
                gateway.Url.GetLeftPart(UriPartial.Authority),
                "--client-id",
                clientId,
                "--port",
                $"{port}",
                "--resource",
                gateway.McpUrl.AbsoluteUri,
                "--spec-version",
                revision,
                "--output-dir",
                results,
            ]
        );
        var link = await suite.WaitForLineAsync(
            line => line.Contains("/authorize?", StringComparison.Ordinal),
            TimeSpan.FromMinutes(10),
            TestContext.Current.CancellationToken
        );
        // It tells the link before it listens.
        await suite.WaitForLineAsync(
            line => line.StartsWith("Callback server started", StringComparison.Ordinal),
            Hang.After,
            TestContext.Current.CancellationToken
        );
        await ApproveAsync(gateway, new Uri(link[link.IndexOf("http", StringComparison.Ordinal)..].Trim()));
        Assert.True(await suite.WaitForExitAsync(Hang.After, TestContext.Current.CancellationToken) == 0, suite.Transcript());

        var outcomes = Directory
            .EnumerateFiles(results, "checks.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonElement.Parse(File.ReadAllText(file)).EnumerateArray())
            .ToList();
        Assert.All(outcomes, check => Assert.True(check.GetProperty("status").GetString() is "SUCCESS" or "INFO", check.ToString()));
        Assert.Equal(checks, outcomes.Count(check => check.GetProperty("status").GetString() == "SUCCESS"));
    }

    private static async Task ApproveAsync(GatewayProcess gateway, Uri link)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var page = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var form = QueryHelpers.ParseQuery(link.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        form["secret"] = OAuthProcess.Secret;
        form["decision"] = "allow";
        using var content = new FormUrlEncodedContent(form);
        using var answer = await browser.PostAsync(new Uri(gateway.Url, "/authorize"), content);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var callback = await browser.GetAsync(answer.Headers.Location);
        Assert.True(callback.IsSuccessStatusCode);
    }
}
