using McpGateway.Console.Frame;
using McpGateway.Text;
using McpGateway.Tools;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Options;

namespace Memory.Pages;

/// <summary>The first page: search as the model sees it, and without a question everything by type and date.</summary>
internal static class SearchPage
{
    private const int Found = 10;
    private const int Names = 50;

    /// <summary>Of a page of results, so that it stays light.</summary>
    private const int MostTokens = 9_000;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var (stats, spaces) = (
            await request.ReadAsync(graph => new GraphOverview(graph.Space).Stats()),
            await request.Store.NamespacesAsync(request.Cancelled)
        );
        await request.ShowAsync(
            "Memory",
            "",
            Html.Of(
                $"""
                {Figures(request, stats)}
                <section aria-labelledby="find">
                <h2 id="find">{(request["q"] is null ? "Search and browse" : "Search")}</h2>
                {Filters(request, stats)}
                </section>
                {(request["q"] is null ? await BrowseAsync(request, stats) : await SearchAsync(request))}
                {NewEntity(request)}
                {NamespacesOf(request, spaces)}
                """
            )
        );
    }

    /// <summary>The answer of search_nodes to the same question, as a model gets it.</summary>
    public static async Task ShowJsonAsync(MemoryRequest request) =>
        await request.Console.ShowJsonAsync(await FindAsync(request, 20, int.MaxValue), MemoryJson.Readable.GraphPage);

    private static async Task<GraphPage> FindAsync(MemoryRequest request, int limit, int tokens)
    {
        var question = request["q"] ?? "";
        var filter = FilterOf(request);
        var key = $"{request.Space}\0console {question}\0{request["type"]}\0{request["since"]}\0{request["until"]}";
        var from = Cursor.Parse(request["cursor"], key);
        var budget = Math.Min(request.Console.Get<IOptions<McpOptions>>().Value.AnswerTokens, tokens);
        return await request.ReadAsync(graph =>
            new SearchPager(graph, question, budget, limit).Read(from, key, filter.Allowed(graph.Space))
        );
    }

    private static EntityFilter FilterOf(MemoryRequest request) =>
        new(request["type"] is { } type ? [type] : [], Moments.Since(request["since"]), Moments.Until(request["until"]), null);

    private static IHtmlContent Figures(MemoryRequest request, MemoryStats stats) =>
        Html.Of(
            $"""
            <ul class="cards">
            <li><span class="figure">{Pieces.Number(stats.Entities)}</span><span class="soft">entities</span></li>
            <li><span class="figure">{Pieces.Number(stats.Observations)}</span><span class="soft">facts about them</span></li>
            <li><span class="figure">{Pieces.Number(stats.Relations)}</span><span class="soft">relations between them</span></li>
            <li><span class="figure">{(
                stats.LastChangeAt is { } last ? request.Time(last) : Html.Of($"never")
            )}</span><span class="soft">last change of {Pieces.Number(stats.Changes)}</span></li>
            </ul>
            """
        );

    private static IHtmlContent Filters(MemoryRequest request, MemoryStats stats) =>
        Html.Of(
            $"""
            <form method="get" action="{MemoryRequest.Address("", Spaces.Default)}" role="search">
            {request.HiddenSpace}
            <label for="q">A name, a few telling words, or a question</label>
            <input id="q" name="q" type="search" value="{request["q"]}" autocomplete="off">
            <div class="filters">
            <div><label for="type">Type</label><select id="type" name="type"><option value="">all</option>{Html.Join(
                TypesOf(request, stats).Select(type =>
                    Html.Of($"""<option value="{type.Key}"{Html.If(type.Key == request["type"], () => Html.Of($" selected"))}>{type.Key} ({Pieces.Number(type.Value)})</option>""")
                )
            )}</select></div>
            <div><label for="since">Changed since</label><input id="since" name="since" type="date" value="{request["since"]}"></div>
            <div><label for="until">Changed until</label><input id="until" name="until" type="date" value="{request["until"]}"></div>
            <div><label for="order">Order</label><select id="order" name="order"><option value="">last changed first</option><option value="name"{Html.If(request["order"] == "name", () => Html.Of($" selected"))}>by name</option></select></div>
            <div class="buttons"><button class="main">Search</button></div>
            </div>
            </form>
            """
        );

    /// <summary>The most frequent types, and the chosen one whatever its number.</summary>
    private static IEnumerable<KeyValuePair<string, long>> TypesOf(MemoryRequest request, MemoryStats stats) =>
        request["type"] is { } chosen && !stats.EntityTypes.ContainsKey(chosen)
            ? stats.EntityTypes.Append(new(chosen, 0))
            : stats.EntityTypes;

    private static async Task<IHtmlContent> SearchAsync(MemoryRequest request)
    {
        var page = await FindAsync(request, Found, MostTokens);
        return Html.Of(
            $"""
            <section aria-labelledby="found">
            <h2 id="found">{(page.Entities.Count == 0 ? "Nothing was found" : $"Found by {page.Matched ?? "the text as it stands"}")}</h2>
            <p class="soft">What search_nodes gives a model for the same words, best first. <a href="{request.To(
                "search.json",
                ("q", request["q"]),
                ("type", request["type"]),
                ("since", request["since"]),
                ("until", request["until"])
            )}">As JSON</a></p>
            {Html.If(page.Hint is not null, () => Html.Of($"""<p role="status">{page.Hint}</p>"""))}
            <ol class="list">{Html.Join(page.Entities.Select(entity => Item(request, entity)))}</ol>
            {Html.If(page.Relations.Count > 0, () => RelationsOf(request, page.Relations))}
            {Html.If(
                page.NextCursor is not null,
                () => Html.Of($"""<p class="pager"><a class="button" href="{Again(request, page.NextCursor)}">More</a></p>""")
            )}
            </section>
            """
        );
    }

    private static string Again(MemoryRequest request, string? cursor) =>
        request.To("", [.. ((string[])["q", "type", "since", "until", "order"]).Select(name => (name, request[name])), ("cursor", cursor)]);

    private static IHtmlContent Item(MemoryRequest request, StoredEntity entity) =>
        Html.Of(
            $"""
            <li><h3>{request.Link(entity.Name)} <span class="tag">{entity.EntityType}</span></h3>
            <ul class="factlist">{Html.Join(entity.Observations.Select(fact => Html.Of($"<li>{fact}</li>")))}</ul>
            {Html.If(
                entity.ObservationsOmitted is not null,
                () => Html.Of($"""<p class="soft">and {MemoryRequest.Counted(entity.ObservationsOmitted ?? 0, "further fact")}</p>""")
            )}
            </li>
            """
        );

    private static IHtmlContent RelationsOf(MemoryRequest request, IReadOnlyList<Relation> relations) =>
        Html.Of(
            $"""
            <details><summary>{MemoryRequest.Counted(relations.Count, "relation")} of these</summary>
            <ul class="factlist">{Html.Join(
                relations.Select(relation =>
                    Html.Of($"<li>{request.Link(relation.From)} {relation.RelationType} {request.Link(relation.To)}</li>")
                )
            )}</ul>
            </details>
            """
        );

    private static async Task<IHtmlContent> BrowseAsync(MemoryRequest request, MemoryStats stats)
    {
        var filter = FilterOf(request);
        var byName = request["order"] == "name";
        (string, string)? after = request["after"] is { } name ? (request["at"] ?? "", name) : null;
        var found = await request.ReadAsync(graph =>
            new GraphOverview(graph.Space).Names(filter.Allowed(graph.Space), byName, after, Names + 1)
        );
        var shown = found.Take(Names).ToList();
        return Html.Of(
            $"""
            <section aria-labelledby="all">
            <h2 id="all">{(filter.IsEmpty ? "All entities" : "Entities that match")}</h2>
            {Html.If(
                filter.IsEmpty && after is null && stats.EntityTypes.Count > 1,
                () => Html.Of($"""<p class="chips">{Html.Join(stats.EntityTypes.Take(12).Select(type => Html.Of($"""<a class="tag" href="{request.To("", ("type", type.Key))}">{type.Key} {Pieces.Number(type.Value)}</a>""")))}</p>""")
            )}
            {(
                shown.Count == 0
                    ? Html.Of($"""<p role="status">{(stats.Entities == 0 ? "The memory is empty. It fills while your assistants talk with you; you can also import what they remember elsewhere." : "Nothing matches: choose less.")}</p>""")
                    : Pieces.Table(
                        "Entities",
                        ["Name", "Type", "Changed"],
                        Html.Join(shown.Select(entity => Html.Of($"""<tr><td class="name">{request.Link(entity.Name)}</td><td>{entity.EntityType}</td><td>{request.Time(entity.UpdatedAt!)}</td></tr>""")))
                    )
            )}
            {Html.If(
                found.Count > Names,
                () => Html.Of($"""<p class="pager"><a class="button" href="{request.To("", ("type", request["type"]), ("since", request["since"]), ("until", request["until"]), ("order", request["order"]), ("at", shown[^1].UpdatedAt), ("after", shown[^1].Name))}">More</a></p>""")
            )}
            </section>
            """
        );
    }

    private static IHtmlContent NewEntity(MemoryRequest request) =>
        Html.Of(
            $"""
            <section><details><summary>Remember something new</summary>
            {request.Form(
                "create",
                Html.Of(
                    $"""
                    <label for="new-name">Name</label><input id="new-name" name="name" required maxlength="2000">
                    <label for="new-type">Type, such as person</label><input id="new-type" name="type" required maxlength="2000">
                    <label for="new-facts">Facts, one on each line</label><textarea id="new-facts" name="facts"></textarea>
                    <div class="buttons"><button class="main">Remember</button></div>
                    """
                )
            )}
            </details></section>
            """
        );

    private static IHtmlContent NamespacesOf(MemoryRequest request, IReadOnlyList<string> spaces) =>
        Html.If(
            spaces.Count > 1 || request.Space != Spaces.Default,
            () =>
                Html.Of(
                    $"""
                    <section aria-labelledby="spaces"><h2 id="spaces">Namespaces</h2>
                    <p class="soft">Memories of their own, at <code>/mcp/n/name</code>: nothing crosses between them.</p>
                    <p class="chips">{Html.Join(
                        spaces
                            .Union([Spaces.Default, request.Space])
                            .Order(StringComparer.Ordinal)
                            .Select(space => Html.Of($"""<a class="tag" href="{MemoryRequest.Address("", space)}"{Html.If(space == request.Space, () => Html.Of($" aria-current=\"true\""))}>{space}</a>"""))
                    )}</p></section>
                    """
                )
        );
}
