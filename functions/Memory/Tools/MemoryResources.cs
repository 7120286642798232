using McpGateway.Tools;
using McpGateway.Tools.Errors;
using McpGateway.Tools.Selection;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

/// <summary>The memory as resources, for people who attach them to a conversation.</summary>
[McpServerResourceType]
internal sealed partial class MemoryResources(MemoryStore store, IOptions<McpOptions> options)
{
    private const string GraphUri = "memory://knowledge-graph";
    private const string EntityUri = "memory://entity/";
    private const string MediaType = "application/json";

    /// <summary>The most values a completion may hold by the specification.</summary>
    private const int MostProposed = 100;

    public static McpServerResourceCollection Collection { get; } = [Create(nameof(ReadGraphAsync)), Create(nameof(ReadEntityAsync))];

    /// <summary>The knowledge graph in the order it was written, as far as one response holds it: read_graph goes on with its nextCursor.</summary>
    [SameAsTool("read_graph")]
    [McpServerResource(UriTemplate = GraphUri, Name = "knowledge-graph", Title = "Knowledge Graph", MimeType = MediaType)]
    public async partial Task<ResourceContents> ReadGraphAsync(CancellationToken cancellationToken)
    {
        var question = store.Question("read");
        return Contents(
            GraphUri,
            await store.ReadAsync(
                graph => new GraphPager(graph, graph.EntityIds(), options.Value.AnswerTokens, whole: true).Read(Cursor.Start, question),
                cancellationToken
            )
        );
    }

    /// <summary>One entity with its facts and relations.</summary>
    [McpServerResource(UriTemplate = EntityUri + "{name}", Name = "entity", Title = "An entity of the memory", MimeType = MediaType)]
    public async partial Task<ResourceContents> ReadEntityAsync(string name, CancellationToken cancellationToken)
    {
        var question = store.Question($"open {name}");
        var page = await store.ReadAsync(
            graph =>
                graph.FindEntities([name]) is { Count: > 0 } found
                    ? new GraphPager(graph, found, options.Value.AnswerTokens).Read(Cursor.Start, question)
                    : throw new UnknownEntityException(new(name, NearNames.Find(graph.Space, name))),
            cancellationToken
        );
        return Contents(EntityUri + Uri.EscapeDataString(name), page);
    }

    /// <summary>Proposes names while a person types one: those that begin so, then those that hold it, the last changed first.</summary>
    public static async ValueTask<CompleteResult> CompleteAsync(
        RequestContext<CompleteRequestParams> request,
        CancellationToken cancellationToken
    )
    {
        if (request.Params.Ref is not ResourceTemplateReference { Uri: EntityUri + "{name}" })
        {
            return new();
        }

        var typed = Folding.Fold(request.Params.Argument.Value ?? "");
        var names = await request
            .Services!.GetRequiredService<MemoryStore>()
            .ReadAsync(graph => new GraphOverview(graph.Space).NamesHolding(typed, MostProposed + 1), cancellationToken);
        return new()
        {
            Completion = new() { Values = [.. names.Take(MostProposed)], HasMore = names.Count > MostProposed },
        };
    }

    /// <summary>Whether a URI is one of ours, and the entity it names: null for the whole graph.</summary>
    public static bool TryRead(string uri, out string? entity)
    {
        entity = uri.StartsWith(EntityUri, StringComparison.Ordinal) ? Uri.UnescapeDataString(uri[EntityUri.Length..]) : null;
        return entity is { Length: > 0 } || uri == GraphUri;
    }

    private static TextResourceContents Contents(string uri, GraphPage page) =>
        new()
        {
            Uri = uri,
            MimeType = MediaType,
            Text = System.Text.Json.JsonSerializer.Serialize(page, MemoryJson.Readable.GraphPage),
        };

    private static McpServerResource Create(string method) =>
        McpServerResource.Create(
            typeof(MemoryResources).GetMethod(method)!,
            request => ActivatorUtilities.CreateInstance<MemoryResources>(request.Services!)
        );

    private sealed class UnknownEntityException(NotFound missing) : ToolException($"Entity with name {missing} not found")
    {
        public override bool IsNotFound => true;
    }
}
