using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Selection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>Of a tool that has one, the listing that the service embeds is listed; its method is looked into at its first call.</summary>
public sealed class ListingSpecs
{
    private static readonly GatewayService Service = SpecService.Definition with { Listings = typeof(ListingSpecs).Assembly };

    [Fact]
    public async Task A_tool_is_listed_as_its_listing_says()
    {
        await using var gateway = await StartAsync();
        var tool = await FindAsync(gateway, "by_listing");
        Assert.Equal("As the listing says.", tool.GetProperty("description").GetString());
        Assert.True(tool.TryGetProperty("outputSchema", out _));
    }

    [Fact]
    public async Task A_listing_that_the_method_no_longer_makes_is_told_at_the_first_call_with_what_renews_it()
    {
        await using var gateway = await StartAsync();
        await FindAsync(gateway, "by_listing");
        Assert.DoesNotContain(gateway.Logs.Lines, IsOfListing);
        Assert.Equal("""{"text":"a"}""", await CallAsync(gateway, "by_listing", """{"text":"a"}"""));
        var line = Assert.Single(gateway.Logs.Lines, IsOfListing);
        Assert.Contains("by_listing is listed otherwise than its method is: build/listings.sh renews", line, StringComparison.Ordinal);
        await CallAsync(gateway, "by_listing", """{"text":"b"}""");
        Assert.Single(gateway.Logs.Lines, IsOfListing);

        static bool IsOfListing(string line) => line.Contains("is listed otherwise", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_are_checked_by_the_method_however_it_is_listed()
    {
        await using var gateway = await StartAsync();
        Assert.Contains(
            "text: has 12 characters, at most 9 are allowed.",
            await CallAsync(gateway, "by_listing", """{"text":"abcdefghijkl"}""")
        );
    }

    [Fact]
    public async Task First_calls_at_once_are_all_answered()
    {
        await using var gateway = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => CallAsync(gateway, "by_listing", $$"""{"text":"{{i}}"}""")));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => $$"""{"text":"{{i}}"}"""), answers);
        Assert.Single(gateway.Logs.Lines, line => line.Contains("is listed otherwise", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_without_a_listing_is_listed_by_its_method()
    {
        await using var gateway = await StartAsync();
        var tool = await FindAsync(gateway, "by_method");
        Assert.Equal(
            "A number.",
            tool.GetProperty("inputSchema").GetProperty("properties").GetProperty("number").GetProperty("description").GetString()
        );
        Assert.Equal("7", await CallAsync(gateway, "by_method", """{"number":7}"""));
    }

    [Fact]
    public async Task A_tool_without_a_listing_is_looked_into_at_start()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => StartAsync<UnlistedPatternTools>());
        Assert.Contains("The input schema of by_unlisted_pattern.code uses 'pattern'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_no_call_is_checked_for_ends_the_start_however_the_tool_is_listed()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => StartAsync<ListedPatternTools>());
        Assert.Contains("The input schema of by_listed_pattern.code uses 'pattern'", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>One within an argument's own members ends the spec that compares the listings, and a call all the same.</summary>
    [Fact]
    public async Task A_rule_further_in_that_no_call_is_checked_for_is_told_at_the_first_call()
    {
        await using var gateway = await StartAsync<ListedMemberTools>();
        await FindAsync(gateway, "by_listed_pattern");
        await CallAsync(gateway, "by_listed_pattern", """{"code":{"text":"A"}}""");
        Assert.Contains(
            gateway.Logs.Lines,
            line => line.Contains("The input schema of by_listed_pattern.code.text uses 'pattern'", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_output_schemas_neither_the_listing_nor_a_result_has_structure()
    {
        await using var gateway = await StartAsync<Tools>(("OUTPUT_SCHEMAS", "false"));
        Assert.False((await FindAsync(gateway, "by_listing")).TryGetProperty("outputSchema", out _));
        using var response = await gateway.PostAsync(SpecService.Call("by_listing", """{"text":"a"}"""));
        Assert.DoesNotContain(
            "structuredContent",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private static async Task<JsonElement> FindAsync(Gateway gateway, string tool)
    {
        using var response = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var list = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return list.GetProperty("result")
            .GetProperty("tools")
            .EnumerateArray()
            .Single(listed => listed.GetProperty("name").GetString() == tool);
    }

    private static async Task<string> CallAsync(Gateway gateway, string tool, string arguments)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool, arguments));
        return await response.ToolTextAsync();
    }

    private static Task<Gateway> StartAsync() => StartAsync<Tools>();

    private static Task<Gateway> StartAsync<TTools>(params (string Name, string Value)[] settings) =>
        Gateway.StartAsync(
            Service,
            gateway =>
                new Toolsets("SPEC", new(ToolJson.Readable)).Default("all", tools => tools.Add<TTools>()).Register(gateway, new(null)),
            settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)
        );

    private sealed record Text(string? text);

    private sealed class Tools
    {
        [McpServerTool(Name = "by_listing", ReadOnly = true, UseStructuredContent = true)]
        public static Text ByListing([MaxLength(9)] string text) => new(text);

        [McpServerTool(Name = "by_method", ReadOnly = true)]
        public static string ByMethod([System.ComponentModel.Description("A number.")] int number) => $"{number}";
    }

    private sealed class UnlistedPatternTools
    {
        [McpServerTool(Name = "by_unlisted_pattern")]
        public static string Run([RegularExpression("^[A-Z]+$")] string code) => code;
    }

    private sealed class ListedPatternTools
    {
        [McpServerTool(Name = "by_listed_pattern")]
        public static string Run([RegularExpression("^[A-Z]+$")] string code) => code;
    }

    private sealed record Code([property: RegularExpression("^[A-Z]+$")] string text);

    private sealed class ListedMemberTools
    {
        [McpServerTool(Name = "by_listed_pattern")]
        public static string Run(Code code) => code.text;
    }
}
