using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Console.Frame;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Text;
using McpGateway.Tools.Callers;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Access;

/// <summary>Makes, changes, rotates and ends tokens. A page that only asks changes nothing; the form on it does.</summary>
internal static class TokenPages
{
    public const string MakePath = "/console/access/token";
    public const string ChangePath = MakePath + "/change";
    public const string RotatePath = MakePath + "/rotate";
    public const string EndPath = MakePath + "/end";

    public static void Add(ConsolePages pages) =>
        pages
            .Post(MakePath, MakeAsync)
            .Get(ChangePath, AskChangeAsync)
            .Post(ChangePath, ChangeAsync)
            .Get(
                RotatePath,
                request =>
                    AskAsync(
                        request,
                        "Rotate the token",
                        "It gets a new secret, which is shown once. The old one stops working at once.",
                        RotatePath,
                        "Rotate"
                    )
            )
            .Post(RotatePath, RotateAsync)
            .Get(EndPath, request => AskAsync(request, "End the token", "It stops working at once, and for good.", EndPath, "End"))
            .Post(EndPath, EndAsync);

    public static IHtmlContent MakingForm(ConsoleRequest request) =>
        Html.Of(
            $"""
            <section><h2>Make a token</h2>
            <p class="soft">For a program that shows a token. It is shown once, and only its SHA-256 is stored.</p>
            {request.Form(
                MakePath,
                Html.Of(
                    $"""
                    <label for="token-name">Name</label>
                    <p class="soft" id="token-name-help">Letters, digits, dots and dashes: it names the caller in Activity.</p>
                    <input id="token-name" name="name" required maxlength="64" pattern="[A-Za-z0-9_.\-]+" autocomplete="off" aria-describedby="token-name-help">
                    {RightsField(request, "")}
                    <div class="buttons"><button class="main">Make the token</button></div>
                    """
                )
            )}
            </section>
            """
        );

    private static async Task MakeAsync(ConsoleRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        var rights = form["rights"] ?? "";
        var token = await TellingAsync(() => request.Get<TokenBook>().AddAsync(name, rights, request.Cancelled));
        request.Get<AuditLog>().TokenChanged("token_made", name);
        await ShowTokenAsync(request, name, token);
    }

    private static async Task AskChangeAsync(ConsoleRequest request)
    {
        var row = await FindAsync(request);
        await request.ShowAsync(
            $"Change the rights of {row.Name}",
            Html.Of(
                $"""
                <section>{request.Form(
                    ChangePath,
                    Html.Of(
                        $"""
                        <input type="hidden" name="name" value="{row.Name}">
                        {RightsField(request, row.Rights)}
                        <div class="buttons"><button class="main">Change</button><a class="button" href="{AccessPage.Path}">Keep as it is</a></div>
                        """
                    )
                )}</section>
                """
            )
        );
    }

    private static async Task ChangeAsync(ConsoleRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        await TellingAsync(async () =>
        {
            await request.Get<TokenBook>().ChangeAsync(name, form["rights"] ?? "", request.Cancelled);
            return true;
        });
        request.Get<AuditLog>().TokenChanged("token_changed", name);
        await request.RedirectAsync(AccessPage.Path, $"{name} has other rights, from its next call on.");
    }

    private static async Task RotateAsync(ConsoleRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        var token = await TellingAsync(() => request.Get<TokenBook>().RotateAsync(name, request.Cancelled));
        request.Get<AuditLog>().TokenChanged("token_rotated", name);
        await ShowTokenAsync(request, name, token);
    }

    private static async Task EndAsync(ConsoleRequest request, ConsoleForm form)
    {
        var name = form.Required("name", "The name");
        await TellingAsync(async () =>
        {
            await request.Get<TokenBook>().EndAsync(name, request.Cancelled);
            return true;
        });
        request.Get<AuditLog>().TokenChanged("token_ended", name);
        await request.RedirectAsync(AccessPage.Path, $"The token of {name} has ended.");
    }

    private static async Task AskAsync(ConsoleRequest request, string what, string meaning, string path, string go)
    {
        var row = await FindAsync(request);
        await Question.ShowAsync(request, $"{what} of {row.Name}?", meaning, path, "name", row.Name, go);
    }

    private static Task ShowTokenAsync(ConsoleRequest request, string name, string token) =>
        request.ShowAsync(
            $"The token of {name}",
            Html.Of(
                $"""
                <section>
                <p class="warn" role="status">Copy it now: it is not shown again.</p>
                {Pieces.Copyable(token, $"the token of {name}")}
                <p>Programs send it as <code>Authorization: Bearer …</code>. <a href="/#connect">How to connect a client</a></p>
                <div class="buttons"><a class="button" href="{AccessPage.Path}">Back to Access</a></div>
                </section>
                """
            )
        );

    private static IHtmlContent RightsField(ConsoleRequest request, string rights) =>
        Html.Of(
            $"""
            <label for="rights">Rights</label>
            <p class="soft" id="rights-help">Empty for everything, or such as <code>read;calls=2000/day;expires=2027-01-01</code>. Parts: <code>read</code>, <code>tools=a b_*</code>, <code>deny=…</code>, <code>approve=…</code>, <code>calls=…/day</code>, <code>tokens=…/day</code>, <code>expires=…</code>{Html.If(
                request.Get<Profiles>().All.Count > 0,
                () => Html.Of($""", <code>profile=…</code> ({string.Join(", ", request.Get<Profiles>().All.Keys.Order(StringComparer.Ordinal))})""")
            )}.</p>
            <input id="rights" name="rights" value="{rights}" autocomplete="off" placeholder="everything" aria-describedby="rights-help">
            """
        );

    private static async Task<TokenRow> FindAsync(ConsoleRequest request)
    {
        var name = request.Query("name");
        return (await request.Get<TokenBook>().ListAsync(request.Cancelled)).FirstOrDefault(row => row.Name == name && row.Ended is null)
            ?? throw new ConsoleException("That token has ended, or never was: see Access for those there are.", 404);
    }

    private static async Task<T> TellingAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception e) when (e is TokenException or SettingException)
        {
            throw new ConsoleException($"{char.ToUpperInvariant(e.Message[0])}{e.Message[1..]} Nothing was changed.", inner: e);
        }
    }
}
