using System.Security.Cryptography;
using McpGateway.Auditing;
using McpGateway.OAuth;
using McpGateway.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace McpGateway.Console.Session;

/// <summary>
/// How the operator gets into the console: by the secret, and from then on by a sealed cookie that only this gateway's pages get, for half a
/// day or until the log-out. A new secret ends every session.
/// </summary>
internal sealed class ConsoleSession(
    OperatorSecret secret,
    SealedValues sealedValues,
    SpentTickets spent,
    IOptions<GatewayOptions> options,
    GatewayService service,
    AuditLog audit,
    TimeProvider time
)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // Browsers keep one set of cookies for a host, whatever the port: gateways on one machine would sign each other out.
    private readonly string cookie = $"console-{service.Name}";

    /// <summary>Opens a session if the secret is right.</summary>
    /// <exception cref="OAuthException">The secret is wrong, and so were too many before it.</exception>
    public bool TryOpen(HttpContext context, string? presented)
    {
        if (!secret.Verify(context, presented))
        {
            return false;
        }

        var session = new OperatorCookie(
            WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)),
            secret.Fingerprint,
            (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()
        );
        context.Response.Cookies.Append(cookie, sealedValues.Seal(session), Form(context, Lifetime));
        audit.ConsoleOpened(context);
        return true;
    }

    /// <summary>The session of a request; null when there is none, it has ended, or the secret is another one by now.</summary>
    public async Task<OperatorCookie?> FindAsync(HttpContext context) =>
        sealedValues.Open<OperatorCookie>(context.Request.Cookies[cookie]) is { } session
        && session.Secret == secret.Fingerprint
        && !await spent.IsSpentAsync(session.Id, context.RequestAborted)
            ? session
            : null;

    /// <summary>Ends a session, also for whoever has a copy of the cookie.</summary>
    public async Task EndAsync(HttpContext context, OperatorCookie session)
    {
        await spent.TrySpendAsync(session.Id, DateTimeOffset.FromUnixTimeSeconds(session.Expires), context.RequestAborted);
        context.Response.Cookies.Append(cookie, "", Form(context, TimeSpan.Zero));
        audit.ConsoleClosed(context);
    }

    /// <summary>What a form of this session carries.</summary>
    public string NewTicket(OperatorCookie session) => sealedValues.Seal(new FormTicket(session.Id, session.Expires));

    /// <summary>Whether a form was made for this session.</summary>
    public bool IsTicketOf(OperatorCookie session, string? ticket) => sealedValues.Open<FormTicket>(ticket)?.Session == session.Id;

    /// <summary>Seals a sentence that the next page shows, so that nobody else can put words there.</summary>
    public string SealNotice(OperatorCookie session, string text) =>
        sealedValues.Seal(new Notice(session.Id, text, time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()));

    /// <summary>The sentence of <see cref="SealNotice"/>.</summary>
    public string? OpenNotice(OperatorCookie session, string? notice) =>
        sealedValues.Open<Notice>(notice) is { } opened && opened.Session == session.Id ? opened.Text : null;

    private CookieOptions Form(HttpContext context, TimeSpan lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            // Behind a proxy that ends TLS, a request is known by the host of the public URL.
            Secure =
                context.Request.IsHttps
                || (options.Value.PublicUri is { Scheme: "https" } url && url.Authority == context.Request.Host.Value),
            Path = "/console",
            MaxAge = lifetime,
        };
}
