using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>
/// How the operator gets into a page: by the secret, and for the next minutes by a sealed ticket that each form of the page carries. There is no
/// cookie, so that no other page can act in the operator's name.
/// </summary>
internal sealed class OperatorSession(OperatorSecret secret, SealedValues sealedValues, TimeProvider time)
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    /// <summary>What the next form of the page carries.</summary>
    public string NewTicket => sealedValues.Seal(new OperatorTicket((time.GetUtcNow() + TicketLifetime).ToUnixTimeSeconds()));

    /// <summary>Whether the form comes from the operator.</summary>
    /// <exception cref="OAuthException">The secret is wrong, and so were too many before it.</exception>
    public bool IsOpen(HttpContext context, Parameters form) =>
        form["ticket"] is { } ticket ? sealedValues.Open<OperatorTicket>(ticket) is not null : secret.Verify(context, form["secret"]);
}
