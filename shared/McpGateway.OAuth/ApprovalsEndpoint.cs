using McpGateway.Auditing;
using McpGateway.OAuth.Pages;
using McpGateway.State;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>Where the operator allows or refuses calls that wait for it.</summary>
internal sealed class ApprovalsEndpoint(OperatorSession session, Approvals approvals, Issuer issuer, GatewayService service, AuditLog audit)
{
    public const string Path = "/approvals";

    public Task HandleGetAsync(HttpContext context) => ApprovalsPage.AskForSecretAsync(context, service, wrongSecret: false);

    public async Task HandlePostAsync(HttpContext context)
    {
        FormPage.CheckSender(context.Request, issuer);
        var form = await Parameters.OfFormAsync(context.Request);
        if (!session.IsOpen(context, form))
        {
            await ApprovalsPage.AskForSecretAsync(context, service, wrongSecret: true);
            return;
        }

        var done = (form["allow"], form["refuse"]) switch
        {
            ({ } call, null) => await AnswerAsync(call, yes: true, context.RequestAborted),
            (null, { } call) => await AnswerAsync(call, yes: false, context.RequestAborted),
            (null, null) => null,
            _ => throw new OAuthException("invalid_request", "A call is allowed or refused, not both."),
        };
        await ApprovalsPage.ShowAsync(context, service, await approvals.ListAsync(context.RequestAborted), session.NewTicket, done);
    }

    private async Task<string> AnswerAsync(string digest, bool yes, CancellationToken cancellationToken)
    {
        if (await approvals.AnswerAsync(digest, yes, cancellationToken) is not { } call)
        {
            return "That call does not wait any more: it was answered before, or an hour has passed.";
        }

        audit.ApprovalAnswered(call, yes);
        return yes
            ? $"Allowed: {call.Title}, for {call.Caller}. It runs once, if the caller sends it within {Approvals.AnswerHolds.TotalMinutes:0} minutes."
            : $"Refused: {call.Title}, for {call.Caller}.";
    }
}
