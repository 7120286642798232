using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.OAuth;

/// <summary>Rules of accessibility (WCAG 2.2 A and AA, and good practice), by axe-core.</summary>
internal static class AxeCheck
{
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.html).join(' ')}`)
        """;

    /// <summary>What a page violates, a line for each rule.</summary>
    public static Task<string[]> RunAsync(IPage page) => RunAsync(page.MainFrame);

    /// <summary>What a frame of a page violates.</summary>
    public static async Task<string[]> RunAsync(IFrame frame)
    {
        await frame.EvaluateAsync(await File.ReadAllTextAsync(await NodeProgram.FindFileAsync("axe-core/axe.min.js")));
        return await frame.EvaluateAsync<string[]>(Run);
    }
}
