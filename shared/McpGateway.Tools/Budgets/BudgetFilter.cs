using McpGateway.State.Database;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Budgets;

/// <summary>
/// Counts each call that runs, and the tokens of its answer, against what its caller and all together may use up. A resource is read as a call
/// is made: it gives what a tool gives.
/// </summary>
internal static class BudgetFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> OfTools(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) => Counting(next, CountTokens, static (result, note) => result.Content = [.. result.Content, new TextContentBlock { Text = note }]);

    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> OfResources(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next
    ) =>
        Counting(
            next,
            static result =>
                result
                    .Contents.OfType<TextResourceContents>()
                    .Where(content => !ViewPages.Has(content))
                    .Sum(content => (long)TokenCounter.Count(content.Text)),
            addNote: null
        );

    /// <summary>The tokens of an answer's texts.</summary>
    public static long CountTokens(CallToolResult result)
    {
        var tokens = 0L;
        foreach (var block in result.Content)
        {
            tokens += block is TextContentBlock text ? TokenCounter.Count(text.Text) : 0;
        }

        return tokens;
    }

    private static McpRequestHandler<TParams, TResult> Counting<TParams, TResult>(
        McpRequestHandler<TParams, TResult> next,
        Func<TResult, long> tokensOf,
        Action<TResult, string>? addNote
    ) =>
        (request, cancellationToken) =>
            CallAccount.Current is { IsLimited: true } account
                ? CountAsync(account, next, request, tokensOf, addNote, cancellationToken)
                : next(request, cancellationToken);

    private static async ValueTask<TResult> CountAsync<TParams, TResult>(
        CallAccount account,
        McpRequestHandler<TParams, TResult> next,
        RequestContext<TParams> request,
        Func<TResult, long> tokensOf,
        Action<TResult, string>? addNote,
        CancellationToken cancellationToken
    )
    {
        var tokens = 0L;
        // What stands around a cut answer, and the note below, come on top.
        var most = request.Services!.GetRequiredService<IOptions<McpOptions>>().Value.AnswerTokens * 5L / 4;
        try
        {
            await OpenAsync(account, most, cancellationToken);
            var result = await next(request, cancellationToken);
            tokens = tokensOf(result);
            if (addNote is not null && account.NearlyUsedUp(tokens) is { } note)
            {
                addNote(result, note);
                tokens += TokenCounter.Count(note);
            }

            return result;
        }
        finally
        {
            account.Close(tokens);
        }
    }

    private static async ValueTask OpenAsync(CallAccount account, long most, CancellationToken cancellationToken)
    {
        try
        {
            await account.OpenAsync(most, cancellationToken);
        }
        catch (StateException e)
        {
            throw Uncounted(e);
        }
    }

    /// <summary>What a caller hears where the state cannot be reached: a call that is not counted must not run.</summary>
    internal static McpException Uncounted(StateException e) =>
        new("The gateway cannot count this call against its budgets at present. The operator's log has the details. Nothing was done.", e);
}
