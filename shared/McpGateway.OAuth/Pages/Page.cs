using System.Security.Cryptography;
using System.Text;
using McpGateway.Http;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>The frame of every page: no script, no foreign resource, no place inside another page, kept by no cache.</summary>
internal static class Page
{
    private static readonly HtmlString Style = new(
        """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #f5f6f8; --card: #fff; --line: #d0d7de; --accent: #0b5cad; --on: #fff; --warn: #7a4300; --warnback: #fff4de; --bad: #a40e26; --badback: #ffebe9 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9ea9b4; --paper: #0d1117; --card: #161b22; --line: #3d444d; --accent: #6cb6ff; --on: #0d1117; --warn: #ffd28a; --warnback: #33260b; --bad: #ffa198; --badback: #3c1618 } }
        * { box-sizing: border-box }
        body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
        main { max-width: 34rem; margin: 2rem auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
        h1 { margin: 0 0 1rem; font-size: 1.35rem; line-height: 1.3 }
        p, dl, fieldset { margin: 0 0 1rem }
        dt { color: var(--soft); font-size: .875rem }
        dd { margin: 0 0 .6rem; overflow-wrap: anywhere }
        .soft { color: var(--soft); font-size: .875rem }
        .warn, .bad { padding: .6rem .8rem; border-radius: .5rem; color: var(--warn); background: var(--warnback) }
        .bad { color: var(--bad); background: var(--badback) }
        fieldset { padding: .6rem .8rem; border: 1px solid var(--line); border-radius: .5rem }
        legend { padding: 0 .3rem; color: var(--soft); font-size: .875rem }
        fieldset label { display: block; padding: .35rem 0 .35rem 1.75rem; text-indent: -1.75rem }
        .field { display: block; margin-bottom: .3rem; font-weight: 600 }
        input[type=password] { width: 100%; margin-bottom: 1rem; padding: .65rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .5rem }
        .buttons { display: flex; flex-wrap: wrap; gap: .75rem }
        button { flex: 1 1 8rem; min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: .5rem; cursor: pointer }
        button.main { color: var(--on); background: var(--accent); border-color: var(--accent) }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
        """
    );

    // No form-action: Chromium applies it to the redirect that follows the form as well, and that one leads to the app.
    private static readonly PageReply Reply = new(
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.Value!)))}'; "
            + "frame-ancestors 'none'; base-uri 'none'",
        referrerPolicy: "no-referrer"
    );

    /// <summary>A failure that nobody foresaw, as a page.</summary>
    public static FailureReply FailureReply { get; } =
        new((context, failure) => WriteErrorAsync(context, new OAuthException("server_error", failure.Message, failure.Status)));

    public static Task WriteAsync(HttpContext context, int status, string title, IHtmlContent content) =>
        Reply.WriteAsync(
            context,
            status,
            Html.Of(
                $"""
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{Style}</style></head>
                <body><main>
                <h1>{title}</h1>
                {content}
                </main></body>
                </html>

                """
            )
        );

    /// <summary>A page that says what is wrong, and sends nobody anywhere.</summary>
    public static Task WriteErrorAsync(HttpContext context, OAuthException problem) =>
        WriteAsync(
            context,
            problem.Status,
            "This request cannot be processed",
            Html.Of(
                $"""
                <p class="bad" role="alert">{problem.Message}</p>
                <p class="soft">Nothing was approved. Error code: {problem.Error}</p>
                """
            )
        );

    /// <summary>Sends the browser on, with the headers of a page.</summary>
    public static void Redirect(HttpContext context, string location)
    {
        Reply.SetHeaders(context);
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
    }
}
