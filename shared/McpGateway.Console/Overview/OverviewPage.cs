using McpGateway.Console.Approving;
using McpGateway.Console.Frame;
using McpGateway.Health;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace McpGateway.Console.Overview;

/// <summary>Whether all is well, what was called, by whom, how it went, and what is left: in ten seconds.</summary>
internal static class OverviewPage
{
    public static ConsoleSection Section { get; } = new("/console", "Overview", pages => pages.Get("/console", ShowAsync)) { Order = 0 };

    private static async Task ShowAsync(ConsoleRequest request)
    {
        var span = Span.Of(request.Query("range"), request.Now, request.Zone);
        var activity = request.Get<Activity>();
        var filter = new ActivityFilter { From = span.From };
        var (hours, callers, tools) = await activity.AddUpAsync(filter, request.Cancelled);
        var all = hours.Aggregate(ActivitySum.None, (sum, hour) => sum + hour.Sum);
        await request.ShowAsync(
            "Overview",
            Html.Of(
                $"""
                {await StateAsync(request)}
                {await ApprovalsPage.HintAsync(request)}
                <ul class="cards">
                <li><span class="figure">{Pieces.Number(all.Calls)}</span><span class="soft">{(all.Calls == 1 ? "call" : "calls")}, {span.Title}</span></li>
                <li><span class="figure">{Pieces.Number(all.Errors)}</span><span class="soft">{Share(all)}</span></li>
                <li><span class="figure">{Latency(all, 0.5)}</span><span class="soft">median, 95% within {Latency(all, 0.95)}</span></li>
                <li><span class="figure">{Pieces.Number(all.Tokens)}</span><span class="soft">tokens of answers, {Pieces.Bytes(all.Bytes)}</span></li>
                {Html.If(
                    request.Get<GatewayService>().SpendsCredits,
                    () => Html.Of($"""<li><span class="figure">{Pieces.Number(all.Credits)}</span><span class="soft">credits spent</span></li>""")
                )}
                </ul>
                {Charts(request, span, hours, activity)}
                <div class="two">
                <section class="shares"><h2>By tool</h2>{Shares("Calls by tool", "Tool", tools, "name", span, request, withTokens: false)}</section>
                <section class="shares"><h2>By caller</h2>{Shares("Calls by caller", "Caller", callers, "caller", span, request, withTokens: true)}</section>
                </div>
                <div class="two">
                {LimitsPanel.Of(request)}
                {Gateway(request)}
                </div>
                """
            )
        );
    }

    private static async Task<IHtmlContent> StateAsync(ConsoleRequest request)
    {
        var problems = await request.Get<HealthCheckService>().FindProblemsAsync(request.Cancelled);
        return problems.Count == 0
            ? Html.Of($"""<p class="good" role="status">All is well.</p>""")
            : Html.Of(
                $"""<div class="bad" role="alert">{Pieces.Count(problems.Count, "problem")}:<ul>{Html.Join(
                    problems.Select(problem => Html.Of($"""<li><strong>{problem.Key}</strong>: {problem.Value}</li>"""))
                )}</ul></div>"""
            );
    }

    private static IHtmlContent Charts(ConsoleRequest request, Span span, IReadOnlyList<ActivityHour> hours, Activity activity)
    {
        if (!activity.IsKept)
        {
            return Html.Of($"""<p class="warn">Nothing is kept of what callers do (ACTIVITY_DAYS=0).</p>""");
        }

        var columns = span.Columns(hours, request.Zone);
        return Html.Of(
            $"""
            <section><h2>Calls {span.Each}</h2>
            <p class="buttons">{Html.Join(Span.All.Select(other => RangeLink(other, span)))}</p>
            {(hours.Count == 0 ? Html.Of($"""<p class="soft">No calls, {span.Title}.</p>""") : Plots(span, columns))}
            </section>
            """
        );
    }

