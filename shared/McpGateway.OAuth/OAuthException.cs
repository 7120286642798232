using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth;

/// <summary>A request refused with an error code of RFC 6749, 7009, 7591 or 8707.</summary>
/// <param name="error">The code.</param>
/// <param name="description">A sentence for the client's developer; it never repeats what the client sent.</param>
internal sealed class OAuthException(string error, string description, int status = StatusCodes.Status400BadRequest)
    : Exception(description)
{
    public string Error => error;

    public int Status => status;

    public static OAuthException InvalidClient(string description) => new("invalid_client", description, StatusCodes.Status401Unauthorized);

    public static OAuthException Unavailable(string description) =>
        new("temporarily_unavailable", description, StatusCodes.Status503ServiceUnavailable);

    public static OAuthException TooMany(string description) => new("slow_down", description, StatusCodes.Status429TooManyRequests);
}
