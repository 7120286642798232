using System.Globalization;
using McpGateway.Console.Frame;
using McpGateway.OAuth;
using McpGateway.OAuth.Clients;
using McpGateway.OAuth.Grants;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Console.Access;

/// <summary>Narrows and ends connections, and makes clients for programs that log in by themselves.</summary>
internal static class ConnectionPages
{
    public const string NarrowPath = "/console/access/connection/narrow";
    public const string EndPath = "/console/access/connection/end";

    public const string EndAllPath = "/console/access/connections/end";

    private const string MakePath = "/console/access/client";

    public static void Add(ConsolePages pages) =>
        pages
            .Get(NarrowPath, AskNarrowAsync)
            .Post(NarrowPath, NarrowAsync)
            .Get(EndPath, AskEndAsync)
            .Post(EndPath, EndAsync)
            .Get(EndAllPath, AskEndAllAsync)
            .Post(EndAllPath, EndAllAsync)
            .Post(MakePath, MakeAsync);

    public static IHtmlContent MakingForm(ConsoleRequest request) =>
        Html.Of(
            $"""
            <section><h2>Make a client for a program</h2>
            <p class="soft">For n8n and scripts that log in by OAuth with client credentials. Its secret is shown once. Apps such as Claude and ChatGPT connect by themselves.</p>
            {request.Form(
                MakePath,
                Html.Of(
                    $"""
                    <label for="client-name">Name</label><input id="client-name" name="name" required maxlength="80" autocomplete="off">
                    {Choices("client-access", request.Get<AccessChoices>().For(Scopes.Full))}
                    <label for="days">Ends after days (empty: never)</label><input id="days" name="days" type="number" min="1" max="3650">
                    <div class="buttons"><button class="main">Make the client</button></div>
                    """
                )
            )}
            </section>
            """
        );

    private static async Task MakeAsync(ConsoleRequest request, ConsoleForm form)
    {
        var issuer = request.Get<Issuer>();
        var (scope, profile) = request.Get<AccessChoices>().Read(form["access"], Scopes.Full);
        DateTimeOffset? expires =
            form["days"] is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650
                ? request.Now.AddDays(days)
            : throw new ConsoleException($"'{text}' is not a number of days from 1 to 3650. Nothing was made.");
        var (grant, secret) = await Book(request)
            .OpenForMachineAsync(
                ClientNames.Clean(form.Required("name", "The name")),
                scope,
                profile,
                issuer.Resource,
                expires,
                request.Cancelled
            );
        await request.ShowAsync(
            $"The client {grant.ClientName}",
            Html.Of(
                $"""
                <section>
                <p class="warn" role="status">Copy the secret now: it is not shown again.</p>
                <h3>Client id</h3>{Pieces.Copyable(grant.ClientId, "the client id")}
                <h3>Client secret</h3>{Pieces.Copyable(secret, "the client secret")}
                <h3>Token URL</h3>{Pieces.Copyable(issuer.TokenEndpoint, "the token URL")}
                <div class="buttons"><a class="button" href="{AccessPage.Path}">Back to Access</a></div>
                </section>
                """
            )
        );
    }

    private static async Task AskNarrowAsync(ConsoleRequest request)
    {
        var grant = await FindAsync(request, request.Query("id"));
        await request.ShowAsync(
            $"Narrow the connection of {grant.ClientName}",
            Html.Of(
                $"""
                <section><p>To get everything back, the app has to be connected and approved again.</p>
                {request.Form(
                    NarrowPath,
                    Html.Of(
                        $"""
                        <input type="hidden" name="id" value="{grant.Id}">
                        {Choices("access", request.Get<AccessChoices>().Narrower)}
                        <div class="buttons"><button class="main">Narrow</button><a class="button" href="{AccessPage.Path}">Keep as it is</a></div>
                        """
                    )
                )}</section>
                """
            )
        );
    }

    private static async Task NarrowAsync(ConsoleRequest request, ConsoleForm form)
    {
        var grant = await FindAsync(request, form["id"]);
        var choices = request.Get<AccessChoices>();
        var choice =
            choices.Narrower.FirstOrDefault(choice => choice.Value == form["access"])
            ?? throw new ConsoleException("The chosen access does not exist: PROFILES may have changed. Nothing was changed.");
        await Book(request).NarrowAsync(grant.Id, scope => choices.Read(choice.Value, scope), request.Cancelled);
        await request.RedirectAsync(AccessPage.Path, $"The connection of {grant.ClientName} is narrowed: {choice.Label}.");
    }

    private static async Task AskEndAsync(ConsoleRequest request)
    {
        var grant = await FindAsync(request, request.Query("id"));
        await Question.ShowAsync(
            request,
            $"End the connection of {grant.ClientName}?",
            "It stops working at once. To come back, it has to be connected and approved again.",
            EndPath,
            "id",
            grant.Id,
            "End"
        );
    }

    private static async Task EndAsync(ConsoleRequest request, ConsoleForm form)
    {
        var grant = await FindAsync(request, form["id"]);
        await Book(request).EndAsync(grant.Id, "revoked by the operator", request.Cancelled);
        await request.RedirectAsync(AccessPage.Path, $"The connection of {grant.ClientName} has ended.");
    }

    private static async Task AskEndAllAsync(ConsoleRequest request)
    {
        var grants = await Book(request).ListLiveAsync(request.Cancelled);
        await Question.ShowAsync(
            request,
            $"End all {grants.Count} connections?",
            "They stop working at once: those of apps and those of programs. To come back, each has to be connected and approved again. Tokens stay.",
            EndAllPath,
            "all",
            "yes",
            "End all"
        );
    }

    private static async Task EndAllAsync(ConsoleRequest request, ConsoleForm form)
    {
        var grants = await Book(request).ListLiveAsync(request.Cancelled);
        foreach (var grant in grants)
        {
            await Book(request).EndAsync(grant.Id, "revoked by the operator", request.Cancelled);
        }

        await request.RedirectAsync(AccessPage.Path, "All connections have ended.");
    }

    private static IHtmlContent Choices(string id, IReadOnlyList<AccessChoice> choices) =>
        Html.Of(
            $"""
            <label for="{id}">Access</label><select id="{id}" name="access">
            {Html.Join(choices.Select(choice => Html.Of($"""<option value="{choice.Value}">{choice.Label} ({choice.Detail})</option>""")))}
            </select>
            """
        );

    private static GrantBook Book(ConsoleRequest request) =>
        request.Http.RequestServices.GetService<GrantBook>()
        ?? throw new ConsoleException("This gateway has no login: set PUBLIC_URL.", 404);

    private static async Task<Grant> FindAsync(ConsoleRequest request, string? id) =>
        (await Book(request).ListLiveAsync(request.Cancelled)).FirstOrDefault(grant => grant.Id == id)
        ?? throw new ConsoleException("That connection has ended, or never was: see Access for those there are.", 404);
}
