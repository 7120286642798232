using McpGateway.Text;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Asks for the operator secret before a page is shown.</summary>
internal static class SignInPage
{
    public static Task AskAsync(HttpContext context, GatewayService service, string title, string path, string go, bool wrongSecret) =>
        Page.WriteAsync(
            context,
            wrongSecret ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
            title,
            Html.Of(
                $"""
                {(
                    wrongSecret
                        ? Html.Of(
                            $"""<p class="bad" role="alert">That is not the operator secret, or the page was open for too long.</p>"""
                        )
                        : Html.Empty
                )}
                <form method="post" action="{path}">
                {SecretField.Of(service)}
                <div class="buttons"><button class="main">{go}</button></div>
                </form>
                """
            )
        );
}
