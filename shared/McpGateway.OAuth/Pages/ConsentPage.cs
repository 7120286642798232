using McpGateway.OAuth.Clients;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Asks the operator whether an app may connect.</summary>
internal static class ConsentPage
{
    /// <summary>The question about a client whose name and address are known; it takes the operator's secret.</summary>
    /// <param name="access">What was chosen before, when a wrong secret brings the page back.</param>
    public static Task AskAsync(
        HttpContext context,
        GatewayService service,
        Issuer issuer,
        AuthorizationRequest request,
        OAuthClient client,
        AccessChoices choices,
        string? access,
        bool wrongSecret
    ) =>
        WriteAsync(
            context,
            wrongSecret,
            TitleOf(client, service),
            request,
            Html.Of(
                $"""
                {Facts(request, issuer, service, client)}
                {Access(request, choices, access)}
                {SecretField.Of(service)}
                """
            ),
            "Allow"
        );

    /// <summary>The first step for a client that only a document of its own describes: nothing is fetched before the secret was right.</summary>
    public static Task AskForSecretAsync(HttpContext context, GatewayService service, AuthorizationRequest request, bool wrongSecret) =>
        WriteAsync(
            context,
            wrongSecret,
            $"An app wants to connect to {service.Title}",
            request,
            Html.Of(
                $"""
                <dl>
                <dt>The app is described at</dt><dd><strong>{RedirectUris.HostOf(
                    request.ClientId
                )}</strong><br><span class="soft">{request.ClientId}</span></dd>
                <dt>Answers would go to</dt><dd><strong>{RedirectUris.HostOf(request.RedirectUri)}</strong></dd>
                </dl>
                <p class="soft">Its description is fetched once you have typed the operator secret. You are asked again before anything is approved.</p>
                {SecretField.Of(service)}
                """
            ),
            "Continue"
        );

    /// <summary>The second step: the document has been read, and the ticket stands for the secret.</summary>
    public static Task ConfirmAsync(
        HttpContext context,
        GatewayService service,
        Issuer issuer,
        AuthorizationRequest request,
        OAuthClient client,
        AccessChoices choices,
        string ticket
    ) =>
        WriteAsync(
            context,
            false,
            TitleOf(client, service),
            request,
            Html.Of(
                $"""
                {Facts(request, issuer, service, client)}
                {Access(request, choices, access: null)}
                <input type="hidden" name="ticket" value="{ticket}">
                """
            ),
            "Allow"
        );

    private static Task WriteAsync(
        HttpContext context,
        bool wrongSecret,
        string title,
        AuthorizationRequest request,
        IHtmlContent content,
        string go
    ) =>
        Page.WriteAsync(
            context,
            wrongSecret ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
            title,
            Html.Of(
                $"""
                {(wrongSecret ? Html.Of($"""<p class="bad" role="alert">That is not the operator secret.</p>""") : Html.Empty)}
                <form method="post" action="/authorize">
                {Html.Join(request.Fields.Select(field => Html.Of($"""<input type="hidden" name="{field.Key}" value="{field.Value}">""")))}
                {content}
                <div class="buttons">
                <button class="main" name="decision" value="allow">{go}</button>
                <button name="decision" value="deny" formnovalidate>Deny</button>
                </div>
                </form>
                """
            )
        );

    private static string TitleOf(OAuthClient client, GatewayService service) => $"Connect {client.Name} to the {service.Title} gateway?";

    private static IHtmlContent Facts(AuthorizationRequest request, Issuer issuer, GatewayService service, OAuthClient client) =>
        Html.Of(
            $"""
            <dl>
            <dt>App</dt><dd>{client.Name}</dd>
            <dt>Vouched for by</dt><dd>{(
                client.IsUrl
                    ? Html.Of($"""<strong>{RedirectUris.HostOf(client.Id)}</strong>, where its description is""")
                    : Html.Of($"""<strong>nobody</strong>: unverified, the app registered itself and chose this name""")
            )}</dd>
            <dt>Answers go to</dt><dd><strong>{RedirectUris.HostOf(request.RedirectUri)}</strong><br><span class="soft">{request.RedirectUri}</span></dd>
            <dt>It would use</dt><dd>the tools of {service.Name} <span class="soft">at {issuer.FindResource(request.Resource)}</span></dd>
            </dl>
            {(
                RedirectUris.IsLoopback(request.RedirectUri)
                    ? Html.Of(
                        $"""<p class="warn">The answer goes to a program on the computer this browser runs on: any program on that computer can receive it. Allow only if you have just started the connection there.</p>"""
                    )
                    : Html.Empty
            )}
            """
        );

    private static IHtmlContent Access(AuthorizationRequest request, AccessChoices choices, string? access)
    {
        var offered = choices.For(Scopes.Asked(request.Scope));
        var chosen = offered.FirstOrDefault(choice => choice.Value == access) ?? offered[0];
        return offered.Count == 1
            ? Html.Of($"""<p>It asks to read only <span class="soft">({Scopes.Read})</span>.</p>""")
            : Html.Of(
                $"""
                <fieldset><legend>Access</legend>
                {Html.Join(
                    offered.Select(choice =>
                        Html.Of(
                            $"""<label><input type="radio" name="access" value="{choice.Value}"{(choice == chosen ? Html.Of($" checked") : Html.Empty)}> {choice.Label} <span class="soft">({choice.Detail})</span></label>"""
                        )
                    )
                )}
                </fieldset>
                """
            );
    }
}
