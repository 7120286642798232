using System.Security.Cryptography;
using System.Text;
using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.OAuth;

/// <summary>Exchanges codes and refresh tokens for tokens (RFC 6749 sections 4.1.3 and 6, with RFC 7636 and 8707), and takes them back (RFC 7009).</summary>
internal sealed class TokenEndpoint(
    ClientAuthentication clients,
    SealedValues sealedValues,
    GrantBook grants,
    AccessTokens tokens,
    Issuer issuer,
    AuditLog audit
)
{
    public async Task HandleTokenAsync(HttpContext context)
    {
        var form = await Parameters.OfFormAsync(context.Request);
        var answer =
            form["grant_type"] == "client_credentials" ? await LogInMachineAsync(context, form) : await ExchangeAsync(context, form);
        await OAuthJson.WriteAsync(context, StatusCodes.Status200OK, answer, OAuthJson.Default.TokenAnswer);
    }

    private async Task<TokenAnswer> ExchangeAsync(HttpContext context, Parameters form)
    {
        var client = await clients.AuthenticateAsync(context, form, await FindApprovalAsync(form, context.RequestAborted));
        return form.Required("grant_type") switch
        {
            "authorization_code" => await RedeemAsync(context, form, client),
            "refresh_token" => await RefreshAsync(context, form, client),
            _ => throw new OAuthException(
                "unsupported_grant_type",
                "grant_type must be authorization_code, refresh_token or client_credentials."
            ),
        };
    }

    // RFC 6749 section 4.4: a program without a person, whose grant the operator has made.
    private async Task<TokenAnswer> LogInMachineAsync(HttpContext context, Parameters form)
    {
        var credentials = ClientCredentials.Read(context.Request, form);
        var asked = AskedResource(form);
        if (
            credentials is not { Id: { } id, Secret: { } secret }
            || await grants.FindForMachineAsync(id, secret, context.RequestAborted) is not { } grant
        )
        {
            audit.LoginRefused(context, "wrong client credentials");
            throw OAuthException.InvalidClient(
                "The client is unknown or has ended, or its secret is missing or wrong. The operator makes clients with the command 'client add'."
            );
        }

        return tokens.Issue(grant, Scopes.Narrowed(grant.Scope, form["scope"]), Narrowed(grant.Resource, asked));
    }

    /// <summary>Either token of a grant ends all of it. A token nobody knows is as good as revoked.</summary>
    public async Task HandleRevocationAsync(HttpContext context)
    {
        var form = await Parameters.OfFormAsync(context.Request);
        var client = await clients.AuthenticateAsync(context, form, await FindApprovalAsync(form, context.RequestAborted));
        var token = form.Required("token");
        if (GrantOf(token) is { } id && await grants.FindLiveAsync(id, context.RequestAborted) is { } grant)
        {
            if (grant.ClientId != client.Id)
            {
                throw new OAuthException("invalid_grant", "The token was given to another client.");
            }

            await grants.EndAsync(id, "revoked by the app", context.RequestAborted);
        }

        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Which client the form's code or token was given to, before it is known who sends it.</summary>
    private async Task<ClientApproval?> FindApprovalAsync(Parameters form, CancellationToken cancellationToken)
    {
        if (sealedValues.Open<AuthorizationCode>(form["code"]) is { } code)
        {
            return new(code.Client, code.MustSign);
        }

        return GrantOf(form["refresh_token"] ?? form["token"]) is { } id && await grants.FindLiveAsync(id, cancellationToken) is { } grant
            ? new(OAuthClient.DigestOf(grant.ClientId), grant.MustSign)
            : null;
    }

    private string? GrantOf(string? token) => sealedValues.Open<RefreshToken>(token)?.Grant ?? sealedValues.Open<AccessToken>(token)?.Grant;

    // A wrong verifier must not burn the code: whoever guesses would end the rightful client's login.
    private async Task<TokenAnswer> RedeemAsync(HttpContext context, Parameters form, OAuthClient client)
    {
        var code = sealedValues.Open<AuthorizationCode>(form.Required("code"));
        if (
            code is null
            || code.Client != OAuthClient.DigestOf(client.Id)
            || code.RedirectUri != form["redirect_uri"]
            || !Verifies(form["code_verifier"], code.Challenge)
        )
        {
            throw new OAuthException(
                "invalid_grant",
                "The code is unknown or has expired, or client_id, redirect_uri or code_verifier do not belong to it."
            );
        }

        var resource = Narrowed(code.Resource, AskedResource(form));
        var grant = await grants.OpenAsync(code, client, context.RequestAborted);
        return tokens.Issue(grant, grant.Scope, resource);
    }

    private async Task<TokenAnswer> RefreshAsync(HttpContext context, Parameters form, OAuthClient client)
    {
        var token =
            sealedValues.Open<RefreshToken>(form.Required("refresh_token"))
            ?? throw new OAuthException("invalid_grant", "The refresh token is unknown or has expired: authorize again.");
        var asked = AskedResource(form);
        // Before the token is used up.
        if (await grants.FindLiveAsync(token.Grant, context.RequestAborted) is { } live)
        {
            Narrowed(live.Resource, asked);
        }

        var grant = await grants.RefreshAsync(token, client, context.RequestAborted);
        return tokens.Issue(grant, Scopes.Narrowed(grant.Scope, form["scope"]), Narrowed(grant.Resource, asked));
    }

    private string? AskedResource(Parameters form) =>
        form["resource"] is not { } asked
            ? null
            : issuer.FindResource(asked) ?? throw new OAuthException("invalid_target", issuer.OtherResource);

    /// <summary>The resource of an access token: less than was granted when less is asked, never more.</summary>
    private string Narrowed(string granted, string? asked) =>
        asked is null ? granted
        : issuer.Covers(granted, asked) ? asked
        : throw new OAuthException(
            "invalid_target",
            $"The connection is for {granted}: send that as the resource, or authorize again for {asked}."
        );

    // RFC 7636 section 4.1: 43 to 128 characters.
    private static bool Verifies(string? verifier, string challenge) =>
        verifier is { Length: >= 43 and <= 128 }
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge)
        );
}
