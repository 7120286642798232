using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>A schema that says more, or less, than calls are checked for stops the start.</summary>
public sealed class SchemaCheckSpecs
{
    [Fact]
    public async Task A_keyword_that_no_call_is_checked_for_stops_the_start_with_its_name()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(StartAsync<PatternTools>);
        Assert.Contains("The input schema of by_pattern.code uses 'pattern'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_without_a_type_stops_the_start_with_its_place()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(StartAsync<UntypedTools>);
        Assert.Contains("The input schema of anything.values[] has no type", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"abcdef"}""", "name: has 6 characters, at most 5 are allowed.")]
    [InlineData("""{"name":"abc","tags":["a","b","c"]}""", "tags: has 3 items, at most 2 are allowed.")]
    public async Task Lengths_are_checked(string arguments, string said)
    {
        await using var gateway = await StartAsync<LengthTools>();
        using var response = await gateway.PostAsync(SpecService.Call("by_length", arguments));
        Assert.EndsWith(said, await response.ToolTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>LangChain's adapters keep nothing of a union but its objects; Gemini refuses a list with one value of no type.</summary>
    [Theory]
    [InlineData("size", """{"type":"string"}""")]
    [InlineData("target", """{"anyOf":[{"type":"string"},{"type":"object"}]}""")]
    [InlineData("tags", """{"type":"array","items":{"type":"string"}}""")]
    public async Task A_union_without_an_object_is_listed_as_its_first_shape(string parameter, string listed)
    {
        await using var gateway = await StartAsync<UnionTools>();
        using var list = await ListAsync(gateway);
        var tool = list.RootElement.GetProperty("result").GetProperty("tools")[0];
        Assert.Equal(listed, tool.GetProperty("inputSchema").GetProperty("properties").GetProperty(parameter).GetRawText());
    }

    [Theory]
    [InlineData("""{"size":"5","target":"a","tags":["x"]}""", "String String String")]
    [InlineData("""{"size":5,"target":{"a":1},"tags":[7]}""", "Number Object Number")]
    [InlineData("""{"size":true,"target":"{\"a\":1}","tags":["7"]}""", "True Object String")]
    public async Task Each_shape_of_a_union_is_taken_as_it_comes(string arguments, string kinds)
    {
        await using var gateway = await StartAsync<UnionTools>();
        using var response = await gateway.PostAsync(SpecService.Call("by_union", arguments));
        Assert.Equal(kinds, await response.ToolTextAsync());
    }

    [Theory]
    [InlineData("value")]
    [InlineData("maybe")]
    public async Task A_result_that_may_be_anything_says_so_by_types(string member)
    {
        await using var gateway = await StartAsync<AnyResultTools>();
        using var list = await ListAsync(gateway);
        var output = list.RootElement.GetProperty("result").GetProperty("tools")[0].GetProperty("outputSchema");
        Assert.Equal(
            ["string", "number", "boolean", "object", "array"],
            output
                .GetProperty("properties")
                .GetProperty(member)
                .GetProperty("anyOf")
                .EnumerateArray()
                .Select(shape => shape.GetProperty("type").GetString())
        );
    }

    private static async Task<JsonDocument> ListAsync(Gateway gateway)
    {
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<Gateway> StartAsync<TTools>() =>
        Gateway.StartAsync(SpecService.Definition, gateway => gateway.Mcp.WithTools<TTools>());

    private sealed class PatternTools
    {
        [McpServerTool(Name = "by_pattern")]
        public static string Run([RegularExpression("^[A-Z]+$")] string code) => code;
    }

    private sealed class UntypedTools
    {
        [McpServerTool(Name = "anything")]
        public static string Run(JsonElement[] values) => $"{values.Length}";
    }

    private sealed class LengthTools
    {
        [McpServerTool(Name = "by_length")]
        public static string Run([MaxLength(5)] string name, [MaxLength(2)] string[]? tags = null) => $"{name}{tags?.Length}";
    }

    [McpServerToolType]
    private sealed class UnionTools
    {
        [McpServerTool(Name = "by_union")]
        public static string Run(
            [JsonShape("string", "number", "boolean")] JsonElement size,
            [JsonShape("string", "object")] JsonElement target,
            [JsonShape("string", "number")] JsonElement[] tags
        ) => $"{size.ValueKind} {target.ValueKind} {tags[0].ValueKind}";
    }

    [McpServerToolType]
    private sealed class AnyResultTools
    {
        [McpServerTool(Name = "anything", UseStructuredContent = true)]
        public static AnyResult Run() => new(default, null);
    }

    private sealed record AnyResult(JsonElement Value, JsonElement? Maybe);
}
