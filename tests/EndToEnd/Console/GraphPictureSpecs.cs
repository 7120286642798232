using System.Text.RegularExpressions;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>The graph as a picture in Chromium: by hand, by keyboard, on a phone and without script. Screenshots stay in artifacts/screenshots.</summary>
public sealed class GraphPictureSpecs
{
    private const string HasItsGround = """
        () => {
          const canvas = document.querySelector('canvas');
          const [red, green, blue] = canvas.getContext('2d').getImageData(2, 2, 1, 1).data;
          return getComputedStyle(canvas).backgroundColor === `rgb(${red}, ${green}, ${blue})`;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_graph_is_a_picture_to_walk_in(ColorScheme scheme)
    {
        await using var visit = await MemoryVisit.OpenAsync(scheme, 1280, 900);
        await visit.ImportAsync(MemoryVisit.Life);
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
        await using var visit = await MemoryVisit.OpenAsync(ColorScheme.Light, 1280, 900);
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
        await using var visit = await MemoryVisit.OpenAsync(scheme, 390, 844);
        await visit.ImportAsync(MemoryVisit.Life);
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
        await using var visit = await MemoryVisit.OpenAsync(ColorScheme.Light, 1280, 900, script: false);
        await visit.ImportAsync(MemoryVisit.Life);
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
}
