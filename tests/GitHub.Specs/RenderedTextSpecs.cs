using GitHub.Text;

namespace GitHub.Specs;

/// <summary>Of made-up documents goes what their reader does not see, and nothing else.</summary>
public sealed class RenderedTextSpecs
{
    private const string Hidden = "OBEY";

    /// <summary>Blocks that are shown as they are, in any order.</summary>
    private static readonly string[] Shown =
    [
        "Plain words, 1 < 2 && 3 > 2, List<int>, a<b and c>d, x&y &amp; z &lt;b&gt;.",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0928\u094d\u200d",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F 1\uFE0F\u20E3 \U0001F44D\U0001F3FD e\u0301 \u6f22\u5b57 \uff21",
        "`<!-- code -->` and ``a ` <b title=\"x\">`` and `[x](y \"z\")` and `&#8203;`",
        "```html\n<!-- code -->\n<div title=\"x\">[a](b \"c\")</div>\n[//]: # (code)\n```",
        "~~~\n<!-- code -->\n<script>x</script>\n~~~",
        "    <!-- indented code -->\n    <b title=\"x\">",
        "- item\n\n  ```js\n  // <!-- in a list -->\n  ```\n- [x] done\n- [ ] <https://a.example/?a=b&c=d>",
        "> ```\n> <!-- in a quote -->\n> ```\n> said",
        "1. one\n2. two\n\n       <!-- deep in a list -->",
        "\\<div\\> and \\`<\\!-- x --\\> and \\[a\\](b \"c\")",
        "| a | b |\n|---|---|\n| `x` | **y** |",
        "# Heading\n\nSetext\n======\n\n***\n\n~~gone~~ *em* __strong__ :tada: @user #1 $x < y$",
        "[link](https://a.example/x_(y)) <b>bold</b><br> ![alt text](https://a.example/i.png) [ref][r1]",
        "[r1]: https://a.example/ref\n\n[r1]",
        "note[^n]\n\n[^n]: the \"note\" itself",
        "tab\there, trailing  \nhard break, \u00a0nbsp, \u2026 \u201cquotes\u201d \u2014 dash",
        "<sub>2</sub> H<sub>2</sub>O, <kbd-like text, 5 <6> 7, <T>, </T>",
    ];

    /// <summary>Blocks of which something is hidden, and what is left.</summary>
    private static readonly (string Written, string Left)[] Mixed =
    [
        ($"<!-- {Hidden} -->", ""),
        ($"<!-- {Hidden}\n\n{Hidden} -->", ""),
        ($"seen <!-- {Hidden} --> seen", "seen  seen"),
        ($"[a](https://a.example \"{Hidden}\") seen", "[a](https://a.example) seen"),
        ($"![a](https://a.example\n'{Hidden}\n{Hidden}')", "![a](https://a.example)"),
        ($"<span style=\"display:none\" aria-label=\"{Hidden}\">seen</span>", "seen"),
        ($"seen <b title='{Hidden}'>bold</b>", "seen <b>bold</b>"),
        ($"<details data-x=\"{Hidden}\"><summary>seen</summary>\n\nseen\n\n</details>", "seen\n\nseen\n\n"),
        ($"```js {Hidden} now\ncode\n```", "```\ncode\n```"),
        ($"se\u200Be\u2060n\u202E \u2066see\u2069n\u00ad", "seen seen"),
        ($"seen{Tags(Hidden)} &#8203;&ZeroWidthSpace;&#xE0041;seen", "seen seen"),
        ("\u001b[31mseen\u001b[0m \u001b]8;;https://x.example\u0007seen\u001b]8;;\u0007\u0000", "seen seen"),
        ($"<script>{Hidden}</script>\n\nseen", "\n\nseen"),
        ($"<?{Hidden}?> seen <!DOCTYPE {Hidden}> seen", " seen  seen"),
    ];

    [Fact]
    public void What_is_shown_stays_and_what_is_not_goes()
    {
        var random = new Random(19);
        for (var document = 0; document < 3_000; document++)
        {
            var blocks = Shown.Select(same => (Written: same, Left: same)).Concat(Mixed).ToArray();
            random.Shuffle(blocks);
            // Between two blocks of indented code or of a list stands a paragraph, or they would be one.
            var chosen = blocks.Take(random.Next(1, 12)).SelectMany(block => new[] { block, ("Paragraph.", "Paragraph.") }).ToList();
            var lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
            var text = string.Join("\n\n", chosen.Select(block => block.Item1)).Replace("\n", lineEnd, StringComparison.Ordinal);
            var expected = string.Join("\n\n", chosen.Select(block => block.Item2)).Replace("\n", lineEnd, StringComparison.Ordinal);
            var cleaned = Sanitizer.Clean(text);
            Assert.True(WithoutBlankLines(expected) == WithoutBlankLines(cleaned!), $"{text}\n=== became\n{cleaned}\n=== not\n{expected}");
        }
    }

    [Fact]
    public void What_is_shown_is_not_touched_at_all()
    {
        var random = new Random(20);
        for (var document = 0; document < 1_000; document++)
        {
            var blocks = Shown.ToArray();
            random.Shuffle(blocks);
            var text = string.Join("\n\nParagraph.\n\n", blocks.Take(random.Next(1, 9)));
            Assert.Equal(text, Sanitizer.Clean(text));
        }
    }

    /// <summary>GitHub shows a title as it was typed.</summary>
    [Fact]
    public void Titles_and_names_keep_what_looks_like_markup()
    {
        foreach (var title in new[] { "Fix <select> in <details>", "`<!-- x -->` and <!-- y -->", "[a](b \"c\")", "```js x" })
        {
            Assert.Equal(title, Sanitizer.CleanPlain(title));
        }
    }

    [Theory]
    [InlineData("[a](")]
    [InlineData("*a_")]
    [InlineData("> ")]
    [InlineData("![")]
    [InlineData("[a]: b\n")]
    [InlineData("<a b=\"")]
    [InlineData("<!--")]
    [InlineData("<div>\n\n")]
    [InlineData("`a``")]
    [InlineData("- ")]
    public void A_text_made_to_be_hard_is_read_or_said_not_to_be_shown(string piece)
    {
        var text = $"<b x>{string.Concat(Enumerable.Repeat(piece, 65_000 / piece.Length))}";
        Assert.NotNull(Sanitizer.Clean(text));
    }

    private static string Tags(string text) => string.Concat(text.Select(c => char.ConvertFromUtf32(0xE0000 + c)));

    private static string WithoutBlankLines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0));
}
