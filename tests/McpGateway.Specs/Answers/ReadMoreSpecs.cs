using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace McpGateway.Specs.Answers;

/// <summary>What was left out is found, listed and read by its caller alone, for a while.</summary>
public sealed class ReadMoreSpecs : LongAnswerGateway
{
    [Fact]
    public async Task Instead_of_paging_a_caller_finds_words_and_reads_from_there()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        var page = SampleTexts.All["English"](300_000) + "\nThe Price is 42 euros.\n" + SampleTexts.All["English"](300_000);
        foreach (var text in (string[])[page, JsonSerializer.Serialize(new { page, other = "x" })])
        {
            given.Text = text;
            var cursor = CursorOf(await CallAsync(client, "answer"))!;
            var found = await CallAsync(client, "read_more", new { cursor, find = "the price IS" });
            Assert.StartsWith("'the price IS' is in 1 place,", found, StringComparison.Ordinal);
            Assert.Contains("42 euros", found, StringComparison.Ordinal);
            var part = await CallAsync(client, "read_more", new { cursor = ListedCursor().Match(found).Groups[1].Value });
            Assert.InRange(part.IndexOf("The Price is 42 euros.", StringComparison.Ordinal), 0, 1_000);
            Assert.StartsWith(
                "'nowhere' is not in this answer of ",
                await CallAsync(client, "read_more", new { cursor, find = "nowhere" }),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_outline_lists_the_headings_with_cursors()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        var page = "# Handbook\n" + SampleTexts.All["markdown"](200_000);
        foreach (var text in (string[])[page, JsonSerializer.Serialize(new { page, other = "x" })])
        {
            given.Text = text;
            var cursor = CursorOf(await CallAsync(client, "answer"))!;
            var outline = await CallAsync(client, "read_more", new { cursor, outline = true });
            Assert.Contains(": # Handbook", outline, StringComparison.Ordinal);
            Assert.Contains(": ## Step 100\n", outline, StringComparison.Ordinal);
            var at = Regex.Match(outline, "- ([0-9a-f.]+)[^\n]*: ## Step 100\n").Groups[1].Value;
            Assert.InRange(
                (await CallAsync(client, "read_more", new { cursor = at })).IndexOf("## Step 100", StringComparison.Ordinal),
                0,
                1_000
            );
        }
    }

    [Fact]
    public async Task The_rest_is_its_callers_alone_and_is_kept_for_15_minutes_after_its_last_reading()
    {
        await using var gateway = await StartAsync();
        await using var ann = await SpecClient.ConnectAsync(gateway, Ann);
        await using var bob = await SpecClient.ConnectAsync(gateway, Bob);
        given.Text = SampleTexts.All["English"](400_000);
        var cursor = CursorOf(await CallAsync(ann, "answer"))!;
        Assert.Equal(await CallAsync(ann, "read_more", new { cursor }), await CallAsync(ann, "firecrawl_read_more", new { cursor }));
        Assert.Contains("is invalid or has expired", await FailAsync(bob, cursor), StringComparison.Ordinal);
        for (var reading = 0; reading < 3; reading++)
        {
            time.Advance(TimeSpan.FromMinutes(14));
            await CallAsync(ann, "read_more", new { cursor });
        }

        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("Call the tool again that gave the result", await FailAsync(ann, cursor), StringComparison.Ordinal);
    }
}
