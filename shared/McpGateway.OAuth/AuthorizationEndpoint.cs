using McpGateway.Auditing;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.OAuth.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.OAuth;

/// <summary>
/// The consent page. Every approval takes the operator's secret, so that there is no session to ride on, and every POST is checked as
/// if the page had never been shown.
/// </summary>
internal sealed class AuthorizationEndpoint(
    ClientDirectory clients,
    ClientDocuments documents,
    RedirectUris redirects,
    OperatorSecret secret,
    SealedValues sealedValues,
    AccessChoices choices,
    GrantBook grants,
    Issuer issuer,
    GatewayService service,
    AuditLog audit,
    TimeProvider time
)
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    public Task HandleGetAsync(HttpContext context)
    {
        var request = AuthorizationRequest.Of(Parameters.OfQuery(context.Request));
        var client = FindClient(request);
        return request.FindProblem(issuer) is { } problem
            ? RefuseAsync(context, request, client, problem)
            : AskAsync(context, request, client, access: null, wrongSecret: false);
    }

    public async Task HandlePostAsync(HttpContext context)
    {
        FormPage.CheckSender(context.Request, issuer);
        var form = await Parameters.OfFormAsync(context.Request);
        var request = AuthorizationRequest.Of(form);
        var client = FindClient(request);
        if (request.FindProblem(issuer) is { } problem)
        {
            await RefuseAsync(context, request, client, problem);
        }
        else if (form["decision"] != "allow")
        {
            audit.ConsentDenied(client?.Name ?? request.ClientId, RedirectUris.HostOf(request.RedirectUri));
            await RefuseAsync(context, request, client, new OAuthException("access_denied", "The operator has denied the request."));
        }
        else if (form["ticket"] is { } ticket)
        {
            var confirmed = await SpendTicketAsync(ticket, request, context.RequestAborted);
            Approve(context, request, form, confirmed.ClientName, confirmed.MustSign);
        }
        else if (!secret.Verify(context, form["secret"]))
        {
            await AskAsync(context, request, client, form["access"], wrongSecret: true);
        }
        else if (client is null)
        {
            await ConfirmAsync(context, request);
        }
        else
        {
            Approve(context, request, form, client.Name, client.MustSign);
        }
    }

    /// <summary>The client if it is known, null if only its document could tell.</summary>
    /// <exception cref="OAuthException">There is no such client, or the address is not one of its own.</exception>
    private OAuthClient? FindClient(AuthorizationRequest request)
    {
        if (clients.Find(request.ClientId) is { } client)
        {
            CheckRedirect(client, request);
            return client;
        }

        return ClientDocuments.IsDocumentUrl(request.ClientId) && RedirectUris.IsSafe(request.RedirectUri)
            ? null
            : throw new OAuthException(
                "invalid_client",
                "This gateway does not know the app. Remove the connection in the app and add it again."
            );
    }

    private void CheckRedirect(OAuthClient client, AuthorizationRequest request)
    {
        // A registered address may have been taken off the list since; the host of a document is responsible for its addresses.
        if (
            !client.RedirectUris.Any(uri => RedirectUris.Matches(uri, request.RedirectUri))
            || (!client.IsUrl && !redirects.IsListed(request.RedirectUri))
        )
        {
            throw new OAuthException("invalid_request", "The redirect address is not one of the app's own.");
        }
    }

    private Task AskAsync(HttpContext context, AuthorizationRequest request, OAuthClient? client, string? access, bool wrongSecret) =>
        client is null
            ? ConsentPage.AskForSecretAsync(context, service, request, wrongSecret)
            : ConsentPage.AskAsync(context, service, issuer, request, client, choices, access, wrongSecret);

    /// <summary>Reads the app's document, only after the operator has authenticated, and asks once more.</summary>
    private async Task ConfirmAsync(HttpContext context, AuthorizationRequest request)
    {
        var client = await documents.GetAsync(request.ClientId, context.RequestAborted);
        CheckRedirect(client, request);
        var ticket = new ConsentTicket(
            Guid.NewGuid().ToString("N"),
            request.Digest,
            client.Name,
            client.MustSign,
            ExpiryOf(TicketLifetime)
        );
        await ConsentPage.ConfirmAsync(context, service, issuer, request, client, choices, sealedValues.Seal(ticket));
    }

    private async Task<ConsentTicket> SpendTicketAsync(string text, AuthorizationRequest request, CancellationToken cancellationToken) =>
        sealedValues.Open<ConsentTicket>(text) is { } ticket
        && ticket.Request == request.Digest
        && await grants.TrySpendAsync(ticket.Id, DateTimeOffset.FromUnixTimeSeconds(ticket.Expires), cancellationToken)
            ? ticket
            : throw new OAuthException(
                "invalid_request",
                "The page was open for too long or was sent before. Start the connection again in the app."
            );

    private void Approve(HttpContext context, AuthorizationRequest request, Parameters form, string clientName, bool mustSign)
    {
        var asked = Scopes.Asked(request.Scope);
        var (scope, profile) = choices.Read(form["access"], asked);
        var code = new AuthorizationCode(
            Guid.NewGuid().ToString("N"),
            OAuthClient.DigestOf(request.ClientId),
            clientName,
            request.RedirectUri,
            request.Challenge!,
            scope,
            issuer.FindResource(request.Resource)!,
            ExpiryOf(CodeLifetime),
            mustSign,
            profile
        );
        audit.ConsentGiven(clientName, RedirectUris.HostOf(request.RedirectUri), scope, profile);
        Redirect(context, request, new() { ["code"] = sealedValues.Seal(code) });
    }

    /// <summary>Tells the app by redirect, if the operator has named its host; otherwise shows a page, to avoid an open redirect.</summary>
    private Task RefuseAsync(HttpContext context, AuthorizationRequest request, OAuthClient? client, OAuthException problem)
    {
        if (client is null || !redirects.IsNamed(request.RedirectUri))
        {
            return Page.WriteErrorAsync(context, problem);
        }

        Redirect(context, request, new() { ["error"] = problem.Error, ["error_description"] = problem.Message });
        return Task.CompletedTask;
    }

    private void Redirect(HttpContext context, AuthorizationRequest request, Dictionary<string, string?> answer)
    {
        answer["state"] = request.State;
        answer["iss"] = issuer.Url;
        Page.Redirect(context, QueryHelpers.AddQueryString(request.RedirectUri, answer.Where(field => field.Value is not null)));
    }

    private long ExpiryOf(TimeSpan lifetime) => (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
}
