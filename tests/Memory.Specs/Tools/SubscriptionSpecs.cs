using System.Threading.Channels;
using McpGateway.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Memory.Specs.Tools;

/// <summary>Who has attached a resource hears that it has changed, where a session is kept to say so.</summary>
public sealed class SubscriptionSpecs
{
    private const string Graph = "memory://knowledge-graph";
    private const string Narrow = "a-narrow-token-01";
    private const string Wide = "a-token-for-all-02";

    private readonly RunningClock time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stateless", false)]
    [InlineData("hybrid", true)]
    public async Task Subscriptions_are_offered_where_sessions_are_kept(string sessions, bool offered)
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_SESSIONS", sessions));
        await using var client = await memory.Gateway.ConnectAsync(cancellationToken: Cancellation);
        Assert.Equal(offered, client.ServerCapabilities.Resources!.Subscribe == true);
        // What is listed is always the same.
        Assert.NotEqual(true, client.ServerCapabilities.Resources.ListChanged);
        if (!offered)
        {
            var refused = await Assert.ThrowsAsync<McpProtocolException>(() =>
                client.SubscribeToResourceAsync(Graph, cancellationToken: Cancellation)
            );
            Assert.Equal(McpErrorCode.MethodNotFound, refused.ErrorCode);
        }
    }

    [Fact]
    public async Task A_change_of_an_entity_is_told_to_those_who_subscribed_to_it_or_to_the_graph()
    {
        await using var memory = await StartAsync();
        await using var ada = await Listener.ConnectAsync(memory, Wide);
        await using var all = await Listener.ConnectAsync(memory, Wide);
        await ada.Client.SubscribeToResourceAsync("memory://entity/Ada%20L", cancellationToken: Cancellation);
        await all.Client.SubscribeToResourceAsync(Graph, cancellationToken: Cancellation);

        await memory.CallAsync("add_observations", """{"observations":[{"entityName":"Acme","contents":["sells tea"]}]}""");
        Assert.Equal(Graph, await NextAsync(all));
        await memory.RelateAsync("Acme", "Ada L", "employs");
        Assert.Equal("memory://entity/Ada%20L", await NextAsync(ada));
        Assert.Equal(Graph, await NextAsync(all));
        // Its relation has another end.
        await memory.CallAsync("rename_entity", """{"from":"Acme","to":"Apex"}""");
        Assert.Equal("memory://entity/Ada%20L", await NextAsync(ada));
        await memory.CallAsync("delete_entities", """{"entityNames":["Ada L"]}""");
        Assert.Equal("memory://entity/Ada%20L", await NextAsync(ada));

        await ada.Client.UnsubscribeFromResourceAsync("memory://entity/Ada%20L", cancellationToken: Cancellation);
        await memory.CreateAsync("Ada L");
        await memory.CreateAsync("Grace");
        await all.Client.SubscribeToResourceAsync("memory://entity/Grace", cancellationToken: Cancellation);
        await memory.CallAsync("set_entity_type", """{"entityName":"Grace","entityType":"person"}""");
        while (await NextAsync(all) != "memory://entity/Grace") { }

        Assert.True(ada.IsQuiet);
    }

    [Fact]
    public async Task What_another_process_writes_is_told_as_well()
    {
        await using var memory = await StartAsync();
        await using var all = await Listener.ConnectAsync(memory, Wide);
        await all.Client.SubscribeToResourceAsync(Graph, cancellationToken: Cancellation);
        await using (var other = await MemoryGateway.StartAsync(("DATA_PATH", memory.Gateway.Folder)))
        {
            await other.CreateAsync("Grace");
        }

        Assert.Equal(Graph, await NextAsync(all));
    }

    [Fact]
    public async Task A_namespace_is_told_of_its_own_changes_alone()
    {
        await using var memory = await StartAsync();
        await using var work = await Listener.ConnectAsync(memory, Wide, "/mcp/n/work");
        await using var all = await Listener.ConnectAsync(memory, Wide);
        await work.Client.SubscribeToResourceAsync(Graph, cancellationToken: Cancellation);
        await all.Client.SubscribeToResourceAsync(Graph, cancellationToken: Cancellation);
        await memory.CreateAsync("Grace");
        Assert.Equal(Graph, await NextAsync(all));
        Assert.True(work.IsQuiet);
        await memory.In("work").CreateAsync("Task");
        Assert.Equal(Graph, await NextAsync(work));
    }

    [Theory]
    [InlineData("memory://entity/Ada%20M", "Entity with name Ada M (did you mean \"Ada L\"?) not found")]
    [InlineData("memory://entity/", "is not a resource of this gateway")]
    [InlineData("file:///etc/passwd", "is not a resource of this gateway")]
    public async Task What_is_not_there_cannot_be_subscribed_to(string uri, string expected)
    {
        await using var memory = await StartAsync();
        await using var client = await memory.Gateway.ConnectAsync(Wide, Cancellation);
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() =>
            client.SubscribeToResourceAsync(uri, cancellationToken: Cancellation)
        );
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(McpErrorCode.ResourceNotFound, refused.ErrorCode);
    }

    [Theory]
    [InlineData("deny=read_graph", Graph)]
    [InlineData("deny=open_nodes", "memory://entity/Ada%20L")]
    [InlineData("namespaces=work", Graph)]
    public async Task Who_may_not_read_a_resource_may_not_subscribe_to_it(string rights, string uri)
    {
        await using var memory = await StartAsync(rights);
        await using var client = await memory.Gateway.ConnectAsync(Narrow, Cancellation);
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() =>
            client.SubscribeToResourceAsync(uri, cancellationToken: Cancellation)
        );
        Assert.Contains("you may use", refused.Message, StringComparison.Ordinal);
    }

    private async Task<MemoryGateway> StartAsync(string rights = "read")
    {
        var memory = await MemoryGateway.StartAsync(
            time,
            ("MCP_SESSIONS", "hybrid"),
            ("MCP_BEARER_TOKENS", $"n8n={Narrow};{rights},all={Wide}")
        );
        memory.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Wide);
        await memory.CreateAsync("Ada L", "person", "likes tea");
        await memory.CreateAsync("Acme", "company");
        return memory;
    }

    private Task<string> NextAsync(Listener listener) => time.WhileAsync(listener.NextAsync(Cancellation));

    /// <summary>A client with what it has been told.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly Channel<string> told = Channel.CreateUnbounded<string>();

        private Listener(McpClient client) => Client = client;

        public McpClient Client { get; }

        public bool IsQuiet => told.Reader.Count == 0;

        public static async Task<Listener> ConnectAsync(MemoryGateway memory, string token, string path = "/mcp")
        {
            var listener = new Listener(
                await McpClient.CreateAsync(
                    new HttpClientTransport(
                        new()
                        {
                            Endpoint = new Uri(memory.Gateway.Http.BaseAddress!, path),
                            TransportMode = HttpTransportMode.StreamableHttp,
                            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
                        }
                    ),
                    new() { ProtocolVersion = "2025-11-25" },
                    cancellationToken: Cancellation
                )
            );
            listener.Client.RegisterNotificationHandler(
                NotificationMethods.ResourceUpdatedNotification,
                async (notification, cancellationToken) =>
                    await listener.told.Writer.WriteAsync((string)notification.Params!["uri"]!, cancellationToken)
            );
            return listener;
        }

        public Task<string> NextAsync(CancellationToken cancellationToken) => told.Reader.ReadAsync(cancellationToken).AsTask();

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
