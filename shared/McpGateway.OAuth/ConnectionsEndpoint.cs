using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>Where the operator sees, narrows and ends connections. Either is asked about once more before it happens.</summary>
internal sealed class ConnectionsEndpoint(OperatorSession session, GrantBook grants, Issuer issuer, GatewayService service)
{
    public const string Path = "/connections";

    public Task HandleGetAsync(HttpContext context) => ConnectionsPage.AskForSecretAsync(context, service, wrongSecret: false);

    public async Task HandlePostAsync(HttpContext context)
    {
        FormPage.CheckSender(context.Request, issuer);
        var form = await Parameters.OfFormAsync(context.Request);
        if (!session.IsOpen(context, form))
        {
            await ConnectionsPage.AskForSecretAsync(context, service, wrongSecret: true);
            return;
        }

        var live = await grants.ListLiveAsync(context.RequestAborted);
        var change = ConnectionChange.Of(form, live);
        if (change is not null && form["sure"] is null)
        {
            await ConnectionsPage.ConfirmAsync(context, service, change, session.NewTicket);
            return;
        }

        foreach (var grant in change?.Grants ?? [])
        {
            await (
                change!.Ends
                    ? grants.EndAsync(grant.Id, "revoked by the operator", context.RequestAborted)
                    : grants.NarrowAsync(grant.Id, context.RequestAborted)
            );
        }

        await ConnectionsPage.ShowAsync(
            context,
            service,
            change is null ? live : await grants.ListLiveAsync(context.RequestAborted),
            session.NewTicket,
            change
        );
    }
}

/// <summary>What the operator wants to do to connections.</summary>
/// <param name="Ends">Whether they end; otherwise they become read-only.</param>
/// <param name="Value">The form's value of it: the id of a connection, or <c>all</c>.</param>
internal sealed record ConnectionChange(bool Ends, string Value, IReadOnlyList<Grant> Grants)
{
    public static ConnectionChange? Of(Parameters form, IReadOnlyList<Grant> live) =>
        (form["revoke"], form["narrow"]) switch
        {
            ("all", null) => new(true, "all", live),
            ({ } id, null) when live.FirstOrDefault(grant => grant.Id == id) is { } grant => new(true, id, [grant]),
            (null, { } id) when live.FirstOrDefault(grant => grant.Id == id) is { } grant => new(false, id, [grant]),
            (null or not null, null) or (null, not null) => null,
            _ => throw new OAuthException("invalid_request", "A connection is ended or narrowed, not both."),
        };
}
