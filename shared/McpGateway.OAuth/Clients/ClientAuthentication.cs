using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpGateway.OAuth.Clients;

/// <summary>Which client calls the token or revocation endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2).</summary>
internal sealed partial class ClientAuthentication(
    ClientDirectory clients,
    ClientDocuments documents,
    ClientAssertions assertions,
    ILogger<ClientAuthentication> logger
)
{
    /// <param name="approval">Which client the operator has approved, as the code or token in the form says; null if it says nothing.</param>
    /// <exception cref="OAuthException">The client is unknown, or did not authenticate as it is registered.</exception>
    public async Task<OAuthClient> AuthenticateAsync(HttpContext context, Parameters form, ClientApproval? approval)
    {
        var (id, secret, assertion) = ClientCredentials.Read(context.Request, form);
        var clientId =
            id
            ?? (assertion is null ? null : assertions.SubjectOf(assertion))
            ?? throw OAuthException.InvalidClient("The client_id is missing.");
        var client =
            clients.FindForTokens(clientId) ?? throw OAuthException.InvalidClient("The client is unknown here: register it again.");
        if (!IsSecretOf(client, secret))
        {
            throw OAuthException.InvalidClient(
                client.Secret is null ? "This client is a public one and has no secret." : "The client secret is missing or wrong."
            );
        }

        var approved = approval?.Client == OAuthClient.DigestOf(clientId) ? approval : null;
        return assertion is not null ? await VerifyAsync(client, assertion, approved, context.RequestAborted)
            : approved?.MustSign == true
                ? throw OAuthException.InvalidClient("This client authenticates by private_key_jwt: the client_assertion is missing.")
            : client;
    }

    private async Task<OAuthClient> VerifyAsync(
        OAuthClient client,
        string assertion,
        ClientApproval? approval,
        CancellationToken cancellationToken
    )
    {
        if (!client.IsUrl)
        {
            throw OAuthException.InvalidClient("This client registered without keys: it cannot authenticate by private_key_jwt.");
        }

        if (approval is null)
        {
            // Keys are fetched only for what the operator has approved: nobody else makes the gateway send a request.
            throw new OAuthException("invalid_grant", "The code or token is unknown, has expired, or was given to another client.");
        }

        var keys =
            client.Keys
            ?? (await documents.GetAsync(client.Id, cancellationToken)).Keys
            ?? throw OAuthException.InvalidClient("The client's metadata document names no keys.");
        switch (await assertions.VerifyAsync(assertion, client.Id, keys, cancellationToken))
        {
            case true:
                return client;
            case false:
                throw OAuthException.InvalidClient("The client_assertion is not signed by a key of the client.");
            case null when approval.MustSign:
                throw OAuthException.Unavailable("The keys of the client cannot be fetched at present. Try again later.");
            default:
                // It may come without an assertion as well, so that one nobody can check keeps it out no more than none would.
                AssertionUnchecked(client.Name);
                return client;
        }
    }

    private static bool IsSecretOf(OAuthClient client, string? presented) =>
        client.Secret is null
            ? presented is null
            : presented is not null
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(client.Secret), Encoding.UTF8.GetBytes(presented));

    [LoggerMessage(LogLevel.Warning, "The assertion of {Client} could not be checked; it is accepted as the public client it may be")]
    private partial void AssertionUnchecked(string client);
}

/// <summary>What the operator has approved, as a code or token of this gateway carries it.</summary>
/// <param name="Client">SHA-256 of the client id.</param>
/// <param name="MustSign">Whether the client has to authenticate by a signed assertion.</param>
internal sealed record ClientApproval(string Client, bool MustSign);