    private static IHtmlContent Plots(Span span, IReadOnlyList<SpanColumn> columns) =>
        Html.Of(
            $"""
            {BarChart.Of(
                $"Calls {span.Each}, {span.Title}",
                columns,
                column => column.Sum.Calls,
                column => column.Sum.Errors,
                column => $"{column.Label}: {Pieces.Count(column.Sum.Calls, "call")}, {Pieces.Count(column.Sum.Errors, "error")}",
                value => Pieces.Count(value, "call")
            )}
            <ul class="legend"><li><i></i>done</li><li><i class="errors"></i>failed or refused</li></ul>
            <h3>How long 95% of them took at most</h3>
            {BarChart.Of(
                $"Duration of calls {span.Each}, {span.Title}",
                columns,
                column => column.Sum.Percentile(0.95) ?? 0,
                _ => 0,
                column => $"{column.Label}: {(column.Sum.Percentile(0.95) is { } longest ? Pieces.Milliseconds(longest) : "no call")}",
                Pieces.Milliseconds
            )}
            <details><summary>The same as a table</summary>
            {Pieces.Table(
                $"Calls {span.Each}",
                [span.Unit, "Calls", "Errors", "Median", "95%"],
                Html.Join(
                    columns
                        .Where(column => column.Sum.Calls > 0)
                        .Reverse()
                        .Select(column =>
                            Html.Of(
                                $"""<tr><td>{column.Label}</td><td>{Pieces.Number(column.Sum.Calls)}</td><td>{Pieces.Number(column.Sum.Errors)}</td><td>{Latency(column.Sum, 0.5)}</td><td>{Latency(column.Sum, 0.95)}</td></tr>"""
                            )
                        )
                )
            )}
            </details>
            """
        );

    private static IHtmlContent RangeLink(Span other, Span chosen) =>
        Html.Of(
            $"""<a class="button" href="/console?range={other.Name}"{Html.If(other.Name == chosen.Name, () => Html.Of($" aria-current=\"true\""))}>{other.Short}</a>"""
        );

    private static IHtmlContent Shares(
        string label,
        string head,
        IReadOnlyList<ActivityShare> shares,
        string field,
        Span span,
        ConsoleRequest request,
        bool withTokens
    ) =>
        shares.Count == 0
            ? Html.Of($"""<p class="soft">No calls, {span.Title}.</p>""")
            : Pieces.Table(
                label,
                [head, "Calls", "Errors", withTokens ? "Tokens" : "95%", "Last"],
                Html.Join(
                    shares
                        .Take(12)
                        .Select(share =>
                            Html.Of(
                                $"""
                                <tr><td class="name"><a href="/console/activity?{field}={Uri.EscapeDataString(share.Name)}">{Visible.Of(
                                    share.Name.Length > 0 ? share.Name : "(nobody known)"
                                )}</a></td><td>{Pieces.Number(share.Sum.Calls)}</td><td>{Pieces.Number(share.Sum.Errors)}</td><td>{(
                                    withTokens ? Pieces.Number(share.Sum.Tokens) : Latency(share.Sum, 0.95)
                                )}</td><td>{request.Time(share.Last)}</td></tr>
                                """
                            )
                        )
                )
            );

    private static IHtmlContent Gateway(ConsoleRequest request)
    {
        var service = request.Get<GatewayService>();
        var started = request.Now - request.Get<TimeProvider>().GetElapsedTime(request.Get<ConsoleDoor>().Started);
        var siblings = Siblings.Of(request.Get<IOptions<ConsoleOptions>>().Value, service);
        return Html.Of(
            $"""
            <section><h2>This gateway</h2>
            <dl class="facts">
            <dt>Version</dt><dd>{service.Name} {service.Version}</dd>
            <dt>Running for</dt><dd><span title="{Moment.Precise(started, request.Zone)}">{Pieces.Duration(request.Now - started)}</span></dd>
            <dt>Events kept</dt><dd>{Pieces.Count(request.Get<Activity>().Lifetime.TotalDays, "day")}</dd>
            {Html.If(
                siblings.Count > 0,
                () =>
                    Html.Of(
                        $"""<dt>Others</dt><dd>{Html.Join(siblings.Select(sibling => Html.Of($"""<a href="{new Uri(sibling.Url, "/console").AbsoluteUri}">{sibling.Name}</a> """)))}</dd>"""
                    )
            )}
            </dl>
            </section>
            """
        );
    }

    private static string Share(ActivitySum sum) =>
        sum.Calls == 0 ? "failed or refused" : $"failed or refused, {100.0 * sum.Errors / sum.Calls:0.#}%";

    private static string Latency(ActivitySum sum, double share) =>
        sum.Percentile(share) is { } milliseconds ? Pieces.Milliseconds(milliseconds) : "–";
}
