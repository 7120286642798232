using System.Text.Json;
using McpGateway.Specs.Answers;
using McpGateway.State;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.State;

/// <summary>What was too long to send at one instance is read on at every other that shares its state, by its caller alone.</summary>
public sealed class SharedAnswerSpecs(SharedDatabase database) : LongAnswerGateway, IClassFixture<SharedDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text")]
    [InlineData("JSON")]
    [InlineData("texts in JSON")]
    public async Task Read_at_three_instances_by_turns_it_is_what_one_would_have_given(string form)
    {
        given.Text = form switch
        {
            "text" => SampleTexts.All["Japanese"](100_000),
            "JSON" => JsonSerializer.Serialize(Enumerable.Range(0, 8_000).Select(i => new { i, name = $"Entry {i}" })),
            _ => JsonSerializer.Serialize(
                new { pages = Enumerable.Range(0, 8).Select(i => new { i, text = SampleTexts.All["markdown"](40_000) }) }
            ),
        };
        await using var fleet = await FleetAsync(3);
        var first = await CallAsync(fleet.Clients[0], "answer");
        var whole = await ReadAsync(first, _ => fleet.Clients[0]);
        Assert.InRange(whole.Count, 3, 100);
        Assert.Equal(whole, await ReadAsync(first, turn => fleet.Clients[(turn + 1) % 3]));
        // Nobody has been where this one begins.
        var last = whole.Select(CursorOf).Last(cursor => cursor is not null);
        await fleet.AddAsync(() => StartAsync(("STATE", fleet.Url)));
        Assert.Equal(whole[^1], await CallAsync(fleet.Clients[^1], "read_more", new { cursor = last }));
    }

    [Fact]
    public async Task Words_and_headings_are_found_at_another_and_lead_on_at_a_third()
    {
        var page =
            "# Handbook\n" + SampleTexts.All["markdown"](200_000) + "\nThe price is 42 euros.\n" + SampleTexts.All["markdown"](50_000);
        await using var fleet = await FleetAsync(3);
        foreach (var text in (string[])[page, JsonSerializer.Serialize(new { page, other = "x" })])
        {
            given.Text = text;
            var cursor = CursorOf(await CallAsync(fleet.Clients[0], "answer"));
            var found = await CallAsync(fleet.Clients[1], "read_more", new { cursor, find = "the PRICE is" });
            var there = ListedCursor().Match(found).Groups[1].Value;
            Assert.Contains("42 euros", await CallAsync(fleet.Clients[2], "read_more", new { cursor = there }), StringComparison.Ordinal);
            var outline = await CallAsync(fleet.Clients[2], "read_more", new { cursor, outline = true });
            Assert.Contains(": # Handbook", outline, StringComparison.Ordinal);
            Assert.Equal(outline, await CallAsync(fleet.Clients[0], "read_more", new { cursor, outline = true }));
        }
    }

    [Fact]
    public async Task It_is_nobody_elses_and_nothing_of_it_can_be_read_in_the_database()
    {
        given.Text = $"{SampleTexts.All["English"](300_000)} the-secret-of-ann";
        await using var fleet = await FleetAsync(2);
        var cursor = CursorOf(await CallAsync(fleet.Clients[0], "answer"))!;
        await using var bob = await SpecClient.ConnectAsync(fleet.Gateways[1], Bob);
        Assert.Contains("is invalid or has expired", await FailAsync(bob, cursor), StringComparison.Ordinal);
        Assert.Contains("is invalid or has expired", await FailAsync(fleet.Clients[1], $"{cursor}9999999"), StringComparison.Ordinal);
        Assert.Contains(
            "is invalid or has expired",
            await FailAsync(fleet.Clients[1], $"{new string('x', 32)}.0"),
            StringComparison.Ordinal
        );

        var stored = await database.Server.RunSqlAsync(
            new Uri(fleet.Url).AbsolutePath[1..],
            "SELECT name || ' ' || encode(content, 'escape') FROM spec_mcp_state.kept_answers"
        );
        Assert.NotEmpty(stored);
        Assert.DoesNotContain("secret-of-ann", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("dignity", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(cursor.Split('.')[0], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_database_the_own_instance_reads_on_and_another_says_what_is_the_matter()
    {
        given.Text = SampleTexts.All["English"](300_000);
        await using var fleet = await FleetAsync(2);
        var before = CursorOf(await CallAsync(fleet.Clients[0], "answer"))!;
        await database.Server.KillAsync();
        try
        {
            var told = await time.WhileAsync(FailAsync(fleet.Clients[1], before));
            Assert.Contains("cannot be read at present", told, StringComparison.Ordinal);
            var cursor = CursorOf(await time.WhileAsync(CallAsync(fleet.Clients[0], "answer")))!;
            Assert.NotEmpty(await time.WhileAsync(CallAsync(fleet.Clients[0], "read_more", new { cursor })));
            Assert.NotEmpty(await time.WhileAsync(CallAsync(fleet.Clients[0], "read_more", new { cursor = before })));
        }
        finally
        {
            await database.Server.StartServerAsync();
        }
    }

    [Fact]
    public async Task There_is_room_for_64_MB_and_what_has_expired_is_gone()
    {
        await using var fleet = await FleetAsync(1);
        var kept = fleet.Gateways[0].Services.GetRequiredService<KeptAnswers>();
        var life = TimeSpan.FromMinutes(15);
        var large = new byte[25_000_000];
        await kept.KeepAsync("expired", [1], TimeSpan.Zero, Cancellation);
        Assert.Null(await kept.FindAsync("expired", life, Cancellation));
        await kept.KeepAsync("first", large, life, Cancellation);
        await kept.KeepAsync("second", large, life, Cancellation);
        await kept.ProlongAsync("first", life, Cancellation);
        await kept.KeepAsync("third", large, life, Cancellation);
        Assert.Null(await kept.FindAsync("second", life, Cancellation));
        Assert.NotNull(await kept.FindAsync("first", life, Cancellation));
        Assert.NotNull(await kept.FindAsync("third", life, Cancellation));
    }

    private static async Task<List<string>> ReadAsync(string first, Func<int, SpecClient> at)
    {
        var parts = new List<string> { first };
        for (var cursor = CursorOf(first); cursor is not null; cursor = CursorOf(parts[^1]))
        {
            parts.Add(await CallAsync(at(parts.Count), "read_more", new { cursor }));
        }

        return parts;
    }

    private async Task<Fleet> FleetAsync(int count)
    {
        var fleet = new Fleet(await database.CreateAsync());
        for (var i = 0; i < count; i++)
        {
            await fleet.AddAsync(() => StartAsync(("STATE", fleet.Url)));
        }

        return fleet;
    }

    /// <summary>Instances on one state, with a client of Ann's at each.</summary>
    private sealed class Fleet(string url) : IAsyncDisposable
    {
        public string Url => url;

        public List<Gateway> Gateways { get; } = [];

        public List<SpecClient> Clients { get; } = [];

        public async Task AddAsync(Func<Task<Gateway>> start)
        {
            Gateways.Add(await start());
            Clients.Add(await SpecClient.ConnectAsync(Gateways[^1], Ann));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in Clients)
            {
                await client.DisposeAsync();
            }

            foreach (var gateway in Gateways)
            {
                await gateway.DisposeAsync();
            }
        }
    }
}
