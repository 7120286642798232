using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using ModelContextProtocol.Client;

namespace EndToEnd.Console;

/// <summary>A day of the person who runs a memory, from one page to the next, in Chromium.</summary>
public sealed class DaySpecs
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task What_a_caller_did_yesterday_is_found_and_ended_two_people_are_merged_and_back_and_a_client_connects(
        ColorScheme scheme,
        int width
    )
    {
        using var folder = new TemporaryFolder();
        var token = await YesterdayAsync(folder.Path);
        await using var gateway = await StartAsync(folder.Path);
        await using var browser = await ConsoleBrowser.OpenAsync(gateway.Url, scheme, width);
        var page = browser.Page;

        // Signs in, and looks at what the caller did yesterday.
        await page.VisitAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the console" }).ClickAsync();
        await browser.SignInAsync();
        await GoAsync(page, "Activity");
        await page.GetByRole(AriaRole.Link, new() { Name = "Yesterday" }).ClickAsync();
        await page.GetByLabel("Caller").SelectOptionAsync("nightly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr[data-id]")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("tr[data-id] time").First).ToHaveTextAsync("1 day ago");
        await Assertions.Expect(page.Locator("tr[data-id]").First).ToContainTextAsync(Hostile);
        await browser.CheckAsync("day-yesterday");

        // Ends its access.
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
        await page.GetByRole(AriaRole.Link, new() { Name = "Access of nightly" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "End: nightly" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The token of nightly has ended.");
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));

        // Merges the two entries it made of one person, and takes that back.
        await GoAsync(page, "Memory");
        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicates" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge Clara Weis into Clara Weiss" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Clara Weis is part of Clara Weiss now.");
        await Assertions.Expect(page.GetByText("moved to Vienna").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Changes", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo: ") }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("restored Clara Weis");

        // Makes a token, and connects a client by what the landing page says.
        await GoAsync(page, "Access");
        await page.GetByLabel("Name").First.FillAsync("laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the token of laptop" }).ClickAsync();
        var fresh = await ClipboardAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Memory", Exact = true }).First.ClickAsync();
        await page.GetByText("Cursor", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the settings for Cursor" }).ClickAsync();
        await browser.CheckAsync("day-connect");
        await using var client = await ConnectAsync((await ClipboardAsync(page)).Replace("YOUR_TOKEN", fresh, StringComparison.Ordinal));
        var found = await client.CallToolAsync(
            "open_nodes",
            new Dictionary<string, object?> { ["names"] = new[] { "Clara Weis" } },
            cancellationToken: Cancellation
        );
        Assert.Contains("moved to Vienna", JsonSerializer.Serialize(found.StructuredContent), StringComparison.Ordinal);
    }

    /// <summary>What the caller nightly did a day before.</summary>
    /// <returns>Its token.</returns>
    private static async Task<string> YesterdayAsync(string folder)
    {
        string token;
        await using (var gateway = await StartAsync(folder))
        {
            using var browser = await OperatorBrowser.SignInAsync(gateway.Url, OAuthProcess.Secret);
            var made = await browser.SubmitAsync("/console/access", "/console/access/token", ("name", "nightly"));
            token = System.Text.RegularExpressions.Regex.Match(made, "mcp_[A-Za-z0-9_-]{43}").Value;
            var people = new[] { Person("Clara Weiss", "plays the violin in a string quartet"), Person("Clara Weis", "moved to Vienna") };
            Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "create_entities", new { entities = people }, Cancellation));
            Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
            Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, Hostile, cancellationToken: Cancellation));
            await gateway.StopAsync();
        }

        // The clock of a process cannot be set: what it noted is moved instead.
        await using var database = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "activity.db"), Pooling = false }.ToString()
        );
        await database.OpenAsync(Cancellation);
        await using var shift = database.CreateCommand();
        shift.CommandText = "UPDATE events SET at = at - 86400000; UPDATE sums SET start = start - 24, last = last - 86400000;";
        await shift.ExecuteNonQueryAsync(Cancellation);
        return token;

        static object Person(string name, string fact) =>
            new
            {
                name,
                entityType = "person",
                observations = new[] { fact },
            };
    }

    private static Task<GatewayProcess> StartAsync(string folder) =>
        GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?> { ["DATA_PATH"] = folder, ["OPERATOR_SECRET"] = OAuthProcess.Secret }
        );

    private static Task GoAsync(IPage page, string section) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Console", Exact = true })
            .GetByRole(AriaRole.Link, new() { Name = section })
            .ClickAsync();

    private static Task<string> ClipboardAsync(IPage page) => page.EvaluateAsync<string>("navigator.clipboard.readText()");

    /// <summary>What Cursor does with its settings.</summary>
    private static Task<McpClient> ConnectAsync(string settings)
    {
        var server = JsonNode.Parse(settings)!["mcpServers"]!["memory"]!;
        return McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new Uri((string)server["url"]!),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = server["headers"]!.AsObject().ToDictionary(header => header.Key, header => (string)header.Value!),
                }
            ),
            cancellationToken: Cancellation
        );
    }
}
