using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace ConformanceGateway.Content;

/// <summary>Completes the arguments of <c>test_prompt_with_arguments</c>.</summary>
internal static class PromptCompletion
{
    private static readonly string[] Values = ["paris", "park", "party"];

    public static IMcpServerBuilder WithPromptCompletion(this IMcpServerBuilder mcp) =>
        mcp.WithCompleteHandler(
            (request, _) =>
            {
                string[] matching = [.. Values.Where(v => v.StartsWith(request.Params.Argument.Value ?? "", StringComparison.Ordinal))];
                return ValueTask.FromResult(
                    new CompleteResult
                    {
                        Completion = new()
                        {
                            Values = matching,
                            Total = matching.Length,
                            HasMore = false,
                        },
                    }
                );
            }
        );
}
