using McpGateway.OAuth.Grants;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Shows which apps are connected, and ends connections.</summary>
internal static class ConnectionsPage
{
    public static Task AskForSecretAsync(HttpContext context, GatewayService service, bool wrongSecret) =>
        Page.WriteAsync(
            context,
            wrongSecret ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
            $"Connections of {service.Title}",
            Html.Of(
                $"""
                {(
                    wrongSecret
                        ? Html.Of(
                            $"""<p class="bad" role="alert">That is not the operator secret, or the page was open for too long.</p>"""
                        )
                        : Html.Empty
                )}
                <form method="post" action="/connections">
                <label class="field" for="secret">Operator secret</label>
                <input type="password" id="secret" name="secret" autocomplete="current-password" required autofocus>
                <div class="buttons"><button class="main">Show connections</button></div>
                </form>
                """
            )
        );

    public static Task ShowAsync(HttpContext context, GatewayService service, IReadOnlyList<Grant> grants, string ticket) =>
        Page.WriteAsync(
            context,
            StatusCodes.Status200OK,
            $"Connections of {service.Title}",
            grants.Count == 0
                ? Html.Of($"""<p role="status">No app is connected.</p>""")
                : Html.Of(
                    $"""
                    <form method="post" action="/connections">
                    <input type="hidden" name="ticket" value="{ticket}">
                    <ul class="list">
                    {Html.Join(grants.Select(Item))}
                    </ul>
                    <div class="buttons"><button class="end" name="revoke" value="all">End all connections</button></div>
                    </form>
                    """
                )
        );

    private static IHtmlContent Item(Grant grant) =>
        Html.Of(
            $"""
            <li><h2>{grant.ClientName}</h2>
            <dl>
            <dt>Answers went to</dt><dd>{grant.RedirectHost}</dd>
            <dt>Access</dt><dd>{(Scopes.MayWrite(grant.Scope) ? "everything" : "read only")}</dd>
            <dt>Connected</dt><dd>{grant.Created:yyyy-MM-dd HH:mm} UTC</dd>
            <dt>Last renewed</dt><dd>{grant.LastUsed:yyyy-MM-dd HH:mm} UTC</dd>
            </dl>
            <button class="end" name="revoke" value="{grant.Id}" aria-label="End the connection of {grant.ClientName}, connected {grant.Created:yyyy-MM-dd HH:mm} UTC">End connection</button>
            </li>
            """
        );
}
