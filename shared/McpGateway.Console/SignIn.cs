using McpGateway.Console.Frame;
using McpGateway.Console.Session;
using McpGateway.Http;
using McpGateway.OAuth;
using McpGateway.OAuth.Pages;
using McpGateway.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace McpGateway.Console;

/// <summary>Asks for the operator secret, opens a session, and leads on to the page that was asked for.</summary>
internal sealed class SignIn(ConsoleSession session, PageFrame frame, GatewayService service)
{
    public const string Path = "/console/sign-in";
    public const string EndPath = "/console/sign-out";

    private const string Next = "next";

    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await WriteAsync(context, StatusCodes.Status200OK, NextIn(context.Request.Query[Next]), problem: null);
            return;
        }

        var form = await Parameters.OfFormAsync(context.Request);
        var next = NextIn(form[Next]);
        string? problem;
        var status = StatusCodes.Status401Unauthorized;
        try
        {
            if (session.TryOpen(context, form["secret"]))
            {
                GoTo(context, next);
                return;
            }

            problem = "That is not the operator secret.";
        }
        catch (OAuthException e)
        {
            (status, problem) = (e.Status, e.Message);
        }

        await WriteAsync(context, status, next, problem);
    }

    /// <summary>Answers a request without a session.</summary>
    public Task AskAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return WriteAsync(
                context,
                StatusCodes.Status401Unauthorized,
                ConsoleDesk.Path,
                "Your session has ended, and nothing was changed. Sign in and do it again."
            );
        }

        if (!PageFrame.IsAskedFor(context.Request))
        {
            PageFrame.SetHeaders(context);
            return Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", $"Sign in at {Path} first.");
        }

        GoTo(context, QueryHelpers.AddQueryString(Path, Next, context.Request.Path + context.Request.QueryString));
        return Task.CompletedTask;
    }

    public static void GoTo(HttpContext context, string path)
    {
        PageFrame.SetHeaders(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    private Task WriteAsync(HttpContext context, int status, string next, string? problem) =>
        frame.WriteAsync(
            context,
            status,
            "Sign in",
            Html.Empty,
            Html.Of(
                $"""
                <section class="narrow card">
                <h1>Console of {service.Title}</h1>
                {Html.If(problem is not null, () => Html.Of($"""<p class="bad" role="alert">{problem}</p>"""))}
                <form method="post" action="{Path}">
                <input type="hidden" name="{Next}" value="{next}">
                {SecretField.Of(service)}
                <div class="buttons"><button class="main">Sign in</button></div>
                </form>
                </section>
                """
            )
        );

    // Only a page of the console: else a link could lead through the sign-in to anywhere.
    private static string NextIn(string? path) =>
        path is not null
        && (
            path == ConsoleDesk.Path
            || path.StartsWith(ConsoleDesk.Path + "/", StringComparison.Ordinal)
            || path.StartsWith(ConsoleDesk.Path + "?", StringComparison.Ordinal)
        )
        && !path.Any(char.IsControl)
        && !path.Contains('\\', StringComparison.Ordinal)
            ? path
            : ConsoleDesk.Path;
}
