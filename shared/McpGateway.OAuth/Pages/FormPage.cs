using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Who sent the form of a page.</summary>
internal static class FormPage
{
    /// <summary>Whether the form was sent by a page of ours, as far as the browser says.</summary>
    /// <exception cref="OAuthException">It came from somewhere else.</exception>
    public static void CheckSender(HttpRequest request, Issuer issuer)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (
            origin is not ("" or "null") && origin != issuer.Url && origin != $"{request.Scheme}://{request.Host}"
            || site is not ("" or "same-origin" or "none")
        )
        {
            throw new OAuthException("invalid_request", "The form was sent by another site.", StatusCodes.Status403Forbidden);
        }
    }
}
