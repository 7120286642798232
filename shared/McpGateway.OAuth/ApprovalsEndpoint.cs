using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>Where the operator allows or refuses calls that wait for it.</summary>
internal sealed class ApprovalsEndpoint(
    OperatorSession session,
    ApprovalAnswers answers,
    OperatorTime times,
    Issuer issuer,
    GatewayService service
)
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
            ({ } call, null) => await answers.AnswerAsync(call, yes: true, context.RequestAborted),
            (null, { } call) => await answers.AnswerAsync(call, yes: false, context.RequestAborted),
            (null, null) => null,
            _ => throw new OAuthException("invalid_request", "A call is allowed or refused, not both."),
        };
        await ApprovalsPage.ShowAsync(context, service, await answers.ListAsync(context.RequestAborted), times, session.NewTicket, done);
    }
}
