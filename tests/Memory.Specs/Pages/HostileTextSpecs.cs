using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Specs;

namespace Memory.Specs.Pages;

/// <summary>Models store what they were told, and some of it was told by an attacker: on the pages it is text.</summary>
public sealed partial class HostileTextSpecs
{
    private static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></textarea></style><svg onload=alert(1)>",
        "javascript:alert(1)",
        "{{7*7}} ${7*7} {0} {1:X}",
        "&lt;b&gt; &amp;amp; \u2028 \u202Eevil\u202C",
    ];

    [Fact]
    public async Task Stored_text_never_becomes_markup()
    {
        await using var console = await MemoryConsole.OpenAsync();
        foreach (var text in Texts)
        {
            await console.Memory.CreateAsync(text, text, text);
            await console.Memory.CreateAsync(text + "s", text, text);
            await console.Memory.RelateAsync(text, text + "s", text);
            await console.Memory.CallAsync(
                "update_observations",
                new
                {
                    updates = new[]
                    {
                        new
                        {
                            entityName = text,
                            oldObservation = text,
                            newObservation = text + "!",
                        },
                    },
                }
            );
        }

        await console.Memory.CallAsync("delete_entities", new { entityNames = new[] { Texts[0] + "s" } });
        var pages = 0;
        foreach (var text in Texts)
        {
            var name = Uri.EscapeDataString(text);
            foreach (
                var path in (string[])
                    [
                        "",
                        $"?q={name}",
                        $"?type={name}",
                        $"/entity?name={name}",
                        $"/entity?name={name}s",
                        $"/entity?name={name}%20unknown",
                        $"/delete?name={name}",
                        $"/merge?from={name}",
                        $"/merge?from={name}&into={Uri.EscapeDataString(Texts[1])}s",
                        $"/merge?from={name}&q={name}",
                        $"/relation?from={name}&to={name}&type={name}",
                        $"/changes?entity={name}",
                        $"/changes?since={name}",
                        $"/graph?name={name}",
                        $"/graph?cluster={name}",
                        "/changes",
                        "/duplicates",
                    ]
            )
            {
                using var response = await console.Browser.GetAsync($"/console/memory{path}");
                var page = await response.TextAsync();
                Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
                AssertOnlyOurMarkup(page, path);
                pages++;
            }

            var document = JsonDocument.Parse(await console.Browser.ReadAsync("/console/memory/graph.json"));
            Assert.Contains(
                document.RootElement.GetProperty("entities").EnumerateArray(),
                entity => entity.GetProperty("name").GetString() == text
            );
        }

        Assert.Equal(17 * Texts.Length, pages);
    }

    private static void AssertOnlyOurMarkup(string page, string path)
    {
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        foreach (var tag in Tag().Matches(page).Select(match => match.Value))
        {
            Assert.False(Handler().IsMatch(Value().Replace(tag, "\"\"")), $"{path}: {tag}");
            Assert.DoesNotMatch("(?i)(href|src|action)=\"javascript:", tag);
        }

        // Every script of a page is a file of ours.
        Assert.All(
            Script().Matches(page).Select(match => match.Value),
            script => Assert.Matches("^<script type=\"module\" src=\"/console/assets/[a-z]+-[0-9a-f]{12}\\.js\">$", script)
        );
    }

    [GeneratedRegex("<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\son[a-z]+\\s*=")]
    private static partial Regex Handler();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Value();
}
