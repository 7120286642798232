using McpGateway.Console.Frame;
using McpGateway.Console.Session;
using McpGateway.Http;
using McpGateway.OAuth;
using McpGateway.OAuth.Pages;
using McpGateway.State.Database;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Console;

/// <summary>What every request to the console passes: a session, and for whatever changes something a form of this gateway's own.</summary>
internal sealed class ConsoleDesk(
    IEnumerable<ConsoleSection> sections,
    ConsoleSession session,
    SignIn signIn,
    PageFrame frame,
    Issuer issuer
)
{
    public const string Path = "/console";

    private readonly IReadOnlyList<ConsoleSection> sections = [.. sections.OrderBy(section => section.Order)];
    private readonly Lazy<ConsolePages> pages = new(() =>
    {
        var all = new ConsolePages();
        foreach (var section in sections)
        {
            section.AddPages(all);
        }

        return all;
    });

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (ConsoleException e)
        {
            await WriteErrorAsync(context, e.Status, e.Message);
        }
        catch (OAuthException e)
        {
            await WriteErrorAsync(context, e.Status, e.Message);
        }
        catch (StateException e)
        {
            await WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (isPost)
        {
            FormPage.CheckSender(context.Request, issuer);
        }

        if (path.Equals(SignIn.Path, StringComparison.OrdinalIgnoreCase))
        {
            await signIn.HandleAsync(context);
            return;
        }

        if (await session.FindAsync(context) is not { } cookie)
        {
            await signIn.AskAsync(context);
            return;
        }

        var request = new ConsoleRequest(context, session, cookie, Navigation(path, cookie));
        if (!isPost)
        {
            await (pages.Value.FindShow(path) is { } show ? show(request) : NotFoundAsync(request));
            return;
        }

        if (path.Equals(SignIn.EndPath, StringComparison.OrdinalIgnoreCase))
        {
            await ReadFormAsync(context, cookie, 64 * 1024);
            await session.EndAsync(context, cookie);
            SignIn.GoTo(context, "/");
            return;
        }

        if (pages.Value.FindTake(path) is not var (take, largest))
        {
            await NotFoundAsync(request);
            return;
        }

        await take(request, await ReadFormAsync(context, cookie, largest));
    }

    private async Task<ConsoleForm> ReadFormAsync(HttpContext context, OperatorCookie cookie, long largest)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new ConsoleException("Send a form of this gateway's pages.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largest;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(
                new FormOptions
                {
                    // In memory: a file of somebody's memories does not lie about in a temporary folder.
                    MemoryBufferThreshold = (int)Math.Min(largest, int.MaxValue),
                    MultipartBodyLengthLimit = largest,
                    ValueLengthLimit = (int)Math.Min(largest, int.MaxValue),
                    BufferBodyLengthLimit = largest,
                },
                context.RequestAborted
            );
            return session.IsTicketOf(cookie, form[ConsoleRequest.FormTicketField])
                ? new ConsoleForm(form)
                : throw new ConsoleException(
                    "The form is not of this session: go back, load the page again and send it from there. Nothing was changed.",
                    StatusCodes.Status403Forbidden
                );
        }
        catch (InvalidDataException e)
        {
            throw new ConsoleException($"The form cannot be read: {e.Message} Nothing was changed.", inner: e);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ConsoleException(
                $"The form is larger than {Pieces.Bytes(largest)}. Nothing was changed.",
                StatusCodes.Status413PayloadTooLarge,
                e
            );
        }
    }

    private IHtmlContent Navigation(string path, OperatorCookie cookie) =>
        Html.Of(
            $"""
            <nav aria-label="Console">{Html.Join(sections.Select(section => Link(section, section == CurrentOf(path))))}</nav>
            <form method="post" action="{SignIn.EndPath}"><input type="hidden" name="{ConsoleRequest.FormTicketField}" value="{session.NewTicket(
                cookie
            )}"><button class="quiet">Sign out</button></form>
            """
        );

    private static IHtmlContent Link(ConsoleSection section, bool isCurrent) =>
        Html.Of($"""<a href="{section.Path}"{Html.If(isCurrent, () => Html.Of($" aria-current=\"page\""))}>{section.Title}</a>""");

    private ConsoleSection? CurrentOf(string path) =>
        sections
            .Where(section =>
                path.Equals(section.Path, StringComparison.OrdinalIgnoreCase)
                || path.StartsWith(section.Path + "/", StringComparison.OrdinalIgnoreCase)
            )
            .MaxBy(section => section.Path.Length);

    private static Task NotFoundAsync(ConsoleRequest request) =>
        request.ShowAsync("There is no such page", Html.Of($"""<p>Choose one above.</p>"""), StatusCodes.Status404NotFound);

    private Task WriteErrorAsync(HttpContext context, int status, string message) => WriteErrorAsync(frame, context, status, message);

    /// <summary>A page that says what is wrong, or for scripts the same as JSON.</summary>
    public static Task WriteErrorAsync(PageFrame frame, HttpContext context, int status, string message)
    {
        if (!PageFrame.IsAskedFor(context.Request))
        {
            PageFrame.SetHeaders(context);
            return Refusal.WriteAsync(context, status, ReasonPhrases.GetReasonPhrase(status), message);
        }

        return frame.WriteAsync(
            context,
            status,
            "This did not work",
            Html.Of($"""<nav aria-label="Console"><a href="{Path}">Console</a></nav>"""),
            Html.Of($"""<h1>This did not work</h1><p class="bad" role="alert">{message}</p>""")
        );
    }
}
