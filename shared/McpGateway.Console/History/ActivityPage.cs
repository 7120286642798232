using System.Globalization;
using McpGateway.Console.Frame;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.History;

/// <summary>What was called, by whom, with which outcome; and everything else that audit lines tell.</summary>
internal static class ActivityPage
{
    public const string Path = "/console/activity";

    private const int PageLength = 100;

    private static readonly string[] Heads = ["When", "Caller", "What", "Outcome", "Took", "Size", "Tokens", "Credits"];

    public static ConsoleSection Section { get; } =
        new(Path, "Activity", pages => pages.Get(Path, ShowAsync).Get(ActivityExport.Path, ActivityExport.WriteAsync)) { Order = 10 };

    private static async Task ShowAsync(ConsoleRequest request)
    {
        var activity = request.Get<Activity>();
        var asked = ActivityQuestion.Of(request);
        var events = asked.After is { } after
            ? await activity.FindSinceAsync(asked.Filter, after, PageLength, request.Cancelled)
            : await activity.FindAsync(asked.Filter, PageLength, asked.Before, request.Cancelled);
        var names = await activity.NamesAsync(request.Cancelled);
        await request.ShowAsync(
            "Activity",
            Html.Of(
                $"""
                {Filters(request, asked, names)}
                <section aria-label="Events">
                <div class="buttons"><button type="button" hidden data-follow-switch aria-pressed="false">Follow live</button>
                <a class="button" href="{asked.Link(ActivityExport.Path, ("form", "csv"))}">Export CSV</a>
                <a class="button" href="{asked.Link(ActivityExport.Path, ("form", "jsonl"))}">Export JSONL</a></div>
                {Html.If(
                    asked.Filter.Caller is not null,
                    () => Html.Of($"""<p>What may it do, and until when? <a href="/console/access?caller={Uri.EscapeDataString(asked.Filter.Caller!)}">Access of {Visible.Of(asked.Filter.Caller!)}</a></p>""")
                )}
                {Html.If(events.Count == 0, () => Html.Of($"""<p data-follow-empty>{(activity.IsKept ? "Nothing of this kind has happened." : "Nothing is kept of what callers do (ACTIVITY_DAYS=0).")}</p>"""))}
                <div class="scroll" role="region" aria-label="Events, the newest first" tabindex="0"><table class="events">
                <thead><tr>{Html.Join(Heads.Select(head => Html.Of($"""<th scope="col">{head}</th>""")))}</tr></thead>
                <tbody data-follow="{asked.Link(Path)}">{Html.Join(events.Select(e => Row(e, asked, request)))}</tbody>
                </table></div>
                {Html.If(
                    events.Count == PageLength && asked.After is null,
                    () => Html.Of($"""<p class="pager"><a class="button" rel="next" href="{asked.Link(Path, ("before", ActivityQuestion.CursorOf(events[^1])))}">Older</a></p>""")
                )}
                </section>
                """
            )
        );
    }

    private static IHtmlContent Filters(ConsoleRequest request, ActivityQuestion asked, ActivityNames names)
    {
        var today = TimeZoneInfo.ConvertTime(request.Now, request.Zone).Date;
        return Html.Of(
            $"""
            <section aria-label="Filter">
            <p class="buttons">{Day("Today", today, today)}{Day("Yesterday", today.AddDays(-1), today.AddDays(-1))}{Day(
                "7 days",
                today.AddDays(-6),
                today
            )}<a class="button" href="{Path}">All</a></p>
            <form method="get" action="{Path}" class="filters">
            {Choice("caller", "Caller", "everybody", names.Callers, asked.Filter.Caller)}
            {Choice("name", "Tool", "every one", names.Names, asked.Filter.Name)}
            {Choice("outcome", "Outcome", "any", names.Outcomes, asked.Filter.Outcome)}
            {Choice("event", "Kind", "everything", [ActivityQuestion.Calls, .. names.Events], asked.Event)}
            <div><label for="from">From</label><input type="date" id="from" name="from" value="{asked.FromDay}"></div>
            <div><label for="until">Until</label><input type="date" id="until" name="until" value="{asked.UntilDay}"></div>
            <div class="buttons"><button class="main">Show</button></div>
            </form>
            </section>
            """
        );

        IHtmlContent Day(string title, DateTime from, DateTime until) =>
            Html.Of(
                $"""<a class="button" href="{asked.Link(Path, ("from", DayOf(from)), ("until", DayOf(until)))}"{Html.If(
                    asked.FromDay == DayOf(from) && asked.UntilDay == DayOf(until),
                    () => Html.Of($" aria-current=\"true\"")
                )}>{title}</a>"""
            );
    }

    private static IHtmlContent Choice(string name, string label, string any, IReadOnlyList<string> values, string? chosen) =>
        Html.Of(
            $"""
            <div><label for="{name}">{label}</label><select id="{name}" name="{name}"><option value="">{any}</option>
            {Html.Join(
                (chosen is null || values.Contains(chosen) ? values : [chosen, .. values]).Select(value =>
                    Html.Of($"""<option value="{value}"{Html.If(value == chosen, () => Html.Of($" selected"))}>{Visible.Of(Cut.To(WordsOf(value), 60))}</option>""")
                )
            )}</select></div>
            """
        );

    private static IHtmlContent Row(ActivityEvent e, ActivityQuestion asked, ConsoleRequest request) =>
        Html.Of(
            $"""
            <tr data-id="{e.Id}"><td>{request.Time(e.Time)}</td>
            <td class="name">{Html.If(
                e.Caller is not null,
                () => Html.Of($"""<a href="{asked.Link(Path, ("caller", e.Caller!))}">{Visible.Of(e.Caller!)}</a>""")
            )}</td>
            <td class="name">{What(e, asked)}</td><td>{Outcome(e.Outcome)}</td>
            <td>{(e.Milliseconds is { } milliseconds ? Pieces.Milliseconds(milliseconds) : "")}</td><td>{(
                e.Bytes is { } bytes ? Pieces.Bytes(bytes) : ""
            )}</td>
            <td data-unit=" tokens">{(e.Tokens is { } tokens ? Pieces.Number(tokens) : "")}</td><td data-unit=" credits">{(
                e.Credits is { } credits ? Pieces.Number(credits) : ""
            )}</td></tr>
            """
        );

    private static IHtmlContent What(ActivityEvent e, ActivityQuestion asked) =>
        Html.Of(
            $"""{(
                e.Name is { } name
                    ? Html.Of($"""<a href="{asked.Link(Path, ("name", name))}">{Visible.Of(name)}</a>""")
                    : Html.Of($"{WordsOf(e.Event)}")
            )}{Html.If(
                e.Name is not null && e.Event != ActivityEvent.ToolCall,
                () => Html.Of($""" <span class="soft">{WordsOf(e.Event)}</span>""")
            )}{Html.If(e.Detail is not null, () => Html.Of($"""<br><span class="soft">{Visible.Of(e.Detail!)}</span>"""))}"""
        );

    private static IHtmlContent Outcome(string? outcome) =>
        outcome switch
        {
            null => Html.Empty,
            "ok" => Html.Of($"""<span class="tag ok">ok</span>"""),
            "asked" or "cancelled" => Html.Of($"""<span class="tag wait">{outcome}</span>"""),
            _ => Html.Of($"""<span class="tag wrong">{outcome}</span>"""),
        };

    /// <summary>login_refused is login refused.</summary>
    private static string WordsOf(string @event) => @event == ActivityQuestion.Calls ? "calls" : @event.Replace('_', ' ');

    private static string DayOf(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
