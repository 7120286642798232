using McpGateway.Text;
using Memory.Storage;
using Microsoft.AspNetCore.Html;

namespace Memory.Pages;

/// <summary>Entities that may be stored twice.</summary>
internal static class DuplicatesPage
{
    private const int Most = 40;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var found = await request.ReadAsync(graph => new GraphOverview(graph.Space).FindDuplicates(Most));
        await request.ShowAsync(
            "Duplicates",
            "duplicates",
            Html.Of(
                $"""
                <section>
                <p class="soft">Names that differ in case, accents, spaces or a letter. Others that are the same you can merge from their pages.</p>
                {(
                    found.Groups.Count == 0
                        ? Html.Of($"""<p role="status">No two names are alike.</p>""")
                        : Html.Of($"""<ul class="list">{Html.Join(found.Groups.Select(group => Group(request, group)))}</ul>""")
                )}
                {Html.If(found.Truncated, () => Html.Of($"""<p class="soft">There are more: they come when these are merged.</p>"""))}
                </section>
                """
            )
        );
    }

    private static IHtmlContent Group(MemoryRequest request, IReadOnlyList<string> names) =>
        Html.Of(
            $"""
            <li>{Html.Join(names.Take(6).Select((name, i) => Html.Of($"{(i == 0 ? "" : " · ")}{request.Link(name)}")))}
            <p class="buttons">{Html.Join(
                names
                    .Skip(1)
                    .Take(3)
                    .Select(name => Html.Of($"""<a class="button" href="{request.To("merge", ("from", name), ("into", names[0]))}" aria-label="Merge {name} into {names[0]}">Merge {name} …</a>"""))
            )}</p></li>
            """
        );
}
