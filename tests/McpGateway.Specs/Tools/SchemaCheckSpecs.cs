using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
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
}
