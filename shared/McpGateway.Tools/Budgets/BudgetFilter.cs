using McpGateway.Authentication;
using McpGateway.State.Database;
using McpGateway.Tools.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Budgets;

/// <summary>Counts each call that runs, and the tokens of its answer, against what its caller and all together may use up.</summary>
internal static class BudgetFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var services = request.Services!;
            var purses = services.GetRequiredService<Purses>();
            if (CallAccount.Current is not { } account || !purses.Limit(request.User.GetRights()))
            {
                return await next(request, cancellationToken);
            }

            var tokens = 0L;
            // What stands around a cut answer, and the note below, come on top.
            var most = services.GetRequiredService<IOptions<McpOptions>>().Value.AnswerTokens * 5L / 4;
            var open = Told(() => account.Open(most));
            try
            {
                var result = await next(request, cancellationToken);
                if (Told(account.NearlyUsedUp) is { } note)
                {
                    result.Content = [.. result.Content, new TextContentBlock { Text = note }];
                }

                tokens = CountTokens(result);
                return result;
            }
            finally
            {
                Told(() =>
                {
                    open.CloseTokens(tokens);
                    return true;
                });
            }
        };

    /// <summary>The tokens of an answer's texts.</summary>
    public static long CountTokens(CallToolResult result) =>
        result.Content.OfType<TextContentBlock>().Sum(text => (long)TokenCounter.Count(text.Text));

    private static T Told<T>(Func<T> count)
    {
        try
        {
            return count();
        }
        catch (StateException e)
        {
            throw new McpException(
                "The gateway cannot count this call against its budgets at present. The operator's log has the details.",
                e
            );
        }
    }
}
