using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>A page for people: no place inside another page, kept by no cache, and no resource beyond what its policy names.</summary>
/// <param name="contentSecurityPolicy">What the page may load, run and send.</param>
/// <param name="referrerPolicy">What the next address hears of this one.</param>
/// <param name="openerPolicy">Whether a page that opened this one may reach it; null where it may, as an app that opened a login.</param>
public sealed class PageReply(string contentSecurityPolicy, string referrerPolicy, string? openerPolicy = null)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Sends a whole page.</summary>
    public Task WriteAsync(HttpContext context, int status, IHtmlContent page)
    {
        SetHeaders(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        page.WriteTo(text, Encoder);
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>The headers of a page, and of whatever else only its reader may see.</summary>
    public void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = referrerPolicy;
        headers["Cross-Origin-Opener-Policy"] = openerPolicy;
        headers.XContentTypeOptions = "nosniff";
    }
}
