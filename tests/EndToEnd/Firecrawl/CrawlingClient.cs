using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Firecrawl;

/// <summary>tests/EndToEnd/clients/crawl.mjs while it crawls: what it tells, as it tells it.</summary>
internal sealed class CrawlingClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly RunningProcess process;

    private CrawlingClient(RunningProcess process) => this.process = process;

    /// <summary>Everything told so far, in order.</summary>
    public IReadOnlyList<Told> All => [.. process.Output.Select(Read)];

    /// <param name="sdk">A line of the official SDK, by its name in sdks.mjs.</param>
    /// <param name="arguments">The arguments of firecrawl_crawl.</param>
    public static async Task<CrawlingClient> StartAsync(string sdk, GatewayProcess gateway, string token, object arguments)
    {
        var client = new CrawlingClient(await NodeProgram.StartClientAsync("crawl.mjs", [sdk, gateway.McpUrl.AbsoluteUri, token]));
        await client.SayAsync(JsonSerializer.Serialize(arguments));
        return client;
    }

    /// <summary>Waits until the client was told that so many pages are done.</summary>
    public Task WaitForProgressAsync(int pages) => WaitAsync(told => told.Progress?.Progress == pages);

    /// <returns>How it ended: "complete" or "given up".</returns>
    public async Task<string> WaitForEndAsync() => (await WaitAsync(told => told.End is not null)).End!;

    /// <summary>Has the SDK cancel the call, the connection staying open.</summary>
    public Task GiveUpAsync() => SayAsync("give up");

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<Told> WaitAsync(Func<Told, bool> matches) =>
        Read(
            await process.WaitForLineAsync(
                line => line.StartsWith('{') && matches(Read(line)),
                Hang.After,
                TestContext.Current.CancellationToken
            )
        );

    private async Task SayAsync(string line)
    {
        await process.Input.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static Told Read(string line) => JsonSerializer.Deserialize<Told>(line, Web)!;
}

/// <summary>One line of the client: a notification, an answer, or the end.</summary>
internal sealed record Told(ToldProgress? Progress = null, ToldAnswer? Answer = null, string? End = null);

internal sealed record ToldProgress(double Progress, double? Total = null, string? Message = null);

/// <param name="Bytes">The size of the answer's text.</param>
internal sealed record ToldAnswer(
    string Id,
    string Status,
    IReadOnlyList<ToldPage> Pages,
    int Bytes,
    string? Cursor = null,
    string? Note = null
);

/// <param name="Whole">It was not cut to fit.</param>
internal sealed record ToldPage(int N, int Length, bool Whole);
