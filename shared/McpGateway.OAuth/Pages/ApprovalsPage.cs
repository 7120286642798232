using System.Text.Json;
using McpGateway.State;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace McpGateway.OAuth.Pages;

/// <summary>Shows the calls that wait for the operator: what each would do, to what, and who wants it.</summary>
internal static class ApprovalsPage
{
    public static Task AskForSecretAsync(HttpContext context, GatewayService service, bool wrongSecret) =>
        SignInPage.AskAsync(context, service, TitleOf(service), ApprovalsEndpoint.Path, "Show waiting calls", wrongSecret);

    /// <param name="done">What the last answer has brought about; null if there was none.</param>
    public static Task ShowAsync(
        HttpContext context,
        GatewayService service,
        IReadOnlyList<WaitingCall> calls,
        OperatorTime times,
        string ticket,
        string? done
    ) =>
        Page.WriteAsync(
            context,
            StatusCodes.Status200OK,
            TitleOf(service),
            Html.Of(
                $"""
                {(done is null ? Html.Empty : Html.Of($"""<p class="done" role="status">{done}</p>"""))}
                {(calls.Count == 0 ? Html.Of($"""<p>No call waits for you.</p>""") : Html.Empty)}
                <form method="post" action="{ApprovalsEndpoint.Path}">
                <input type="hidden" name="ticket" value="{ticket}">
                {(
                    calls.Count == 0
                        ? Html.Empty
                        : Html.Of($"""<ul class="list">{Html.Join(calls.Select(call => Item(call, times)))}</ul>""")
                )}
                <div class="buttons"><button>Look again</button></div>
                </form>
                """
            )
        );

    private static string TitleOf(GatewayService service) => $"Calls of {service.Title} that wait for you";

    private static IHtmlContent Item(WaitingCall call, OperatorTime times)
    {
        using var arguments = JsonDocument.Parse(call.Arguments);
        return Html.Of(
            $"""
            <li><h2>{call.Title}</h2>
            <p>{call.Meaning} <span class="soft">({call.Tool})</span></p>
            <dl class="facts">
            <dt>Wanted by</dt><dd>{call.Caller}, {times.Of(call.Asked)}</dd>
            {ArgumentList.Of(arguments.RootElement, call.Names)}
            </dl>
            <div class="buttons">
            <button class="main" name="allow" value="{call.Digest}" aria-label="Allow once: {call.Title}, for {call.Caller}">Allow once</button>
            <button class="end" name="refuse" value="{call.Digest}" aria-label="Refuse: {call.Title}, for {call.Caller}">Refuse</button>
            </div>
            </li>
            """
        );
    }
}
