using System.Text.RegularExpressions;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Views;

/// <summary>The views of tools inside a chat, as a person sees them. Screenshots stay in artifacts/screenshots.</summary>
public sealed class ChatViewSpecs
{
    private const string Hostile = "<img src=x onerror=\\\"parent.postMessage('hacked','*')\\\"></script><b>Eve</b>";

    [Theory]
    [InlineData(ColorScheme.Light, 720)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task A_person_walks_in_the_memory_inside_the_chat(ColorScheme scheme, int width)
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory");
        await FillAsync(gateway);
        await using var chat = await Chat.OpenAsync(gateway, scheme, width);
        var (page, view) = (chat.Page, chat.View);
        Assert.Equal("memory-graph", await chat.ShowAsync("show_memory_graph", """{"limit":4}"""));
        var canvas = view.GetByRole(AriaRole.Application);
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("^Graph of 4 entities"));
        await Assertions.Expect(view.GetByText("4 of 6 entities")).ToBeVisibleAsync();
        // The host gives it the room that it asks for.
        await Assertions.Expect(page.Locator("iframe")).ToHaveAttributeAsync("style", new Regex("height: [3-6][0-9][0-9]px"));
        Assert.True(await PaintedAsync(chat), "Nothing is drawn on the canvas.");

        // By keyboard: the picture zooms and goes back; by the mouse an entity is chosen, and its neighbours lead on.
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("0");
        await ChooseAsync(chat, canvas, "--type-0", "Ada");
        await Assertions.Expect(view.GetByText("person · 4 relations")).ToBeVisibleAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "works at → Acme" }).ClickAsync();
        await Assertions.Expect(view.GetByRole(AriaRole.Heading, new() { Name = "Acme" })).ToBeVisibleAsync();
        await chat.SeeAsync("chat-graph");
        await view.GetByRole(AriaRole.Button, new() { Name = "Show what is around it" }).ClickAsync();
        await Assertions.Expect(canvas).ToHaveAttributeAsync("aria-label", new Regex("^Graph of 6 entities"));
        Assert.Equal(["""show_memory_graph {"name":"Acme"}"""], chat.Asked);
        await Assertions.Expect(view.GetByRole(AriaRole.Heading, new() { Name = "Acme" })).ToBeVisibleAsync();

        // Stored text is text.
        await view.GetByRole(AriaRole.Button, new() { Name = "Eve" }).First.ClickAsync();
        await Assertions
            .Expect(view.GetByRole(AriaRole.Heading, new() { Level = 2 }))
            .ToHaveTextAsync(System.Text.Json.Nodes.JsonNode.Parse($"\"{Hostile}\"")!.ToString());
        Assert.Equal(0, await view.Locator("img, b, script:not(:first-of-type)").CountAsync());
        await chat.SeeAsync("chat-graph-hostile");
        Assert.Empty(chat.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 720)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task A_person_sees_what_was_called_inside_the_chat(ColorScheme scheme, int width)
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory");
        await using var chat = await Chat.OpenAsync(gateway, scheme, width);
        var view = chat.View;
        await chat.CallAsync("tools/call", """{"name":"read_graph","arguments":{}}""");
        await chat.CallAsync("tools/call", """{"name":"read_graph","arguments":{}}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            chat.CallAsync("tools/call", "{\"name\":\"" + Hostile + "\",\"arguments\":{}}")
        );
        await gateway.WaitForAuditAsync(line => line.Contains("Eve", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal("activity", await chat.ShowAsync("show_activity", "{}"));
        await Assertions.Expect(view.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Calls of anonymous");
        await Assertions.Expect(view.GetByRole(AriaRole.Listitem).First).ToHaveTextAsync("3calls");
        await Assertions.Expect(view.GetByRole(AriaRole.Img, new() { Name = "Calls by hour, last 24 hours" })).ToBeVisibleAsync();
        await Assertions.Expect(view.GetByRole(AriaRole.Region, new() { Name = "Newest" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        // Names that callers made up are text.
        await Assertions.Expect(view.GetByRole(AriaRole.Region, new() { Name = "By tool" })).ToContainTextAsync("<img src=x onerror=");
        Assert.Equal(0, await view.Locator("img, b, script:not(:first-of-type)").CountAsync());
        await Assertions.Expect(chat.Page.Locator("iframe")).ToHaveAttributeAsync("style", new Regex("height: [3-9][0-9][0-9]px"));
        await chat.SeeAsync("chat-activity");

        // By keyboard to another time, which the view asks for.
        await view.GetByRole(AriaRole.Button, new() { Name = "7 days" }).FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(view.GetByRole(AriaRole.Img, new() { Name = "Calls by day, last 7 days" })).ToBeVisibleAsync();
        await Assertions.Expect(view.GetByRole(AriaRole.Button, new() { Name = "7 days" })).ToBeFocusedAsync();
        Assert.Equal(["""show_activity {"days":7}"""], chat.Asked);
        await chat.SeeAsync("chat-activity-week");
        Assert.Empty(chat.Problems);
    }

    private static async Task<bool> PaintedAsync(Chat chat)
    {
        await chat.Frame.WaitForFunctionAsync(
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
    private static async Task ChooseAsync(Chat chat, ILocator canvas, string colour, string name)
    {
        var dots = await chat.Frame.EvaluateAsync<float[][]>(
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
            if (await chat.View.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).CountAsync() > 0)
            {
                return;
            }
        }

        Assert.Fail($"{name} is nowhere in the picture of {dots.Length} dots.");
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
}
