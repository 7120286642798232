using McpGateway.Console;
using McpGateway.Console.Assets;
using McpGateway.Text;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Memory.Pages;

/// <summary>
/// The graph as a picture, with the documents it is drawn from. Phones, and browsers without script, get a list and the picture of one entity.
/// </summary>
internal static class GraphPages
{
    private const int Listed = 30;

    public static async Task ShowAsync(MemoryRequest request)
    {
        var cluster = request["cluster"];
        var assets = request.Console.Get<AssetStore>();
        var (script, worker) = (assets.FindUrl("graph.js"), assets.FindUrl("layout.js"));
        var (most, middle) = await request.ReadAsync(graph => ReadList(graph, request["name"]));
        await request.ShowAsync(
            cluster is null ? "Graph" : "A part of the graph",
            "graph",
            Html.Of(
                $"""
                {Html.If(cluster is not null, () => Html.Of($"""<p><a href="{request.To("graph")}">All of the graph</a></p>"""))}
                {(
                    script is null
                        ? Html.Of($"""<p class="warn" role="status">This gateway was built without the script of the picture: install Node.js 20 or later on the machine that builds it, and build it again.</p>""")
                        : Stage(request, cluster, worker)
                )}
                <div class="two list-of-graph">
                {Ego(request, middle)}
                <section aria-labelledby="most"><h2 id="most">Most related</h2>
                {Html.If(most.Count == 0, () => Html.Of($"""<p role="status">The memory is empty.</p>"""))}
                <ol class="list">{Html.Join(most.Select(entity => Html.Of($"""<li><a href="{request.To("graph", ("name", entity.Name))}">{entity.Name}</a> <span class="soft">{entity.EntityType}, {MemoryRequest.Counted(entity.Relations, "relation")}</span></li>""")))}</ol>
                </section>
                </div>
                <p class="soft"><a href="{request.To("graph.json", ("cluster", cluster))}">The data of the picture as JSON</a></p>
                """
            ),
            "graph.js"
        );
    }

    public static async Task ShowJsonAsync(MemoryRequest request)
    {
        var document = await request.ReadAsync(graph =>
            PictureDocument.Of(PictureGraph.Read(graph), request.Space, request["cluster"], request.Cancelled)
        );
        await request.Console.ShowJsonAsync(
            document
                ?? throw new ConsoleException("This group is not there any more: open the graph again.", StatusCodes.Status404NotFound),
            PageJson.Readable.PictureDocument
        );
    }

    /// <summary>An entity with its newest facts, for the picture.</summary>
    public static async Task ShowEntityJsonAsync(MemoryRequest request)
    {
        var name = request.Name;
        var entity = await request.ReadAsync(graph =>
            graph.FindEntities([name]) is [var id]
                ? graph.EntityOf(id).With([.. graph.FactsOf(id).TakeLast(20)])
                : throw new ConsoleException($"There is no entity {name} any more.", StatusCodes.Status404NotFound)
        );
        await request.Console.ShowJsonAsync(entity, PageJson.Readable.StoredEntity);
    }

    /// <summary>The names of what a search finds, for the picture to highlight, and with <c>clusters=1</c> their groups.</summary>
    public static async Task ShowFoundAsync(MemoryRequest request)
    {
        var found = await request.ReadAsync(graph =>
        {
            var names = new GraphSearch(graph.Space)
                .Find(request["q"] ?? "", null)
                .Ranked.Select(found => graph.EntityOf(found.Entity).Name)
                .ToList();
            return new FoundDocument(
                names,
                request["clusters"] is null || names.Count == 0 ? null : Cluster.IdsOf(names, PictureGraph.Read(graph), request.Cancelled)
            );
        });
        await request.Console.ShowJsonAsync(found, PageJson.Readable.FoundDocument);
    }

    private static (List<PicturedEntity> Most, (StoredEntity Entity, Neighborhood Around)? Middle) ReadList(GraphReader graph, string? name)
    {
        var most = new GraphOverview(graph.Space).MostRelated(Listed);
        var middle = name ?? most.FirstOrDefault()?.Name;
        return middle is not null && graph.FindEntities([middle]) is [var id]
            ? (
                most,
                (
                    graph.EntityOf(id).With([.. graph.FactsOf(id).TakeLast(5)]),
                    new GraphWalk(graph, [], "both").Around(middle, 1, EgoPicture.Most)
                )
            )
            : (most, null);
    }

    /// <summary>What the script fills; hidden until it runs.</summary>
    private static IHtmlContent Stage(MemoryRequest request, string? cluster, string? worker) =>
        Html.Of(
            $"""
            <div class="stage" hidden data-picture data-source="{request.To("graph.json", ("cluster", cluster))}" data-worker="{worker}"
              data-entity="{request.To("entity")}" data-facts="{request.To("entity.json")}" data-found="{request.To("found.json")}">
            <div class="stage-bar">
            <form data-search role="search"><label class="hidden" for="picture-q">Search in the picture</label><input id="picture-q" name="q" type="search" placeholder="Search"><button>Find</button></form>
            <div class="buttons"><button type="button" data-farther aria-label="Zoom out">−</button><button type="button" data-closer aria-label="Zoom in">+</button><button type="button" data-fit>All</button></div>
            <label class="time"><span class="soft">As of <output data-moment></output></span><input type="range" data-time min="0" max="500" value="500" aria-label="As the memory was by"></label>
            </div>
            <div class="stage-main"><canvas data-canvas tabindex="0" role="application"></canvas><aside data-card aria-live="polite" aria-label="The chosen entity" tabindex="0"></aside></div>
            <div class="stage-foot"><ul class="kinds" data-types aria-label="Colours of types"></ul><p class="soft" role="status" data-state></p></div>
            </div>
            """
        );

    private static IHtmlContent Ego(MemoryRequest request, (StoredEntity Entity, Neighborhood Around)? middle) =>
        middle is not var (entity, around)
            ? Html.Empty
            : Html.Of(
                $"""
                <section aria-labelledby="ego"><h2 id="ego">{request.Link(entity.Name)} <span class="tag">{entity.EntityType}</span></h2>
                {EgoPicture.Of(request, entity, around)}
                <ul class="factlist">{Html.Join(
                    entity.Observations.Reverse().Select(fact => Html.Of($"<li>{Cut.To(fact, 200)}</li>"))
                )}</ul>
                </section>
                """
            );
}
