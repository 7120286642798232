using Memory.Search;
using Memory.Storage;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

/// <summary>What one session has subscribed to. Its handlers are the session's own, so that it is gone with the session.</summary>
internal sealed partial class ResourceSubscriptions(
    ResourceWatch watch,
    MemoryStore store,
    CallerNamespace caller,
    ILogger<ResourceSubscriptions> logger
)
{
    /// <summary>A client that subscribes to more reads the whole graph instead.</summary>
    private const int MostSubscriptions = 1_000;

    /// <summary>How often in a row a client cannot be told before it is let be, until something changes again.</summary>
    private const int MostFailures = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Space, string Uri), string?> entities = [];

    /// <summary>What the client is still to be told: each URI once, however often it changes meanwhile.</summary>
    private readonly HashSet<string> due = new(StringComparer.Ordinal);
    private McpServer? session;
    private bool isTelling;
    private int failures;

    /// <summary>The namespaces in which something is subscribed to.</summary>
    public IReadOnlyList<string> Spaces
    {
        get
        {
            lock (gate)
            {
                return [.. entities.Keys.Select(key => key.Space).Distinct(StringComparer.Ordinal)];
            }
        }
    }

    public void Handle(McpServerHandlers handlers)
    {
        handlers.SubscribeToResourcesHandler = SubscribeAsync;
        handlers.UnsubscribeFromResourcesHandler = Unsubscribe;
    }

    /// <summary>Notes what has changed of what is subscribed to.</summary>
    /// <param name="changed">The names of changed entities; null when any may have changed.</param>
    public void Note(string space, IReadOnlySet<string>? changed)
    {
        lock (gate)
        {
            due.UnionWith(
                entities
                    .Where(s => s.Key.Space == space && (s.Value is null || changed is null || changed.Contains(s.Value)))
                    .Select(s => s.Key.Uri)
            );
        }
    }

    /// <summary>Tells the client what was noted. Nobody waits for a slow one.</summary>
    public void Tell(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (isTelling || due.Count == 0)
            {
                return;
            }

            isTelling = true;
        }

        _ = Task.Run(() => TellAsync(cancellationToken), cancellationToken);
    }

    private async ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params.Uri;
        if (!MemoryResources.TryRead(uri, out var entity))
        {
            throw NotFound($"uri='{uri}' is not a resource of this gateway: resources/list and resources/templates/list name them.", uri);
        }

        var space = caller.Name;
        if (entity is not null)
        {
            var missing = await store.ReadAsync(
                graph => graph.FindEntities([entity]).Count > 0 ? null : Graph.NotFound.Of(entity, NearNames.Find(graph.Space, entity)),
                cancellationToken
            );
            if (missing is not null)
            {
                throw NotFound($"Entity with name {missing} not found", uri);
            }
        }

        lock (gate)
        {
            if (entities.Count >= MostSubscriptions && !entities.ContainsKey((space, uri)))
            {
                throw new McpProtocolException(
                    $"This session has {MostSubscriptions} subscriptions, the most there can be: subscribe to memory://knowledge-graph instead.",
                    McpErrorCode.InvalidRequest
                );
            }

            session = request.Server;
            entities[(space, uri)] = entity;
        }

        await watch.AddAsync(this, space, cancellationToken);
        return new();
    }

    private ValueTask<EmptyResult> Unsubscribe(RequestContext<UnsubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var space = caller.Name;
        lock (gate)
        {
            entities.Remove((space, request.Params.Uri));
        }

        return ValueTask.FromResult(new EmptyResult());
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (NextDue() is { } uri)
        {
            try
            {
                await session!.SendNotificationAsync(
                    NotificationMethods.ResourceUpdatedNotification,
                    new ResourceUpdatedNotificationParams { Uri = uri },
                    cancellationToken: cancellationToken
                );
                failures = 0;
            }
#pragma warning disable CA1031 // The session's stream is not open yet, broken or closed: what the SDK throws then, it does not document.
            catch (Exception e)
#pragma warning restore CA1031
            {
                NotTold(e, uri);
                PutBack(uri);
                return;
            }
        }
    }

    private string? NextDue()
    {
        lock (gate)
        {
            var uri = due.FirstOrDefault();
            isTelling = uri is not null && due.Remove(uri);
            return uri;
        }
    }

    /// <summary>The next look tells it again, unless the client seems to be gone.</summary>
    private void PutBack(string uri)
    {
        lock (gate)
        {
            due.Add(uri);
            isTelling = false;
            if (++failures > MostFailures)
            {
                due.Clear();
            }
        }
    }

    private static McpProtocolException NotFound(string message, string uri) =>
        new(message, McpErrorCode.ResourceNotFound) { Data = { ["uri"] = uri } };

    [LoggerMessage(LogLevel.Debug, "A session was not told that {Uri} has changed")]
    private partial void NotTold(Exception exception, string uri);
}
