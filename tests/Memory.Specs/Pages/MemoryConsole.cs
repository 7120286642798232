using McpGateway.Testing;

namespace Memory.Specs.Pages;

/// <summary>A running memory with the operator's browser, signed in.</summary>
internal sealed class MemoryConsole : IAsyncDisposable
{
    private MemoryConsole(MemoryGateway memory, OperatorBrowser browser) => (Memory, Browser) = (memory, browser);

    public MemoryGateway Memory { get; }

    public OperatorBrowser Browser { get; }

    public static async Task<MemoryConsole> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var memory = await MemoryGateway.StartAsync([
            ("OPERATOR_SECRET", OperatorBrowser.Secret),
            ("MCP_BEARER_TOKENS", $"n8n={Token}"),
            .. settings,
        ]);
        memory.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return new(memory, await OperatorBrowser.SignInAsync(memory.Gateway));
    }

    /// <summary>Takes lines of a memory.jsonl in.</summary>
    public async Task ImportAsync(string lines)
    {
        using var response = await Memory.Gateway.Http.PostAsync(
            new Uri("/import", UriKind.Relative),
            new StringContent(lines),
            TestContext.Current.CancellationToken
        );
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Memory.DisposeAsync();
    }

    private const string Token = "a-token-for-all-02";
}
