using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.State;
using McpGateway.State.Database;
using McpGateway.Text;
using McpGateway.Tools.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// Lets a call wait for the operator's yes on the page of approvals. The caller hears within 50 s: the result, the refusal, or where the call
/// waits; the same call sent again after the yes runs once. docs/decisions/0033-approvals.md
/// </summary>
/// <param name="place">Null where there is no page: then nothing that needs a yes runs.</param>
internal sealed class ApprovalDesk(
    Approvals approvals,
    IOptions<GatewayOptions> options,
    IHttpContextAccessor http,
    AuditLog audit,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ThingFinder things,
    ApprovalsPlace? place = null
)
{
    /// <summary>Within it a call has its answer. Clients give up after 60 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    private const int LongestArguments = 64 * 1024;

    // The answer may come from another process on the same state, so that there is nothing to be notified by.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Comes back when the operator has said yes to exactly this call.</summary>
    /// <exception cref="PendingException">Nobody has answered yet.</exception>
    /// <exception cref="McpException">The operator has said no, or nobody can be asked. Nothing was done.</exception>
    public async Task AwaitYesAsync(RequestContext<CallToolRequestParams> request, Tool tool, CancellationToken cancellationToken)
    {
        if (place is null)
        {
            throw new McpException(
                $"'{tool.Name}' needs the operator's yes, and this gateway has no page to give it on: its operator sets OPERATOR_SECRET. Nothing was done."
            );
        }

        var call = Describe(request, tool);
        try
        {
            call =
                await approvals.FindAsync(call.Digest, cancellationToken)
                ?? call with
                {
                    Names = await things.FindAsync(request, tool, cancellationToken),
                };
            await AwaitYesAsync(call, ThingFinder.ForCaller(request, call.Names), place, cancellationToken);
        }
        catch (StateException)
        {
            throw new McpException(
                $"'{tool.Name}' needs the operator's yes, and this gateway cannot store questions at present. Nothing was done."
            );
        }
    }

    /// <param name="about">What the call is about, in words for the caller; empty where nothing is known.</param>
    private async Task AwaitYesAsync(WaitingCall call, string about, ApprovalsPlace page, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var isAsked = false;
        while (true)
        {
            switch (await approvals.AskAsync(call, cancellationToken))
            {
                case ApprovalState.Approved:
                    return;
                case ApprovalState.Denied:
                    throw new McpException(
                        $"The operator refused: '{call.Tool}' did not run and nothing was changed. Do not try again unless the user asks for it."
                    );
                case ApprovalState.TooMany:
                    throw new McpException(
                        $"Too many calls wait for the operator's yes already: '{call.Tool}' did not run. See {LinkTo(page)}."
                    );
            }

            if (!isAsked)
            {
                audit.ApprovalAsked(call);
                isAsked = true;
            }

            while (await approvals.IsWaitingAsync(call.Digest, cancellationToken))
            {
                if (time.GetElapsedTime(started) >= Patience || lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    throw new PendingException(
                        $"Waiting for approval: {LinkTo(page)} . The operator of this gateway has to allow '{call.Tool}'{about} there; "
                            + "nothing was changed so far. Tell the user, and send exactly the same call again once it is allowed: it then runs once, within "
                            + $"{Approvals.AnswerHolds.TotalMinutes:0} minutes of the yes."
                    );
                }

                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    private static WaitingCall Describe(RequestContext<CallToolRequestParams> request, Tool tool)
    {
        var caller = request.User?.CallerName() ?? Caller.Anonymous.Name;
        var arguments = Canonical(request.Params.Arguments);
        if (Encoding.UTF8.GetByteCount(arguments) > LongestArguments)
        {
            throw new McpException(
                $"'{tool.Name}' needs the operator's yes, and nobody can judge arguments of more than {LongestArguments / 1024} "
                    + "kB: send less at once. Nothing was done."
            );
        }

        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize([caller, tool.Name, arguments], PlainValues.Readable.StringArray))
        );
        return new(
            Convert.ToHexStringLower(digest),
            caller,
            tool.Name,
            tool.Title ?? tool.Annotations?.Title ?? tool.Name,
            FirstSentenceOf(tool.Description),
            arguments,
            new Dictionary<string, string>()
        );
    }

    // A client may send the members in another order when it tries again.
    private static string Canonical(IDictionary<string, JsonElement>? arguments) =>
        JsonSerializer.Serialize(
            new SortedDictionary<string, JsonElement>(arguments ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal),
            PlainValues.Readable.SortedDictionaryStringJsonElement
        );

    private static string FirstSentenceOf(string? description)
    {
        var text = (description ?? "").ReplaceLineEndings(" ");
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private string LinkTo(ApprovalsPlace page) =>
        (options.Value.PublicUri, http.HttpContext?.Request) switch
        {
            ({ } url, _) => url.GetLeftPart(UriPartial.Authority) + page.Path,
            // A name that the gateway knows: the request guard has looked.
            (_, { } request) => $"{request.Scheme}://{request.Host}{page.Path}",
            _ => page.Path,
        };
}
