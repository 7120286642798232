namespace Firecrawl.Specs;

/// <summary>
/// Requests against what three versions of Firecrawl take, as facts of their public source: 2.0 of August 2025, May 2026 and August 2026. Their bodies are
/// strict, so that one member too many fails the request.
/// </summary>
public sealed class ContractSpecs
{
    // What the vendor's own MCP server sends to the cloud, and the public source does not know.
    private static readonly Dictionary<string, string[]> CloudOnly = new(StringComparer.Ordinal)
    {
        ["POST /agent"] = ["effort", "threadId", "mode", "exchange"],
    };

    // The catalogue of data providers is not in the public source at all.
    private static readonly string[] Unpublished = ["firecrawl_find_tools", "read_more", "show_activity"];

    [Fact]
    public async Task The_cloud_takes_every_request_of_every_tool()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var contract = await Contract.ReadAsync("2026-08");
        contract.Serve(firecrawl.Api, CloudOnly);
        var requests = await Contract.ReadRequestsAsync();
        foreach (var (tool, arguments) in requests.SelectMany(each => each.Arguments.Select(arguments => (each.Tool, arguments))))
        {
            var reply = await firecrawl.CallAsync(tool, arguments);
            Assert.True(!reply.IsError, $"{tool} {arguments}: {reply.Text}\n{string.Join('\n', contract.Refused)}");
        }

        Assert.Empty(contract.Refused);
        Assert.Equal(
            firecrawl.Client.Tools.Select(tool => tool.Name).Except(Unpublished).Order(),
            requests.Select(each => each.Tool).Order()
        );
    }

    /// <summary>The first request of each tool is the least it sends, the second the usual one.</summary>
    [Theory]
    [InlineData("2025-08", "2.0", 20)]
    [InlineData("2026-05", "", 37)]
    [InlineData("2026-08", "", 47)]
    public async Task A_self_hosted_server_gets_what_it_takes_or_the_caller_is_told_what_it_lacks(string version, string setting, int tools)
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(
            ("FIRECRAWL_TOOLSETS", "all"),
            ("FIRECRAWL_VERSION", setting)
        );
        var contract = await Contract.ReadAsync(version);
        contract.Serve(firecrawl.Api);
        var usable = 0;
        foreach (var (tool, arguments) in await Contract.ReadRequestsAsync())
        {
            var (answers, isThere) = (0, true);
            foreach (var (each, number) in arguments.Select((each, number) => (each, number)))
            {
                contract.Refused.Clear();
                var reply = await firecrawl.CallAsync(tool, each);
                answers += reply.IsError ? 0 : 1;
                isThere &= !contract.Refused.Exists(IsAbsent) || !reply.IsError;
                Assert.True(
                    reply.IsError ? SaysWhatIsMissing(reply.Text) && (number > 1 || !isThere) : contract.Refused.TrueForAll(IsAbsent),
                    $"{tool} {each}: {reply.Text}\n{string.Join('\n', contract.Refused)}"
                );
            }

            usable += answers > 0 ? 1 : 0;
        }

        Assert.Equal(tools, usable);
    }

    private static bool SaysWhatIsMissing(string text) =>
        text.Contains("is refused: the Firecrawl behind this gateway is a 2.0", StringComparison.Ordinal)
        || text.Contains("is not known", StringComparison.Ordinal)
        || text.Contains("is not one of those known", StringComparison.Ordinal)
        || text.Contains("this Firecrawl does not offer this", StringComparison.Ordinal);

    // The route and not the request: that fails every request of a tool, unless there is another way.
    private static bool IsAbsent(string refused) => refused.EndsWith("does not exist", StringComparison.Ordinal);
}
