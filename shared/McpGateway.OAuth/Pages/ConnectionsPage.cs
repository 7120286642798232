using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Shows which apps are connected, and asks before one is ended or narrowed.</summary>
internal static class ConnectionsPage
{
    public static Task AskForSecretAsync(HttpContext context, GatewayService service, bool wrongSecret) =>
        SignInPage.AskAsync(context, service, TitleOf(service), ConnectionsEndpoint.Path, "Show connections", wrongSecret);

    /// <param name="done">What has just been changed; null if nothing was.</param>
    public static Task ShowAsync(
        HttpContext context,
        GatewayService service,
        IReadOnlyList<Grant> grants,
        AccessChoices choices,
        OperatorTime times,
        string ticket,
        ConnectionChange? done
    ) =>
        Page.WriteAsync(
            context,
            StatusCodes.Status200OK,
            TitleOf(service),
            Html.Of(
                $"""
                {(done is null ? Html.Empty : Html.Of($"""<p class="done" role="status">{DoneOf(done)}</p>"""))}
                {(
                    grants.Count == 0
                        ? Html.Of($"""<p role="status">No app is connected.</p>""")
                        : Form(
                            ticket,
                            Html.Of(
                                $"""
                                <ul class="list">
                                {Html.Join(grants.Select(grant => Item(grant, choices, times)))}
                                </ul>
                                <div class="buttons"><button class="end" name="revoke" value="all">End all connections</button></div>
                                """
                            )
                        )
                )}
                """
            )
        );

    public static Task ConfirmAsync(
        HttpContext context,
        GatewayService service,
        ConnectionChange change,
        OperatorTime times,
        string ticket
    ) =>
        Page.WriteAsync(
            context,
            StatusCodes.Status200OK,
            QuestionOf(change),
            Html.Of(
                $"""
                <p>{(
                    change.Ends
                        ? "What is ended stops working at once. To come back, the app has to be connected and approved again."
                        : $"From now on it has: {change.Access!.Label} ({change.Access.Detail}). To get everything back, the app has to be connected and approved again."
                )}</p>
                <dl class="facts">{Html.Join(change.Grants.Select(grant => Html.Of($"""<dt>Connection</dt><dd>{grant.ClientName}, made {times.Of(grant.Created)}</dd>""")))}</dl>
                {Form(
                    ticket,
                    Html.Of(
                        $"""
                        <input type="hidden" name="{(change.Ends ? "revoke" : "narrow")}" value="{change.Value}">
                        {(
                            change.Access is { } access
                                ? Html.Of($"""<input type="hidden" name="access-{change.Value}" value="{access.Value}">""")
                                : Html.Empty
                        )}
                        <div class="buttons">
                        <button class="end" name="sure" value="yes">{(change.Ends ? "End" : "Narrow")}</button>
                        </div>
                        """
                    )
                )}
                {Form(ticket, Html.Of($"""<div class="buttons"><button class="main" autofocus>Keep as it is</button></div>"""))}
                """
            )
        );

    private static string TitleOf(GatewayService service) => $"Connections of {service.Title}";

    private static string QuestionOf(ConnectionChange change) =>
        (change.Ends, change.Grants) switch
        {
            (true, [var grant]) => $"End the connection of {grant.ClientName}?",
            (true, var grants) => $"End all {grants.Count} connections?",
            (false, [var grant, ..]) => $"Narrow the connection of {grant.ClientName}?",
            _ => "Nothing to change",
        };

    private static string DoneOf(ConnectionChange change) =>
        (change.Ends, change.Grants) switch
        {
            (true, [var grant]) => $"The connection of {grant.ClientName} has ended.",
            (true, _) => "All connections have ended.",
            (false, [var grant, ..]) => $"The connection of {grant.ClientName} is narrowed: {change.Access!.Label}.",
            _ => "Nothing was changed.",
        };

    private static IHtmlContent Form(string ticket, IHtmlContent content) =>
        Html.Of(
            $"""
            <form method="post" action="{ConnectionsEndpoint.Path}">
            <input type="hidden" name="ticket" value="{ticket}">
            {content}
            </form>
            """
        );

    private static IHtmlContent Item(Grant grant, AccessChoices choices, OperatorTime times) =>
        Html.Of(
            $"""
            <li><h2>{grant.ClientName}</h2>
            <dl class="facts">
            <dt>Vouched for by</dt><dd>{WhoVouches(grant)}</dd>
            <dt>Access</dt><dd>{choices.Describe(grant.Scope, grant.Profile)}</dd>
            <dt>Connected</dt><dd>{times.Of(grant.Created)}</dd>
            <dt>Last used</dt><dd>{times.Of(grant.LastUsed)}</dd>
            {(grant.IsMachine ? Html.Empty : Html.Of($"""<dt>Answers went to</dt><dd>{grant.RedirectHost}</dd>"""))}
            </dl>
            <div class="buttons">
            {Narrowing(grant, choices, times)}
            <button class="end" name="revoke" value="{grant.Id}"
              aria-label="End connection: {grant.ClientName}, connected {times.Exactly(grant.Created)}">End connection</button>
            </div>
            </li>
            """
        );

    private static IHtmlContent Narrowing(Grant grant, AccessChoices choices, OperatorTime times)
    {
        var narrower = choices.Narrower;
        if (narrower.Count == 1)
        {
            return Scopes.MayWrite(grant.Scope)
                ? Html.Of(
                    $"""
                    <button name="narrow" value="{grant.Id}"
                      aria-label="Make read-only: {grant.ClientName}, connected {times.Exactly(grant.Created)}">Make read-only</button>
                    """
                )
                : Html.Empty;
        }

        return Html.Of(
            $"""
            <select name="access-{grant.Id}" aria-label="Access for {grant.ClientName}">
            {Html.Join(narrower.Select(choice => Html.Of($"""<option value="{choice.Value}">{choice.Label}</option>""")))}
            </select>
            <button name="narrow" value="{grant.Id}" aria-label="Narrow: {grant.ClientName}, connected {times.Exactly(
                grant.Created
            )}">Narrow</button>
            """
        );
    }

    public static string WhoVouches(Grant grant) =>
        grant.IsMachine ? "you: a client made on the command line"
        : ClientDocuments.IsDocumentUrl(grant.ClientId) ? RedirectUris.HostOf(grant.ClientId)
        : "nobody: the app chose its name itself";
}
