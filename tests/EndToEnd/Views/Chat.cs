using System.Text;
using System.Text.Json.Nodes;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Views;

/// <summary>
/// A chat in Chromium that shows the views of tools: under the policy that the extension prescribes where a view asks for nothing, and driven by the host's
/// side of its library.
/// </summary>
internal sealed class Chat : IAsyncDisposable
{
    private const string Url = "http://chat.test/";

    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'none'";

    private readonly GatewayProcess gateway;
    private readonly Chromium browser;
    private readonly ColorScheme scheme;
    private readonly int width;

    private Chat(GatewayProcess gateway, Chromium browser, ColorScheme scheme, int width) =>
        (this.gateway, this.browser, this.scheme, this.width) = (gateway, browser, scheme, width);

    public IPage Page => browser.Page;

    /// <summary>What is shown beside the tool's answer.</summary>
    public IFrameLocator View => Page.FrameLocator("iframe");

    /// <summary>The same, to run script in.</summary>
    public IFrame Frame => Page.Frames.Single(frame => frame != Page.MainFrame);

    /// <summary>Errors of pages, and requests to elsewhere.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What views have called.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<Chat> OpenAsync(GatewayProcess gateway, ColorScheme scheme, int width)
    {
        var browser = await Chromium.OpenAsync(
            new()
            {
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new() { Width = width, Height = 640 },
            }
        );
        var chat = new Chat(gateway, browser, scheme, width);
        chat.Watch();
        await chat.ServeAsync();
        await chat.Page.VisitAsync(Url);
        return chat;
    }

    /// <summary>What a host does: the tool leads to its page, and the page gets the tool's result.</summary>
    /// <returns>The name the view gives itself.</returns>
    public async Task<string> ShowAsync(string tool, string arguments)
    {
        var tools = (await CallAsync("tools/list", "{}"))["tools"]!.AsArray();
        var uri = (string)tools.Single(each => (string?)each!["name"] == tool)!["_meta"]!["ui"]!["resourceUri"]!;
        var html = (string)(await CallAsync("resources/read", $$"""{"uri":"{{uri}}"}"""))["contents"]![0]!["text"]!;
        var result = await CallAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        return await Page.EvaluateAsync<string>(
            "([html, result, theme]) => openView(html, result, theme)",
            new[] { html, result.ToJsonString(), scheme == ColorScheme.Dark ? "dark" : "light" }
        );
    }

    /// <summary>A request of MCP, and its result.</summary>
    public async Task<JsonObject> CallAsync(string method, string parameters)
    {
        using var content = new StringContent(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
            Encoding.UTF8,
            "application/json"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.McpUrl) { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await gateway.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["result"] as JsonObject ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Nothing is hard to read or to use, nothing is wider than the view; and a screenshot.</summary>
    public async Task SeeAsync(string name)
    {
        Assert.Empty(await AxeCheck.RunAsync(Frame));
        Assert.Equal(width, await Frame.EvaluateAsync<int>("document.documentElement.scrollWidth") + 16);
        var pictures = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots"));
        await Page.ScreenshotAsync(
            new() { Path = Path.Combine(pictures.FullName, $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png"), FullPage = true }
        );
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            // The library tells each message, and Chromium that a spec reads pixels.
            if (message.Type == "error")
            {
                Problems.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => Problems.Add(error);
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Url, StringComparison.Ordinal) && !request.Url.StartsWith("about:", StringComparison.Ordinal))
            {
                Problems.Add($"asked for {request.Url}");
            }
        };
    }

    private async Task ServeAsync()
    {
        var script = await BundleAsync();
        await Page.RouteAsync(
            $"{Url}**",
            route =>
                route.FulfillAsync(
                    route.Request.Url == Url
                        ? new()
                        {
                            ContentType = "text/html",
                            Headers = [new("Content-Security-Policy", Policy)],
                            Body = """
                            <!doctype html><html lang="en"><title>Chat</title><style>body { margin: 8px } iframe { width: 100%; border: 0 }</style>
                            <body><main><h1 hidden>Chat</h1></main><script src="chat.js"></script></body></html>
                            """,
                        }
                        : new() { ContentType = "text/javascript", Body = script }
                )
        );
        await Page.ExposeFunctionAsync(
            "callTool",
            async (string name, string arguments) =>
            {
                Asked.Add($"{name} {arguments}");
                return (await CallAsync("tools/call", $$"""{"name":"{{name}}","arguments":{{arguments}}}""")).ToJsonString();
            }
        );
    }

    private static async Task<string> BundleAsync()
    {
        using var folder = new TemporaryFolder();
        var output = folder.At("chat.js");
        var finished = await NodeProgram.RunClientAsync(
            "bundle.mjs",
            [Path.Combine(Repository.Root, "tests", "EndToEnd", "clients", "chat-host.js"), output],
            input: "",
            TestContext.Current.CancellationToken
        );
        finished.Succeeded();
        return await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);
    }
}
