using System.Text;
using System.Text.Json.Nodes;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Views;

/// <summary>
/// The views of tools inside a chat, in Chromium: under the policy that the extension prescribes where a view asks for nothing, and driven by the host's
/// side of its library. Screenshots stay in artifacts/screenshots.
/// </summary>
public sealed class ChatViewSpecs : IDisposable
{
    private const string Chat = "http://chat.test/";

    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'none'";

    private const string Hostile = "<img src=x onerror=\\\"parent.postMessage('hacked','*')\\\"></script><b>Eve</b>";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, 720)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task A_person_walks_in_the_memory_inside_the_chat(ColorScheme scheme, int width)
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory");
        await FillAsync(gateway);
        using var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Tool.Require("chromium", "Install Debian's package chromium."), Args = ["--no-sandbox"] }
        );
        var page = await browser.NewPageAsync(
            new()
            {
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new() { Width = width, Height = 640 },
            }
        );
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            // The library tells each message, and Chromium that this spec reads pixels.
            if (message.Type == "error")
            {
                problems.Add(message.Text);
            }
        };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Chat, StringComparison.Ordinal) && !request.Url.StartsWith("about:", StringComparison.Ordinal))
            {
                problems.Add($"asked for {request.Url}");
            }
        };
        var script = await BundleAsync();
        await page.RouteAsync(
            $"{Chat}**",
            route =>
                route.FulfillAsync(
                    route.Request.Url == Chat
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
        var asked = new List<string>();
        await page.ExposeFunctionAsync(
            "callTool",
            async (string name, string arguments) =>
            {
                asked.Add($"{name} {arguments}");
                return (await CallAsync(gateway, "tools/call", $$"""{"name":"{{name}}","arguments":{{arguments}}}""")).ToJsonString();
            }
        );
        await page.GotoAsync(Chat);

        // What a host does: the tool leads to the page, and the page gets the tool's result.
        var tools = (await CallAsync(gateway, "tools/list", "{}"))["tools"]!.AsArray();
        var uri = (string)tools.Single(tool => (string?)tool!["name"] == "show_memory_graph")!["_meta"]!["ui"]!["resourceUri"]!;
        var html = (string)(await CallAsync(gateway, "resources/read", $$"""{"uri":"{{uri}}"}"""))["contents"]![0]!["text"]!;
        var result = await CallAsync(gateway, "tools/call", """{"name":"show_memory_graph","arguments":{"limit":4}}""");
        var name = await page.EvaluateAsync<string>(
            "([html, result, theme]) => openView(html, result, theme)",
            new[] { html, result.ToJsonString(), scheme == ColorScheme.Dark ? "dark" : "light" }
        );
        Assert.Equal("memory-graph", name);
        var view = page.FrameLocator("iframe");
        var canvas = view.GetByRole(AriaRole.Application);
        await Assertions
            .Expect(canvas)
            .ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Graph of 4 entities"));
        await Assertions.Expect(view.GetByText("4 of 6 entities")).ToBeVisibleAsync();
        // The host gives it the room that it asks for.
        await Assertions
            .Expect(page.Locator("iframe"))
            .ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("height: [3-6][0-9][0-9]px"));
        Assert.True(await PaintedAsync(page), "Nothing is drawn on the canvas.");

        // By keyboard: the picture zooms and goes back; by the mouse an entity is chosen, and its neighbours lead on.
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("0");
        await ChooseAsync(page, view, canvas, "--type-0", "Ada");
        await Assertions.Expect(view.GetByText("person · 4 relations")).ToBeVisibleAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "works at → Acme" }).ClickAsync();
        await Assertions.Expect(view.GetByRole(AriaRole.Heading, new() { Name = "Acme" })).ToBeVisibleAsync();
        await SeeAsync(page, scheme, width, "chat-graph");
        await view.GetByRole(AriaRole.Button, new() { Name = "Show what is around it" }).ClickAsync();
        await Assertions
            .Expect(canvas)
            .ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Graph of 6 entities"));
        Assert.Equal(["""show_memory_graph {"name":"Acme"}"""], asked);
        await Assertions.Expect(view.GetByRole(AriaRole.Heading, new() { Name = "Acme" })).ToBeVisibleAsync();

        // Stored text is text.
        await view.GetByRole(AriaRole.Button, new() { Name = "Eve" }).First.ClickAsync();
        await Assertions
            .Expect(view.GetByRole(AriaRole.Heading, new() { Level = 2 }))
            .ToHaveTextAsync(JsonNode.Parse($"\"{Hostile}\"")!.ToString());
        Assert.Equal(0, await view.Locator("img, b, script:not(:first-of-type)").CountAsync());
        await SeeAsync(page, scheme, width, "chat-graph-hostile");
        Assert.Empty(problems);
    }

    private static async Task<bool> PaintedAsync(IPage page)
    {
        await ViewOf(page)
            .WaitForFunctionAsync(
                """
                () => {
                  const canvas = document.querySelector('canvas');
                  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  const colours = new Set();
                  for (let i = 0; i < data.length; i += 400) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
                  return colours.size > 2 && getComputedStyle(canvas).backgroundColor === `rgb(${data[0]}, ${data[1]}, ${data[2]})`;
                }
                """
            );
        return true;
    }

    /// <summary>Clicks on the dots of a colour until the entity is chosen: which is where, only the picture knows.</summary>
    private static async Task ChooseAsync(IPage page, IFrameLocator view, ILocator canvas, string colour, string name)
    {
        var dots = await ViewOf(page)
            .EvaluateAsync<float[][]>(
                """
                (variable) => {
                  const canvas = document.querySelector('canvas');
                  const context = canvas.getContext('2d');
                  context.fillStyle = getComputedStyle(canvas).getPropertyValue(variable).trim();
                  const wanted = [1, 3, 5].map((at) => parseInt(context.fillStyle.slice(at, at + 2), 16));
                  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
                  const dots = [];
                  for (let i = 0; i < data.length; i += 4) {
                    if (wanted.every((value, at) => data[i + at] === value)) {
                      const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
                      if (!dots.some((dot) => Math.hypot(dot[0] - x, dot[1] - y) < 16)) dots.push([x, y + 4]);
                    }
                  }
                  return dots;
                }
                """,
                colour
            );
        foreach (var dot in dots)
        {
            await canvas.ClickAsync(
                new()
                {
                    Position = new() { X = dot[0], Y = dot[1] },
                }
            );
            if (await view.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).CountAsync() > 0)
            {
                return;
            }
        }

        Assert.Fail($"{name} is nowhere in the picture of {dots.Length} dots.");
    }

    private static IFrame ViewOf(IPage page) => page.Frames.Single(frame => frame != page.MainFrame);

    private static async Task SeeAsync(IPage page, ColorScheme scheme, int width, string name)
    {
        Assert.Empty(await AxeCheck.RunAsync(ViewOf(page)));
        Assert.Equal(width, await ViewOf(page).EvaluateAsync<int>("document.documentElement.scrollWidth") + 16);
        var pictures = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots"));
        await page.ScreenshotAsync(
            new() { Path = Path.Combine(pictures.FullName, $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png"), FullPage = true }
        );
    }

    private async Task<string> BundleAsync()
    {
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

    private static async Task FillAsync(GatewayProcess gateway)
    {
        using var taken = await gateway.Http.PostAsync(
            new Uri("/import", UriKind.Relative),
            new StringContent(
                $$"""
                {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
                {"type":"entity","name":"Bo","entityType":"person","observations":[]}
                {"type":"entity","name":"Acme","entityType":"company","observations":[]}
                {"type":"entity","name":"Tea","entityType":"thing","observations":[]}
                {"type":"entity","name":"Lisbon","entityType":"place","observations":[]}
                {"type":"entity","name":"{{Hostile}}","entityType":"<i>person</i>","observations":[]}
                {"type":"relation","from":"Ada","to":"Bo","relationType":"knows"}
                {"type":"relation","from":"Ada","to":"Acme","relationType":"works at"}
                {"type":"relation","from":"Bo","to":"Acme","relationType":"works at"}
                {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
                {"type":"relation","from":"Ada","to":"Lisbon","relationType":"lives in"}
                {"type":"relation","from":"Acme","to":"Lisbon","relationType":"has an office in"}
                {"type":"relation","from":"{{Hostile}}","to":"Acme","relationType":"<u>attacks</u>"}
                """
            ),
            TestContext.Current.CancellationToken
        );
        taken.EnsureSuccessStatusCode();
    }

    private static async Task<JsonObject> CallAsync(GatewayProcess gateway, string method, string parameters)
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
}
