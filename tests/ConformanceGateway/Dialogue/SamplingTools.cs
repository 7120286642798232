using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Dialogue;

/// <summary>Asks the client's model, by a request of the server's own (revisions before 2026-07-28).</summary>
public sealed partial class SamplingTools
{
    /// <summary>Asks the client's model.</summary>
    /// <param name="prompt">What to ask.</param>
    [McpServerTool(Name = "test_sampling", ReadOnly = true)]
    public static async partial Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellationToken)
    {
        var result = await server.SampleAsync(
            new()
            {
                Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
                MaxTokens = 100,
            },
            cancellationToken
        );
        return $"LLM response: {result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }
}
