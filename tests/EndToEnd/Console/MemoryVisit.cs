using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>A browser at a memory of its own.</summary>
internal sealed class MemoryVisit : IAsyncDisposable
{
    private const string Token = "pages-token-0123456789abcdef";

    /// <summary>A life in thirteen entities, as an import.</summary>
    public const string Life = """
        {"type":"entity","name":"Jonas","entityType":"person","observations":["prefers short answers","works as an architect"],"createdAt":"2026-01-03T10:00:00.000Z"}
        {"type":"entity","name":"Clara Weiss","entityType":"person","observations":["plays the violin in a string quartet","is allergic to hazelnuts","birthday on 4 May"],"createdAt":"2026-02-10T10:00:00.000Z"}
        {"type":"entity","name":"Clara Weis","entityType":"person","observations":["moved to Vienna"],"createdAt":"2026-09-10T10:00:00.000Z"}
        {"type":"entity","name":"Lisbon","entityType":"place","observations":["the flat is in Alfama"],"createdAt":"2026-02-11T10:00:00.000Z"}
        {"type":"entity","name":"Vienna","entityType":"place","observations":[],"createdAt":"2026-09-10T10:00:00.000Z"}
        {"type":"entity","name":"School at the river","entityType":"project","observations":["the roof is decided: timber","tender ends on 12 December"],"createdAt":"2026-03-01T10:00:00.000Z"}
        {"type":"entity","name":"Timber roof","entityType":"decision","observations":["cheaper by a fifth","decided with Pavel"],"createdAt":"2026-04-20T10:00:00.000Z"}
        {"type":"entity","name":"Pavel","entityType":"person","observations":["structural engineer"],"createdAt":"2026-03-02T10:00:00.000Z"}
        {"type":"entity","name":"Atelier Nord","entityType":"company","observations":[],"createdAt":"2026-01-05T10:00:00.000Z"}
        {"type":"entity","name":"Summer trip","entityType":"event","observations":["two weeks in July"],"createdAt":"2026-05-05T10:00:00.000Z"}
        {"type":"entity","name":"The Glass Bead Game","entityType":"book","observations":[],"createdAt":"2026-06-01T10:00:00.000Z"}
        {"type":"entity","name":"Hazelnut cake","entityType":"food","observations":["never for Clara"],"createdAt":"2026-06-02T10:00:00.000Z"}
        {"type":"entity","name":"Bicycle","entityType":"thing","observations":["serviced in March"],"createdAt":"2026-03-12T10:00:00.000Z"}
        {"type":"relation","from":"Jonas","to":"Clara Weiss","relationType":"is married to","createdAt":"2026-02-10T10:00:00.000Z"}
        {"type":"relation","from":"Jonas","to":"Atelier Nord","relationType":"works at","createdAt":"2026-01-05T10:00:00.000Z"}
        {"type":"relation","from":"Pavel","to":"Atelier Nord","relationType":"works with","createdAt":"2026-03-02T10:00:00.000Z"}
        {"type":"relation","from":"Atelier Nord","to":"School at the river","relationType":"designs","createdAt":"2026-03-01T10:00:00.000Z"}
        {"type":"relation","from":"Timber roof","to":"School at the river","relationType":"is part of","createdAt":"2026-04-20T10:00:00.000Z"}
        {"type":"relation","from":"Pavel","to":"Timber roof","relationType":"proposed","createdAt":"2026-04-20T10:00:00.000Z"}
        {"type":"relation","from":"Jonas","to":"Timber roof","relationType":"decided","createdAt":"2026-04-20T10:00:00.000Z"}
        {"type":"relation","from":"Clara Weiss","to":"Lisbon","relationType":"lives in","createdAt":"2026-02-11T10:00:00.000Z"}
        {"type":"relation","from":"Jonas","to":"Lisbon","relationType":"lives in","createdAt":"2026-02-11T10:00:00.000Z"}
        {"type":"relation","from":"Clara Weis","to":"Vienna","relationType":"lives in","createdAt":"2026-09-10T10:00:00.000Z"}
        {"type":"relation","from":"Summer trip","to":"Lisbon","relationType":"begins in","createdAt":"2026-05-05T10:00:00.000Z"}
        {"type":"relation","from":"Clara Weiss","to":"The Glass Bead Game","relationType":"reads","createdAt":"2026-06-01T10:00:00.000Z"}
        {"type":"relation","from":"Clara Weiss","to":"Hazelnut cake","relationType":"must not eat","createdAt":"2026-06-02T10:00:00.000Z"}
        {"type":"relation","from":"Jonas","to":"Bicycle","relationType":"owns","createdAt":"2026-03-12T10:00:00.000Z"}
        """;

    private readonly GatewayProcess gateway;
    private readonly Chromium browser;
    private readonly ColorScheme scheme;
    private readonly int width;

    private MemoryVisit(GatewayProcess gateway, Chromium browser, ColorScheme scheme, int width)
    {
        (this.gateway, this.browser, this.scheme, this.width) = (gateway, browser, scheme, width);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Problems.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => Problems.Add(error);
        Page.Request += (_, request) =>
        {
            Requests.Add(request.Url);
            if (!request.Url.StartsWith(gateway.Url.AbsoluteUri, StringComparison.Ordinal))
            {
                Problems.Add($"asked for {request.Url}");
            }
        };
    }

    public IPage Page => browser.Page;

    public List<string> Problems { get; } = [];

    public List<string> Requests { get; } = [];

    public static async Task<MemoryVisit> OpenAsync(ColorScheme scheme, int width, int height, bool script = true)
    {
        var browser = await Chromium.OpenAsync(
            new()
            {
                ColorScheme = scheme,
                JavaScriptEnabled = script,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new() { Width = width, Height = height },
                TimezoneId = "UTC",
                Locale = "en-GB",
            }
        );
        var gateway = await OAuthProcess.StartAsync(new Dictionary<string, string?> { ["MCP_BEARER_TOKENS"] = $"n8n={Token}" });
        return new(gateway, browser, scheme, width);
    }

    public string At(string path) => new Uri(gateway.Url, path).AbsoluteUri;

    public async Task SignInAsync(string path)
    {
        await Page.VisitAsync(At(path));
        await Page.EnterSecretAsync();
        await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
    }

    public async Task ImportAsync(string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Url, "/import")) { Content = new StringContent(lines) };
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Nothing is hard to read or to use, nothing is wider than the screen; and a screenshot.</summary>
    public async Task SeeAsync(string name)
    {
        Assert.Empty(await AxeCheck.RunAsync(Page));
        Assert.Equal(width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var pictures = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots"));
        await Page.ScreenshotAsync(
            new() { Path = Path.Combine(pictures.FullName, $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png"), FullPage = true }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await gateway.DisposeAsync();
    }
}
