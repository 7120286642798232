using System.Text.Json.Nodes;

namespace Memory.Specs.Tools;

/// <summary>Prompts with arguments as clients send them.</summary>
public sealed class PromptSpecs
{
    [Theory]
    [InlineData("use_memory", """{"topic":"sailing"}""", "search_nodes for \"sailing\"")]
    [InlineData("use_memory", """{"Topic":"sailing"}""", "search_nodes for \"sailing\"")]
    [InlineData("use_memory", """{"topic":2026}""", "search_nodes for \"2026\"")]
    [InlineData("use_memory", """{"topic":null}""", "search_nodes for the person")]
    [InlineData("use_memory", """{"topic":""}""", "search_nodes for the person")]
    [InlineData("use_memory", """{"topic":{}}""", "search_nodes for the person")]
    [InlineData("use_memory", "{}", "search_nodes for the person")]
    [InlineData("import_conversation", """{"text":"I moved to Bern."}""", "I moved to Bern.")]
    public async Task A_prompt_takes_its_argument_or_none(string prompt, string arguments, string told)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await GetAsync(memory, prompt, arguments);
        Assert.Contains(told, (string?)answer["result"]?["messages"]?[0]?["content"]?["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"subject":"sailing"}""", "The prompt 'use_memory' has no argument 'subject': there are topic.")]
    [InlineData("""{"topic":["a","b"]}""", "The argument 'topic' of the prompt 'use_memory' is no string.")]
    [InlineData("""{"topic":"a","Topic":"b"}""", "The prompt 'use_memory' got the argument 'topic' twice: give it once.")]
    public async Task An_argument_that_would_be_left_out_is_refused(string arguments, string words)
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.Equal(words, (string?)(await GetAsync(memory, "use_memory", arguments))["error"]?["message"]);
    }

    private static async Task<JsonNode> GetAsync(MemoryGateway memory, string prompt, string arguments)
    {
        using var response = await memory.Gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"{{prompt}}","arguments":{{arguments}} } }""",
            configure: request => request.Headers.Accept.ParseAdd("application/json")
        );
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
