using System.Text;
using System.Text.RegularExpressions;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>The memory's pages in Chromium, as a person uses them. Screenshots stay in artifacts/screenshots.</summary>
public sealed class MemoryPageSpecs
{
    private const string HasItsGround = """
        () => {
          const canvas = document.querySelector('canvas');
          const [red, green, blue] = canvas.getContext('2d').getImageData(2, 2, 1, 1).data;
          return getComputedStyle(canvas).backgroundColor === `rgb(${red}, ${green}, ${blue})`;
        }
        """;

    private const string Token = "pages-token-0123456789abcdef";

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900)]
    [InlineData(ColorScheme.Dark, 1280, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task A_person_searches_merges_undoes_deletes_brings_back_and_imports(ColorScheme scheme, int width, int height)
    {
        await using var visit = await Visit.OpenAsync(scheme, width, height);
        await visit.ImportAsync(Life);
        var page = visit.Page;

        // Signs in, and is where they wanted to be.
        await page.GotoAsync(visit.At("/console/memory"));
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(OAuthProcess.Secret);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Memory");
        await visit.SeeAsync("memory");

        // Searches by keyboard alone.
        await page.GetByLabel("A name, a few telling words, or a question").FocusAsync();
        await page.Keyboard.TypeAsync("who plays the violin?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToContainTextAsync("Clara Weiss");
        await visit.SeeAsync("memory-search");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clara Weiss" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Clara Weiss");
        await Assertions.Expect(page.GetByText("plays the violin in a string quartet").First).ToBeVisibleAsync();
        await visit.SeeAsync("memory-entity");

        // Corrects a fact.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Correct: plays the violin") }).ClickAsync();
        await visit.SeeAsync("memory-fact");
        await page.GetByLabel("What is true", new() { Exact = true }).FillAsync("plays the viola in a string quartet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("plays the viola in a string quartet").First).ToBeVisibleAsync();

        // Merges two entries of one person, and undoes it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicates" }).ClickAsync();
        await visit.SeeAsync("memory-duplicates");
        await page.GetByRole(AriaRole.Link, new() { Name = "Merge Clara Weis into Clara Weiss" }).ClickAsync();
        await visit.SeeAsync("memory-merge");
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Clara Weis is part of Clara Weiss now.");
        await Assertions.Expect(page.GetByText("moved to Vienna").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Changes", Exact = true }).ClickAsync();
        await visit.SeeAsync("memory-changes");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo: ") }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("restored Clara Weis");

        // Deletes after a question, and brings it back.
        await page.GotoAsync(visit.At("/console/memory/entity?name=Vienna"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await visit.SeeAsync("memory-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Deleted: Vienna.");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo: ") }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("restored Vienna");

        // Imports a file and hears what came of it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Import and export" }).ClickAsync();
        await page.GetByLabel(new Regex("^File"))
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "more.jsonl",
                    MimeType = "application/jsonl",
                    Buffer = Encoding.UTF8.GetBytes(
                        """{"type":"entity","name":"Quartet","entityType":"group","observations":["meets on Tuesdays"]}"""
                    ),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Last import: more.jsonl" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1 entity created")).ToBeVisibleAsync();
        await visit.SeeAsync("memory-transfer");
        Assert.Empty(visit.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_graph_is_a_picture_to_walk_in(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(scheme, 1280, 900);
        await visit.ImportAsync(Life);
        var page = visit.Page;
        await visit.SignInAsync("/console/memory/graph");
        var canvas = page.GetByRole(AriaRole.Application);
        await Assertions.Expect(page.Locator("[data-picture][data-settled]")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("13 entities, 14 relations")).ToBeVisibleAsync();
        await Eventually.IsAsync(() => page.EvaluateAsync<bool>(HasItsGround), "The picture does not stand on the page's colour.");
        await visit.SeeAsync("memory-graph");

        // A search highlights and leads there; its neighbours lead on; Enter opens the page.
        await page.GetByLabel("Search in the picture").FillAsync("violin");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Clara Weiss");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Complementary).GetByText("plays the violin in a string quartet"))
            .ToBeVisibleAsync();
        await visit.SeeAsync("memory-graph-found");
        await page.GetByRole(AriaRole.Button, new() { Name = "lives in → Lisbon" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Lisbon");
        // What was walked to stands in the middle: a click there chooses it again, a click beside it nothing.
        var box = (await canvas.BoundingBoxAsync())!;
        await canvas.ClickAsync(
            new()
            {
                Position = new() { X = 5, Y = 5 },
            }
        );
        await Assertions.Expect(page.GetByText("Choose an entity")).ToBeVisibleAsync();
        await canvas.ClickAsync(
            new()
            {
                Position = new() { X = box.Width / 2, Y = box.Height / 2 },
            }
        );
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Lisbon");

        // The slider shows what had come by a day.
        await page.GetByLabel("As the memory was by").FillAsync("0");
        await Assertions.Expect(page.Locator("[data-moment]")).ToHaveTextAsync(new Regex(": 1$"));
        await visit.SeeAsync("memory-graph-early");
        await page.GetByLabel("As the memory was by").FillAsync("500");
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Lisbon");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_large_memory_opens_as_groups_which_a_search_and_the_keyboard_lead_into()
    {
        await using var visit = await Visit.OpenAsync(ColorScheme.Light, 1280, 900);
        await visit.ImportAsync(string.Join('\n', Circles(circles: 65, members: 100)));
        var page = visit.Page;
        await visit.SignInAsync("/console/memory/graph");
        var canvas = page.GetByRole(AriaRole.Application);
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("^Graph of 65 groups"));
        await Assertions.Expect(page.Locator("[data-picture][data-settled]")).ToBeVisibleAsync();
        await page.GetByLabel("Search in the picture").FillAsync("Member 7.42");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-state]")).ToHaveTextAsync(new Regex("found, in [0-9]+ groups?$"));
        var card = page.GetByRole(AriaRole.Complementary);
        await Assertions.Expect(card.GetByRole(AriaRole.Link, new() { Name = "Member 7.42", Exact = true })).ToBeVisibleAsync();
        await visit.SeeAsync("memory-graph-groups");
        await card.GetByRole(AriaRole.Link, new() { Name = "Open this group" }).ClickAsync();
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("^Graph of 100 entities"));
        // What was searched for is found again.
        await Assertions.Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Member 7.42");

        // By the keyboard to what has most relations, and on.
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Hub 7");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync(new Regex("^Member 7"));
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Hub 7");
        Assert.Empty(visit.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task On_a_phone_the_graph_is_a_list_with_the_picture_of_one_entity(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(scheme, 390, 844);
        await visit.ImportAsync(Life);
        var page = visit.Page;
        await visit.SignInAsync("/console/memory/graph");
        await Assertions.Expect(page.GetByRole(AriaRole.Application)).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.List).GetByRole(AriaRole.Link, new() { Name = "Clara Weiss" }).Last.ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Group, new() { NameRegex = new("^Clara Weiss and its neighbours") }))
            .ToBeVisibleAsync();
        await visit.SeeAsync("memory-graph-phone");
        // The data of the large picture was not fetched.
        Assert.DoesNotContain(visit.Requests, url => url.Contains("graph.json", StringComparison.Ordinal));
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Without_script_everything_is_there_but_the_moving_picture()
    {
        await using var visit = await Visit.OpenAsync(ColorScheme.Light, 1280, 900, script: false);
        await visit.ImportAsync(Life);
        await visit.SignInAsync("/console/memory/graph");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Application)).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Most related" })).ToBeVisibleAsync();
        await visit
            .Page.GetByRole(AriaRole.Link, new() { Name = "Clara Weiss, person" })
            .Or(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Clara Weiss" }))
            .First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("svg.ego")).ToBeVisibleAsync();
    }

    /// <summary>Circles of entities, each around a hub.</summary>
    private static IEnumerable<string> Circles(int circles, int members)
    {
        for (var circle = 0; circle < circles; circle++)
        {
            yield return $$"""{"type":"entity","name":"Hub {{circle}}","entityType":"project","observations":[]}""";
            for (var member = 1; member < members; member++)
            {
                yield return $$"""{"type":"entity","name":"Member {{circle}}.{{member}}","entityType":"person","observations":[]}""";
                yield return $$"""{"type":"relation","from":"Member {{circle}}.{{member}}","to":"Hub {{circle}}","relationType":"belongs to"}""";
            }
        }
    }

    private const string Life = """
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

    /// <summary>A browser at a gateway of its own.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        private readonly GatewayProcess gateway;
        private readonly IPlaywright playwright;
        private readonly IBrowser browser;
        private readonly ColorScheme scheme;
        private readonly int width;

        private Visit(GatewayProcess gateway, IPlaywright playwright, IBrowser browser, IPage page, ColorScheme scheme, int width)
        {
            (this.gateway, this.playwright, this.browser, Page, this.scheme, this.width) = (
                gateway,
                playwright,
                browser,
                page,
                scheme,
                width
            );
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                {
                    Problems.Add(message.Text);
                }
            };
            page.PageError += (_, error) => Problems.Add(error);
            page.Request += (_, request) =>
            {
                Requests.Add(request.Url);
                if (!request.Url.StartsWith(gateway.Url.AbsoluteUri, StringComparison.Ordinal))
                {
                    Problems.Add($"asked for {request.Url}");
                }
            };
        }

        public IPage Page { get; }

        public List<string> Problems { get; } = [];

        public List<string> Requests { get; } = [];

        public static async Task<Visit> OpenAsync(ColorScheme scheme, int width, int height, bool script = true)
        {
            var chromium = Tool.Require("chromium", "Install Debian's package chromium.");
            var gateway = await OAuthProcess.StartAsync(new Dictionary<string, string?> { ["MCP_BEARER_TOKENS"] = $"n8n={Token}" });
            var playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(30_000);
            var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
            var page = await browser.NewPageAsync(
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
            return new(gateway, playwright, browser, page, scheme, width);
        }

        public string At(string path) => new Uri(gateway.Url, path).AbsoluteUri;

        public async Task SignInAsync(string path)
        {
            await Page.GotoAsync(At(path));
            await Page.GetByLabel("Operator secret").FillAsync(OAuthProcess.Secret);
            await Page.Keyboard.PressAsync("Enter");
            await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
        }

        public async Task ImportAsync(string lines)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Url, "/import"))
            {
                Content = new StringContent(lines),
            };
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
                new()
                {
                    Path = Path.Combine(pictures.FullName, $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png"),
                    FullPage = true,
                }
            );
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
            await gateway.DisposeAsync();
        }
    }
}
