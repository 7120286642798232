using McpGateway.Authentication;
using McpGateway.Console.Frame;
using McpGateway.OAuth;
using McpGateway.OAuth.Grants;
using McpGateway.Text;
using McpGateway.Tools.Budgets;
using McpGateway.Tools.Callers;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Console.Access;

/// <summary>Who has access: the tokens of settings, those made at run time, and the connections of apps and programs, side by side.</summary>
internal static class AccessPage
{
    public const string Path = "/console/access";

    public static ConsoleSection Section { get; } =
        new(
            Path,
            "Access",
            pages =>
            {
                pages.Get(Path, ShowAsync);
                TokenPages.Add(pages);
                ConnectionPages.Add(pages);
            }
        )
        {
            Order = 70,
        };

    private static async Task ShowAsync(ConsoleRequest request)
    {
        var only = request.Query("caller");
        var grants = request.Http.RequestServices.GetService<GrantBook>();
        var entries = (await EntriesAsync(request, grants)).Where(entry => only is null || entry.Caller == only).ToList();
        await request.ShowAsync(
            "Access",
            Html.Of(
                $"""
                {Html.If(only is not null, () => Html.Of($"""<p class="buttons"><a class="button" href="{Path}">Show everybody</a></p>"""))}
                {Html.If(
                    entries.Count == 0,
                    () =>
                        Html.Of(
                            $"""<p class="warn">{(only is null ? "No token is set and no app is connected." : $"Nobody named {Visible.Of(only)} has access any more.")}</p>"""
                        )
                )}
                <ul class="cards wider">{Html.Join(entries.Select(entry => Card(entry, request)))}</ul>
                {Html.If(
                    only is null && entries.Count(entry => entry.AnswersTo is not null || entry.Kind == "program") > 1,
                    () => Html.Of($"""<p class="buttons"><a class="button end" href="{ConnectionPages.EndAllPath}">End all connections</a></p>""")
                )}
                {Html.If(
                    only is null,
                    () =>
                        Html.Of(
                            $"""<div class="two">{TokenPages.MakingForm(request)}{Html.If(grants is not null, () => ConnectionPages.MakingForm(request))}</div>"""
                        )
                )}
                """
            )
        );
    }

    private static async Task<IReadOnlyList<AccessEntry>> EntriesAsync(ConsoleRequest request, GrantBook? grants)
    {
        var profiles = request.Get<Profiles>();
        List<AccessEntry> all = [];
        if (grants is not null)
        {
            var choices = request.Get<AccessChoices>();
            all.AddRange((await grants.ListLiveAsync(request.Cancelled)).Select(grant => AccessEntry.Of(grant, choices)));
        }

        all.AddRange((await request.Get<TokenBook>().ListAsync(request.Cancelled)).Where(row => row.Ended is null).Select(AccessEntry.Of));
        all.AddRange(request.Get<BearerTokens>().Callers.Select(AccessEntry.Of));
        return all;
    }

    private static IHtmlContent Card(AccessEntry entry, ConsoleRequest request)
    {
        var budgets = request.Get<Purses>().Known().Where(budget => budget.Owner == entry.Caller).ToList();
        return Html.Of(
            $"""
            <li><h2>{Visible.Of(entry.Name)} <span class="tag">{entry.Kind}</span></h2>
            <dl class="facts">
            <dt>May</dt><dd>{Visible.Of(entry.Rights)}</dd>
            {Html.If(entry.VouchedBy is not null, () => Html.Of($"""<dt>Vouched for by</dt><dd>{Visible.Of(entry.VouchedBy!)}</dd>"""))}
            {Html.If(entry.AnswersTo is not null, () => Html.Of($"""<dt>Answers went to</dt><dd>{Visible.Of(entry.AnswersTo!)}</dd>"""))}
            {Html.If(entry.Since is not null, () => Html.Of($"""<dt>Since</dt><dd>{request.Time(entry.Since!.Value)}</dd>"""))}
            {Html.If(entry.KnowsUse, () => Html.Of($"""<dt>Last used</dt><dd>{(entry.Used is { } used ? request.Time(used) : Html.Of($"never"))}</dd>"""))}
            {Html.Join(
                budgets.Select(budget =>
                    Html.Of($"""<dt>Used</dt><dd>{Pieces.Number(budget.Used)} of {budget.Limit}, renewed {request.Time(budget.Ends)}</dd>""")
                )
            )}
            </dl>
            <div class="buttons">
            <a class="button" href="/console/activity?caller={Uri.EscapeDataString(entry.Caller)}">Activity</a>
            {Html.Join(
                entry.Actions.Select(action =>
                    Html.Of($"""<a class="button{(action.Ends ? " end" : "")}" href="{action.Url}" aria-label="{action.Title}: {Visible.Of(entry.Name)}">{action.Title}</a>""")
                )
            )}
            </div></li>
            """
        );
    }
}
