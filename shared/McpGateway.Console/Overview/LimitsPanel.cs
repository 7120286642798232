using McpGateway.Console.Frame;
using McpGateway.Health;
using McpGateway.Text;
using McpGateway.Tools.Budgets;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Overview;

/// <summary>What is left of budgets, and of the limits that the API behind has told.</summary>
internal static class LimitsPanel
{
    public static IHtmlContent Of(ConsoleRequest request)
    {
        var budgets = request.Get<Purses>().Known();
        var remaining = request.Get<IEnumerable<RemainingLook>>().SelectMany(look => look()).ToList();
        return Html.Of(
            $"""
            <section><h2>What is left</h2>
            {Html.If(
                budgets.Count + remaining.Count == 0,
                () =>
                    Html.Of(
                        $"""<p class="soft">Nobody has a budget that was drawn on since the start, and the service behind has told of no limit.</p>"""
                    )
            )}
            {Html.If(
                budgets.Count + remaining.Count > 0,
                () =>
                    Pieces.Table(
                        "Budgets and limits",
                        ["Of", "Left", "", "Renewed"],
                        Html.Join(
                            budgets
                                .Select(budget =>
                                    Row(
                                        $"{budget.Owner}, {budget.Limit}",
                                        Math.Max(0, budget.Limit.Most - budget.Used),
                                        budget.Limit.Most,
                                        budget.Ends,
                                        request
                                    )
                                )
                                .Concat(remaining.Select(one => Row(one.What, one.Left, one.Limit, one.Resets, request)))
                        )
                    )
            )}
            </section>
            """
        );
    }

    private static IHtmlContent Row(string what, long left, long? most, DateTimeOffset? ends, ConsoleRequest request) =>
        Html.Of(
            $"""
            <tr><td class="name">{Visible.Of(what)}</td><td>{Pieces.Number(left)}{Html.If(most is not null, () => Html.Of($" of {Pieces.Number(most!.Value)}"))}</td>
            <td>{Html.If(
                most is > 0,
                () => Html.Of($"""<meter min="0" max="{most}" low="{most / 10}" value="{left}" aria-label="left of {Visible.Of(what)}"></meter>""")
            )}</td><td>{(ends is { } end ? request.Time(end) : Html.Empty)}</td></tr>
            """
        );
}
