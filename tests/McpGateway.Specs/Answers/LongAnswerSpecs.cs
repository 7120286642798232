using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Protocol;

namespace McpGateway.Specs.Answers;

/// <summary>No answer is longer than its reader can take in, and whatever it is, all of it can be read.</summary>
public sealed class LongAnswerSpecs : LongAnswerGateway
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_text_of_any_kind_is_read_to_its_end_in_parts_of_at_most_20000_tokens(string kind)
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = SampleTexts.All[kind](150_000).Replace('\uFFFD', '?');
        var (parts, text) = await ReadTextAsync(client, "answer");
        Assert.InRange(parts, 2, 40);
        Assert.Equal(given.Text, text);
    }

    [Fact]
    public async Task A_dictionary_of_20000_members_stays_json_and_is_read_to_its_end()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = JsonSerializer.Serialize(Enumerable.Range(0, 20_000).ToDictionary(i => $"key{i}", i => $"value \"{i}\""));
        var (first, rest) = await ReadJsonAsync(client, "answer");
        Assert.StartsWith("{\"moreCursor\":", first.ToJsonString(), StringComparison.Ordinal);
        Assert.Matches("^\\$: only the first [0-9]+ of 20000 members$", (string?)first["cut"]![0]);
        var members = first.Where(member => member.Key.StartsWith("key", StringComparison.Ordinal)).Select(member => (string?)member.Value);
        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => $"value \"{i}\""),
            members.Concat(rest.SelectMany(piece => piece["value"]!.AsObject().Select(member => (string?)member.Value)))
        );
    }

    [Fact]
    public async Task A_list_is_cut_between_items_in_both_forms_and_keeps_to_the_schema_of_its_tool()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        var reply = await client.CallAsync("records", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(reply.Text, reply.Result.StructuredContent!.Value.GetRawText());
        var (first, rest) = await ReadJsonAsync(client, "records");
        Assert.True((bool?)first["complete"]);
        Assert.Equal(
            Enumerable.Range(0, 20_000),
            first["items"]!
                .AsArray()
                .Concat(rest.Where(piece => (string?)piece["path"] == "$.items").SelectMany(piece => piece["value"]!.AsArray()))
                .Select(item => (int)item!["id"]!)
        );
    }

    [Fact]
    public async Task Long_texts_in_json_are_cut_to_the_same_length_and_each_goes_on_at_its_path()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        var texts = Enumerable.Range(0, 30).Select(i => SampleTexts.All["emoji of several parts"](600 * i) + "\"\\\n").ToList();
        given.Text = JsonSerializer.Serialize(new { pages = texts.Select((text, i) => new { i, text }), total = 30 }, ToolJson.Readable);
        var (first, rest) = await ReadJsonAsync(client, "answer");
        Assert.Equal(30, (int?)first["total"]);
        Assert.Equal(
            texts,
            first["pages"]!
                .AsArray()
                .Select(
                    (page, i) =>
                        (string?)page!["text"]
                        + string.Concat(
                            rest.Where(piece => (string?)piece["path"] == $"$.pages[{i}].text").Select(piece => (string?)piece["value"])
                        )
                )
        );
    }

    [Fact]
    public async Task What_looks_like_json_and_is_not_is_cut_as_text()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        foreach (
            var text in (string[])
                [
                    "{\"" + new string('x', 200_000),
                    "[\"a\" " + string.Concat(Enumerable.Repeat("{ ", 80_000)),
                    "{\"a\":1}" + SampleTexts.All["code"](200_000),
                ]
        )
        {
            given.Text = text;
            Assert.Equal(text, (await ReadTextAsync(client, "answer")).Text);
        }
    }

    [Fact]
    public async Task Small_facts_stay_beside_a_long_text()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = SampleTexts.All["code"](200_000);
        var reply = await client.CallAsync("facts", cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("[Cut: characters 0 to ", reply.Text, StringComparison.Ordinal);
        Assert.Equal("a.txt", reply.Result.StructuredContent!.Value.GetProperty("path").GetString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Several_long_texts_share_the_room_and_a_short_one_stays_whole(string kind)
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = SampleTexts.All[kind](150_000).Replace('\uFFFD', '?');
        var result = (await client.CallAsync("texts", cancellationToken: TestContext.Current.CancellationToken)).Result;
        Assert.InRange(O200k.Count(result), 5_000, O200k.Most);
        Assert.Equal(
            ["[Cut: ", "short", "[Cut: ", "[Cut: "],
            result.Content.Select(block => ((TextContentBlock)block).Text).Select(text => text[..Math.Min(6, text.Length)])
        );
        Assert.Equal("a.txt", result.StructuredContent!.Value.GetProperty("path").GetString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_error_a_prompt_and_a_resource_are_no_longer_either(string kind)
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = SampleTexts.All[kind](150_000).Replace('\uFFFD', '?');
        var error = await client.Mcp.CallToolAsync("fail", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(error.IsError);
        var prompt = await client.Mcp.GetPromptAsync("prompt", cancellationToken: TestContext.Current.CancellationToken);
        var resource = await client.Mcp.ReadResourceAsync("spec://given", cancellationToken: TestContext.Current.CancellationToken);
        foreach (
            var text in (string[])
                [
                    ((TextContentBlock)error.Content[0]).Text,
                    ((TextContentBlock)prompt.Messages[0].Content).Text,
                    ((TextResourceContents)resource.Contents[0]).Text,
                ]
        )
        {
            Assert.InRange(O200k.Count(text), 1_000, O200k.Most);
            var cursor = CursorOf(text)!;
            Assert.StartsWith("[", await CallAsync(client, "read_more", new { cursor }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_operator_sets_how_long_answers_are()
    {
        await using var gateway = await StartAsync(("ANSWER_TOKENS", "5000"));
        await using var client = await SpecClient.ConnectAsync(gateway, Ann);
        given.Text = SampleTexts.All["English"](60_000);
        Assert.InRange(O200k.Count(await CallAsync(client, "answer")), 2_000, 5_000);
    }
}
