using McpGateway.Console.Assets;
using McpGateway.Http;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Console.Frame;

/// <summary>
/// The frame of every page: own files only, no inline script or style, no place inside another page, kept by no cache. A page works without its
/// script.
/// </summary>
internal sealed class PageFrame(GatewayService service, AssetStore assets)
{
    private static readonly PageReply Reply = new(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        referrerPolicy: "same-origin",
        openerPolicy: "same-origin"
    );

    /// <summary>Writes a page.</summary>
    /// <param name="navigation">What stands beside the gateway's name; empty for a page without.</param>
    /// <param name="files">Further styles and scripts by their names in <see cref="AssetStore"/>; one that is not part of this build is left out.</param>
    public Task WriteAsync(
        HttpContext context,
        int status,
        string title,
        IHtmlContent navigation,
        IHtmlContent content,
        params IReadOnlyList<string> files
    ) =>
        Reply.WriteAsync(
            context,
            status,
            Html.Of(
                $"""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{title} · {service.Title}</title>
                <link rel="icon" href="{assets.FindUrl("icon.svg")}" type="image/svg+xml">
                {Html.Join(((string[])["console.css", "console.js", .. files]).Select(assets.FindUrl).OfType<string>().Select(Link))}
                </head>
                <body>
                <a class="skip" href="#content">Skip to the content</a>
                <header class="top"><a class="brand" href="/"><span class="mark" aria-hidden="true"></span>{service.Title}</a>{navigation}</header>
                <main id="content" tabindex="-1">
                {content}
                </main>
                <footer>{service.Name} {service.Version}</footer>
                </body>
                </html>

                """
            )
        );

    /// <summary>The headers of a page, and of whatever else only the operator may see.</summary>
    public static void SetHeaders(HttpContext context) => Reply.SetHeaders(context);

    /// <summary>Whether a browser asks for a page, and not a script or a program for data.</summary>
    public static bool IsAskedFor(HttpRequest request) => AcceptHeader.Of(request, "text/html").IsAskedFor;

    private static IHtmlContent Link(string url) =>
        url.EndsWith(".css", StringComparison.Ordinal)
            ? Html.Of($"""<link rel="stylesheet" href="{url}">{"\n"}""")
            : Html.Of($"""<script type="module" src="{url}"></script>{"\n"}""");
}
