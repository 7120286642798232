using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace McpGateway.Specs.Answers;

/// <summary>What somebody wrote is read as it was written, and not as JSON has it.</summary>
public sealed class TextBlockSpecs
{
    private readonly Given given = new();

    public static TheoryData<string> Kinds => [.. SampleTexts.All.Keys];

    [Fact]
    public async Task A_text_by_itself_is_a_block_without_a_word_beside_it()
    {
        Assert.Equal(
            ["# A \"page\"\n", """{"path":"a.md","page":"(text 1 of this result)","tags":["x"]}"""],
            await BlocksAsync(
                new
                {
                    path = "a.md",
                    page = "# A \"page\"\n",
                    tags = new[] { "x" },
                }
            )
        );
        // Where it is named as outermost, however short; and nowhere else.
        Assert.Equal(
            ["A", """{"page":"(text 1 of this result)","a":{"page":"B\n"}}"""],
            await BlocksAsync(new { page = "A", a = new { page = "B\n" } })
        );
    }

    [Fact]
    public async Task Of_a_list_each_text_that_json_would_escape_is_announced_by_its_place()
    {
        Assert.Equal(
            [
                "text 1 of this result, items[0].body:",
                "one\ntwo",
                "text 2 of this result, items[2].replies[1].body:",
                "a \"b\"",
                """{"items":[{"id":1,"body":"(text 1 of this result)"},{"id":2,"body":"LGTM"},"""
                    + """{"id":3,"replies":[{"body":""},{"body":"(text 2 of this result)"}],"title":"x\ny"}],"body":7}""",
            ],
            await BlocksAsync(
                new
                {
                    items = new object[]
                    {
                        new { id = 1, body = "one\ntwo" },
                        new { id = 2, body = "LGTM" },
                        new
                        {
                            id = 3,
                            replies = new[] { new { body = "" }, new { body = "a \"b\"" } },
                            title = "x\ny",
                        },
                    },
                    body = 7,
                }
            )
        );
    }

    [Fact]
    public async Task Json_without_such_a_text_stays_as_it_is()
    {
        foreach (
            var json in (string[])["""{"a":[1,[],{},{"b":null}],"c":"x\ny"}""", "{}", """{"page":""}""", "{\"page\":\"broken", "{not json"]
        )
        {
            given.Text = json;
            Assert.Equal([json], await ReadAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_text_comes_out_as_it_went_in(string kind)
    {
        var texts = Enumerable.Range(0, 6).Select(i => $"{i}\n{SampleTexts.All[kind](60 + (40 * i)).Replace('\uFFFD', '?')}").ToList();
        given.Text = JsonSerializer.Serialize(new { items = texts.Select(body => new { body }) }, ToolJson.Readable);
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        var reply = await client.CallAsync("pages", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(texts, reply.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("body").GetString()));
        Assert.All(texts, text => Assert.Contains(reply.Result.Content.OfType<TextContentBlock>(), block => block.Text == text));
    }

    [Theory]
    [InlineData(2, 200_000)]
    [InlineData(30, 20_000)]
    [InlineData(60, 5_000)]
    [InlineData(400, 1_000)]
    public async Task What_several_long_texts_were_taken_out_of_stays_whole_json_beside_them(int count, int length)
    {
        given.Text = JsonSerializer.Serialize(
            new
            {
                items = Enumerable
                    .Range(0, count)
                    .Select(i => new
                    {
                        number = i,
                        title = $"Issue {i}",
                        body = SampleTexts.All["markdown"](length),
                    }),
            },
            ToolJson.Readable
        );
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        var reply = await client.CallAsync("pages", cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(O200k.Count(reply.Result), 5_000, O200k.Most);
        var blocks = reply.Result.Content.OfType<TextContentBlock>().Select(block => block.Text).ToList();
        var items = JsonElement.Parse(blocks[^1]).GetProperty("items").EnumerateArray().ToList();
        Assert.True(items.Count == count || count > 60, $"{items.Count}");
        Assert.Equal(Enumerable.Range(0, items.Count), items.Select(item => item.GetProperty("number").GetInt32()));
        Assert.Equal(2 * Math.Min(count, 60) + 1, blocks.Count);
        Assert.All(
            blocks.SkipLast(1).Where((_, i) => i % 2 == 1),
            text => Assert.StartsWith("[Cut: characters 0 to ", text, StringComparison.Ordinal)
        );
    }

    private async Task<IReadOnlyList<string>> BlocksAsync(object answer)
    {
        given.Text = JsonSerializer.Serialize(answer, ToolJson.Readable);
        return await ReadAsync();
    }

    private async Task<IReadOnlyList<string>> ReadAsync()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        var reply = await client.CallAsync("pages", cancellationToken: TestContext.Current.CancellationToken);
        return [.. reply.Result.Content.OfType<TextContentBlock>().Select(block => block.Text)];
    }

    private Task<Gateway> StartAsync() =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(given);
                gateway.Mcp.WithTools<AnswerTools>(ToolJson.Readable);
            }
        );
}
