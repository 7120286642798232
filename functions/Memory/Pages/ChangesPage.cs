using System.Globalization;
using McpGateway.Console;
using McpGateway.Text;
using Memory.Graph;
using Memory.Storage;
using Microsoft.AspNetCore.Html;

namespace Memory.Pages;

/// <summary>What was remembered, corrected and forgotten, call by call, each to be undone.</summary>
internal static class ChangesPage
{
    private const int MostCalls = 20;
    private const int MostOfCall = 6;

    /// <summary>Entries that are read for a page: an import is one call of many.</summary>
    private const int MostEntries = 2_000;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var entity = request["entity"];
        var before = request.Number("before") ?? long.MaxValue;
        var (since, until) = (Moments.Since(request["since"]), Moments.Until(request["until"]));
        var (calls, next) = await request.ReadAsync(graph =>
        {
            var history = new GraphHistory(graph.Space);
            return Group(entity is null ? history.Recent(before, since, until) : history.OfEntity(entity, before));
        });
        await request.ShowAsync(
            entity is null ? "Changes" : $"Changes of {entity}",
            "changes",
            Html.Of(
                $"""
                {Html.If(entity is null, () => Filters(request))}
                {Html.If(calls.Count == 0, () => Html.Of($"""<section><p role="status">Nothing has changed.</p></section>"""))}
                {Html.Join(calls.Select(call => Call(request, call)))}
                {Html.If(
                    next is not null,
                    () => Html.Of($"""<p class="pager"><a class="button" href="{request.To("changes", ("entity", entity), ("since", request["since"]), ("until", request["until"]), ("before", $"{next}"))}">Older changes</a></p>""")
                )}
                """
            )
        );
    }

    public static async Task UndoAsync(MemoryRequest request, ConsoleForm form)
    {
        if (!long.TryParse(form.Required("call", "The change"), NumberStyles.None, CultureInfo.InvariantCulture, out var call))
        {
            throw new ConsoleException("The form does not say which change: choose Undo at one of them.");
        }

        var undone = await request.WriteAsync("undo_changes", graph => new GraphUndo(graph, graph.History).Run(call));
        await request.GoToAsync(
            request.To("changes"),
            (
                undone.Reverted.Count == 0
                    ? "Nothing could be undone."
                    : $"Undone: {string.Join("; ", undone.Reverted.Take(4))}{More(undone.Reverted.Count - 4)}."
            )
                + (
                    undone.Skipped.Count == 0
                        ? ""
                        : $" {char.ToUpperInvariant(undone.Skipped[0][0])}{string.Join("; ", undone.Skipped.Take(3))[1..]}{More(undone.Skipped.Count - 3)}."
                )
        );
    }

    private static string More(int count) => count > 0 ? $" and {count} more" : "";

    /// <summary>Entries by call, and where the next page begins.</summary>
    private static (List<List<GraphHistory.Entry>> Calls, long? Next) Group(IEnumerable<GraphHistory.Entry> entries)
    {
        var calls = new List<List<GraphHistory.Entry>>();
        var read = 0;
        foreach (var entry in entries)
        {
            if (calls.Count == 0 || calls[^1][0].Call != entry.Call)
            {
                if (calls.Count == MostCalls || read >= MostEntries)
                {
                    return (calls, calls[^1][^1].Seq);
                }

                calls.Add([]);
            }

            read++;
            calls[^1].Add(entry);
        }

        return (calls, null);
    }

    private static IHtmlContent Filters(MemoryRequest request) =>
        Html.Of(
            $"""
            <section><form method="get" action="{MemoryRequest.Address("changes", Database.Spaces.Default)}">{request.HiddenSpace}
            <div class="filters">
            <div><label for="since">Since</label><input id="since" name="since" type="date" value="{request["since"]}"></div>
            <div><label for="until">Until</label><input id="until" name="until" type="date" value="{request["until"]}"></div>
            <div class="buttons"><button>Show</button></div>
            </div></form></section>
            """
        );

    private static IHtmlContent Call(MemoryRequest request, List<GraphHistory.Entry> entries) =>
        Html.Of(
            $"""
            <section class="call"><h2>{request.Time(entries[0].At)} <span class="soft">by {entries[0].By}</span></h2>
            <ul class="list">{Html.Join(entries.Take(MostOfCall).Select(entry => ChangeWords.Item(request, GraphHistory.ToChange(entry), saysWhen: false)))}</ul>
            {Html.If(entries.Count > MostOfCall, () => Html.Of($"""<p class="soft">and {MemoryRequest.Counted(entries.Count - MostOfCall, "further change")}</p>"""))}
            {request.Form(
                "undo",
                Html.Of(
                    $"""<button name="call" value="{entries[0].Call}" aria-label="Undo: change {entries[0].Call} of {entries[0].Subject}">Undo</button>"""
                )
            )}
            </section>
            """
        );
}
