using ModelContextProtocol.Server;

namespace McpGateway.Specs.OAuth;

internal sealed class SpecTools
{
    [McpServerTool(Name = "spec_read", ReadOnly = true)]
    public static string Look() => "seen";

    [McpServerTool(Name = "spec_write", ReadOnly = false, Destructive = false)]
    public static string Change() => "done";

    [McpServerTool(Name = "spec_upstream", ReadOnly = true)]
    public static async Task<string> AskUpstreamAsync(IHttpClientFactory http, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient("upstream");
        return await client.GetStringAsync(new Uri("/look", UriKind.Relative), cancellationToken);
    }
}
