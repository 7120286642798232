using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>Where the operator sees, narrows and ends connections. Either is asked about once more before it happens.</summary>
internal sealed class ConnectionsEndpoint(
    OperatorSession session,
    GrantBook grants,
    AccessChoices choices,
    OperatorTime times,
    Issuer issuer,
    GatewayService service
)
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
        var change = ConnectionChange.Of(form, live, choices);
        if (change is not null && form["sure"] is null)
        {
            await ConnectionsPage.ConfirmAsync(context, service, change, times, session.NewTicket);
            return;
        }

        foreach (var grant in change?.Grants ?? [])
        {
            await (
                change!.Ends
                    ? grants.EndAsync(grant.Id, "revoked by the operator", context.RequestAborted)
                    : grants.NarrowAsync(grant.Id, scope => choices.Read(change.Access!.Value, scope), context.RequestAborted)
            );
        }

        await ConnectionsPage.ShowAsync(
            context,
            service,
            change is null ? live : await grants.ListLiveAsync(context.RequestAborted),
            choices,
            times,
            session.NewTicket,
            change
        );
    }
}

/// <summary>What the operator wants to do to connections.</summary>
/// <param name="Value">The form's value of it: the id of a connection, or <c>all</c>.</param>
/// <param name="Access">What a connection is narrowed to; null when they end.</param>
internal sealed record ConnectionChange(string Value, IReadOnlyList<Grant> Grants, AccessChoice? Access)
{
    /// <summary>Whether they end.</summary>
    public bool Ends => Access is null;

    /// <exception cref="OAuthException">The form asks for two things, or for an access that does not exist.</exception>
    public static ConnectionChange? Of(Parameters form, IReadOnlyList<Grant> live, AccessChoices choices) =>
        (form["revoke"], form["narrow"]) switch
        {
            (null, null) => null,
            ("all", null) => new("all", live, null),
            ({ } id, null) => live.FirstOrDefault(grant => grant.Id == id) is { } grant ? new(id, [grant], null) : null,
            (null, { } id) => live.FirstOrDefault(grant => grant.Id == id) is { } grant
                ? new(id, [grant], AccessIn(form[$"access-{id}"], choices))
                : null,
            _ => throw new OAuthException("invalid_request", "A connection is ended or narrowed, not both."),
        };

    private static AccessChoice AccessIn(string? value, AccessChoices choices) =>
        choices.Narrower.FirstOrDefault(choice => choice.Value == (value ?? AccessChoices.ReadOnly))
        ?? throw new OAuthException("invalid_request", "The chosen access does not exist: PROFILES may have changed. Start again.");
}
