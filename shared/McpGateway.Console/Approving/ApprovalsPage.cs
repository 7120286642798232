using System.Text.Json;
using McpGateway.OAuth;
using McpGateway.OAuth.Pages;
using McpGateway.State;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Approving;

/// <summary>The calls that wait for the operator: what each would do, to what, and who wants it.</summary>
internal static class ApprovalsPage
{
    public const string Path = ApprovalAnswers.Path;

    public static ConsoleSection Section { get; } =
        new(Path, "Approvals", pages => pages.Get(Path, ShowAsync).Post(Path, AnswerAsync)) { Order = 80 };

    /// <summary>How many wait, in a box that leads there; nothing where none does.</summary>
    public static async Task<IHtmlContent> HintAsync(ConsoleRequest request)
    {
        var calls = await request.Get<ApprovalAnswers>().ListAsync(request.Cancelled);
        return Html.If(
            calls.Count > 0,
            () =>
                Html.Of(
                    $"""<p class="warn"><a href="{Path}">{(calls.Count == 1 ? "A call waits" : $"{calls.Count} calls wait")} for your yes</a></p>"""
                )
        );
    }

    private static async Task ShowAsync(ConsoleRequest request)
    {
        var calls = await request.Get<ApprovalAnswers>().ListAsync(request.Cancelled);
        await request.ShowAsync(
            "Approvals",
            calls.Count == 0
                ? Html.Of(
                    $"""
                    <section><p>No call waits for you.</p>
                    <p class="soft">Calls wait here where CONFIRM_DESTRUCTIVE=page, or the rights of a caller, ask for your yes.</p>
                    <div class="buttons"><a class="button" href="{Path}">Look again</a></div></section>
                    """
                )
                : Html.Of(
                    $"""
                    {Html.Join(calls.Select(call => Item(call, request)))}
                    <div class="buttons"><a class="button" href="{Path}">Look again</a></div>
                    """
                )
        );
    }

    private static async Task AnswerAsync(ConsoleRequest request, ConsoleForm form)
    {
        var done = (form["allow"], form["refuse"]) switch
        {
            ({ } call, null) => await request.Get<ApprovalAnswers>().AnswerAsync(call, yes: true, request.Cancelled),
            (null, { } call) => await request.Get<ApprovalAnswers>().AnswerAsync(call, yes: false, request.Cancelled),
            _ => throw new ConsoleException("A call is allowed or refused: press one of its buttons."),
        };
        await request.RedirectAsync(Path, done);
    }

    private static IHtmlContent Item(WaitingCall call, ConsoleRequest request)
    {
        using var arguments = JsonDocument.Parse(call.Arguments);
        var title = Visible.Of(call.Title);
        var caller = Visible.Of(call.Caller);
        return Html.Of(
            $"""
            <section><h2>{title}</h2>
            <p>{call.Meaning} <span class="soft">({call.Tool})</span></p>
            <dl class="facts">
            <dt>Wanted by</dt><dd>{caller}, {request.Time(call.Asked)}</dd>
            {ArgumentList.Of(arguments.RootElement, call.Names)}
            </dl>
            {request.Form(
                Path,
                Html.Of(
                    $"""
                    <div class="buttons">
                    <button class="main" name="allow" value="{call.Digest}" aria-label="Allow once: {title}, for {caller}">Allow once</button>
                    <button class="end" name="refuse" value="{call.Digest}" aria-label="Refuse: {title}, for {caller}">Refuse</button>
                    </div>
                    """
                )
            )}
            </section>
            """
        );
    }
}
