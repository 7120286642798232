using System.Text.Json.Serialization.Metadata;
using McpGateway.Console.Assets;
using McpGateway.Console.Frame;
using McpGateway.Console.Session;
using McpGateway.OAuth;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.Console;

/// <summary>A request of the operator, who is signed in, and the ways to answer it.</summary>
public sealed class ConsoleRequest
{
    private const string NoticeField = "notice";

    private readonly ConsoleSession session;
    private readonly OperatorCookie cookie;
    private readonly IHtmlContent navigation;

    internal ConsoleRequest(HttpContext http, ConsoleSession session, OperatorCookie cookie, IHtmlContent navigation)
    {
        Http = http;
        this.session = session;
        this.cookie = cookie;
        this.navigation = navigation;
        Now = Get<TimeProvider>().GetUtcNow();
        Zone = Get<IOptions<GatewayOptions>>().Value.Zone;
    }

    public HttpContext Http { get; }

    public CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>When it came.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The operator's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>A service of the gateway.</summary>
    public T Get<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A value of the query; empty counts as absent.</summary>
    public string? Query(string name) => Http.Request.Query[name].LastOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>A moment as <see cref="Moment.Shown"/> shows it.</summary>
    public IHtmlContent Time(DateTimeOffset moment) => Moment.Shown(moment, Now, Zone);

    /// <summary>Shows a page in the frame of the console.</summary>
    /// <param name="content">What follows the title.</param>
    /// <param name="files">Styles and scripts of this page by their names in <see cref="AssetStore"/>; what is not part of this build is left out.</param>
    public Task ShowAsync(string title, IHtmlContent content, int status = StatusCodes.Status200OK, params IReadOnlyList<string> files)
    {
        var notice = session.OpenNotice(cookie, Query(NoticeField));
        return Get<PageFrame>()
            .WriteAsync(
                Http,
                status,
                title,
                navigation,
                Html.Of(
                    $"""
                    <h1>{title}</h1>
                    {Html.If(notice is not null, () => Html.Of($"""<p class="done" role="status">{notice}</p>"""))}
                    {content}
                    """
                ),
                files
            );
    }

    /// <summary>Answers with JSON, for a script or a person.</summary>
    public Task ShowJsonAsync<T>(T value, JsonTypeInfo<T> type)
    {
        PageFrame.SetHeaders(Http);
        return Http.Response.WriteAsJsonAsync(value, type, cancellationToken: Cancelled);
    }

    /// <summary>Sends the browser to another page, which says what was done: so that going back or loading again repeats nothing.</summary>
    /// <param name="path">A path of this gateway.</param>
    /// <param name="notice">A sentence.</param>
    public Task RedirectAsync(string path, string? notice = null)
    {
        PageFrame.SetHeaders(Http);
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = notice is null
            ? path
            : QueryHelpers.AddQueryString(path, NoticeField, session.SealNotice(cookie, notice));
        return Task.CompletedTask;
    }

    /// <summary>A form whose fields go to a <see cref="ConsolePages.Post"/> of this gateway, with the ticket that proves where it comes from.</summary>
    /// <param name="withFiles">Whether it has a field for files.</param>
    public IHtmlContent Form(string action, IHtmlContent content, bool withFiles = false) =>
        Html.Of(
            $"""
            <form method="post" action="{action}"{Html.If(withFiles, () => Html.Of($" enctype=\"multipart/form-data\""))}>
            <input type="hidden" name="{FormTicketField}" value="{session.NewTicket(cookie)}">
            {content}
            </form>
            """
        );

    internal const string FormTicketField = "ticket";
}
