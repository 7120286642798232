using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>Where the operator sees and ends connections. A sealed ticket of a few minutes stands for the secret once it was typed.</summary>
internal sealed class ConnectionsEndpoint(
    OperatorSecret secret,
    GrantBook grants,
    SealedValues sealedValues,
    Issuer issuer,
    GatewayService service,
    TimeProvider time
)
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    public Task HandleGetAsync(HttpContext context) => ConnectionsPage.AskForSecretAsync(context, service, wrongSecret: false);

    public async Task HandlePostAsync(HttpContext context)
    {
        FormPage.CheckSender(context.Request, issuer);
        var form = await Parameters.OfFormAsync(context.Request);
        var signedIn = form["ticket"] is { } ticket
            ? sealedValues.Open<ConnectionsTicket>(ticket) is not null
            : secret.Verify(context, form["secret"]);
        if (!signedIn)
        {
            await ConnectionsPage.AskForSecretAsync(context, service, wrongSecret: true);
            return;
        }

        foreach (var grant in await grants.ListLiveAsync(context.RequestAborted))
        {
            if (form["revoke"] is "all" || form["revoke"] == grant.Id)
            {
                await grants.EndAsync(grant.Id, "revoked by the operator", context.RequestAborted);
            }
        }

        var next = new ConnectionsTicket((time.GetUtcNow() + TicketLifetime).ToUnixTimeSeconds());
        await ConnectionsPage.ShowAsync(context, service, await grants.ListLiveAsync(context.RequestAborted), sealedValues.Seal(next));
    }
}
