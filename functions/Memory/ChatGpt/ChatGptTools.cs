using McpGateway.Tools.ChatGpt;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Memory.ChatGpt;

/// <summary>The two tools that ChatGPT's deep research and company knowledge look for.</summary>
internal sealed partial class ChatGptTools(MemoryStore store)
{
    private const int MostHits = 20;

    /// <summary>For ChatGPT; else search_nodes.</summary>
    [McpServerTool(Name = "search", Title = "Search", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    public async partial Task<SearchResults> SearchAsync(string query, CancellationToken cancellationToken) =>
        await store.ReadLongAsync(
            graph => new SearchResults([
                .. new GraphSearch(graph.Space)
                    .Find(query, allowed: null)
                    .Ranked.Take(MostHits)
                    .Select(found => graph.EntityOf(found.Entity))
                    .Select(entity => new SearchHit(entity.Name, TitleOf(entity), UrlOf(entity.Name))),
            ]),
            cancellationToken
        );

    /// <summary>Get a result of search.</summary>
    [McpServerTool(Name = "fetch", Title = "Fetch", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    public async partial Task<FetchedDocument> FetchAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(graph => Describe(graph, id), cancellationToken);

    private static FetchedDocument Describe(GraphReader graph, string name)
    {
        if (graph.FindEntities([name]) is not [var id])
        {
            throw new McpException(
                $"id={NotFound.Of(name, NearNames.Find(graph.Space, name))} is not in the memory: give the id of a result of search."
            );
        }

        var entity = graph.EntityOf(id);
        var lines = graph
            .FactsOf(id)
            .Select(fact => $"- {fact.Text}")
            .Concat(
                graph
                    .RelationsOf(name, 0)
                    .Select(stored => stored.Relation)
                    .Select(relation => $"- {relation.From} {relation.RelationType} {relation.To}")
            );
        return new(
            name,
            TitleOf(entity),
            string.Join('\n', lines),
            UrlOf(name),
            new Dictionary<string, string> { ["entityType"] = entity.EntityType, ["updatedAt"] = entity.UpdatedAt ?? "" }
        );
    }

    private static string TitleOf(StoredEntity entity) => EntityType.Behind(entity.Name, entity.EntityType);

    private static string UrlOf(string name) => $"memory://entity/{Uri.EscapeDataString(name)}";
}
