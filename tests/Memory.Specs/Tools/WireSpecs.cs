using System.Text.Json.Nodes;

namespace Memory.Specs.Tools;

public sealed class WireSpecs
{
    [Fact]
    public async Task A_graph_of_200_entities_is_at_least_15_percent_smaller_than_with_the_sdks_own_encoder()
    {
        await using var memory = await MemoryGateway.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            await memory.CreateAsync($"person {i}", "person", "lives in Berlin", "likes \"tea\" & 😀");
        }

        using var response = await memory.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""",
            configure: request => request.Headers.Accept.ParseAdd("application/json")
        );
        var plain = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var before = System.Text.Encoding.UTF8.GetByteCount(JsonNode.Parse(plain)!.ToJsonString());
        Assert.True(plain.Length * 100 <= before * 85, $"{plain.Length} bytes, {before} before");
    }
}
