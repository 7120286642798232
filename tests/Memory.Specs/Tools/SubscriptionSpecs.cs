using System.Text.Json;
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
    private const string Ada = "memory://entity/Ada%20L";
    private const string Narrow = "a-narrow-token-01";
    private const string Wide = "a-token-for-all-02";

    private readonly RunningClock time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stateless", "2025-11-25", false)]
    [InlineData("hybrid", "2025-11-25", true)]
    [InlineData("hybrid", null, false)]
    public async Task Subscriptions_are_offered_where_sessions_are_kept(string sessions, string? revision, bool offered)
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_SESSIONS", sessions));
        await using var listener = await Listener.ConnectAsync(memory, revision: revision);
        Assert.Equal(offered, listener.Client.ServerCapabilities.Resources!.Subscribe == true);
        if (!offered)
        {
            // On the newest revision the client itself says so: it has no such method.
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => listener.SubscribeAsync(Graph));
            Assert.Contains(revision is null ? "is not available" : "Nobody would be told", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_change_of_an_entity_is_told_to_those_who_subscribed_to_it_or_to_the_graph()
    {
        await using var memory = await StartAsync();
        await using var ada = await Listener.ConnectAsync(memory);
        await using var all = await Listener.ConnectAsync(memory);
        await FillAsync(all);
        await ada.SubscribeAsync(Ada);
        await all.SubscribeAsync(Graph);

        await all.CallAsync("add_observations", """{"observations":[{"entityName":"Acme","contents":["sells tea"]}]}""");
        Assert.Equal(Graph, await NextAsync(all));
        await all.CallAsync("create_relations", """{"relations":[{"from":"Acme","to":"Ada L","relationType":"employs"}]}""");
        Assert.Equal(Ada, await NextAsync(ada));
        // Its relation has another end.
        await all.CallAsync("rename_entity", """{"from":"Acme","to":"Apex"}""");
        Assert.Equal(Ada, await NextAsync(ada));
        await all.CallAsync("delete_entities", """{"entityNames":["Ada L"]}""");
        Assert.Equal(Ada, await NextAsync(ada));

        await ada.UnsubscribeAsync(Ada);
        await all.SubscribeAsync("memory://entity/Apex");
        await all.CallAsync("create_entities", """{"entities":[{"name":"Ada L","entityType":"person","observations":[]}]}""");
        await all.CallAsync("set_entity_type", """{"entityName":"Apex","entityType":"shop"}""");
        while (await NextAsync(all) != "memory://entity/Apex") { }

        Assert.True(ada.IsQuiet);
    }

    [Fact]
    public async Task What_another_process_writes_is_told_as_well()
    {
        await using var memory = await StartAsync();
        await using var all = await Listener.ConnectAsync(memory);
        await all.SubscribeAsync(Graph);
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
        await using var work = await Listener.ConnectAsync(memory, path: "/mcp/n/work");
        await using var all = await Listener.ConnectAsync(memory);
        await work.SubscribeAsync(Graph);
        await all.SubscribeAsync(Graph);
        await FillAsync(all);
        Assert.Equal(Graph, await NextAsync(all));
        Assert.True(work.IsQuiet);
        await FillAsync(work);
        Assert.Equal(Graph, await NextAsync(work));
    }

    [Theory]
    [InlineData("memory://entity/Ada%20M", "Entity with name Ada M (did you mean \"Ada L\"?) not found")]
    [InlineData("memory://entity/", "is not a resource of this gateway")]
    [InlineData("file:///etc/passwd", "is not a resource of this gateway")]
    public async Task What_is_not_there_cannot_be_subscribed_to(string uri, string expected)
    {
        await using var memory = await StartAsync();
        await using var listener = await Listener.ConnectAsync(memory);
        await FillAsync(listener);
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() => listener.SubscribeAsync(uri));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(McpErrorCode.ResourceNotFound, refused.ErrorCode);
    }

    [Theory]
    [InlineData("deny=read_graph", Graph)]
    [InlineData("deny=open_nodes", Ada)]
    [InlineData("namespaces=work", Graph)]
    public async Task Who_may_not_read_a_resource_may_not_subscribe_to_it(string rights, string uri)
    {
        await using var memory = await StartAsync(rights);
        await using (var wide = await Listener.ConnectAsync(memory))
        {
            await FillAsync(wide);
            await wide.SubscribeAsync(uri);
        }

        await using var narrow = await Listener.ConnectAsync(memory, Narrow);
        var refused = await Assert.ThrowsAnyAsync<McpException>(() => narrow.SubscribeAsync(uri));
        Assert.Contains("you may use", refused.Message, StringComparison.Ordinal);
    }

    private Task<MemoryGateway> StartAsync(string rights = "read") =>
        MemoryGateway.StartAsync(time, ("MCP_SESSIONS", "hybrid"), ("MCP_BEARER_TOKENS", $"n8n={Narrow};{rights},all={Wide}"));

    private static Task FillAsync(Listener listener) =>
        listener.CallAsync(
            "create_entities",
            """{"entities":[{"name":"Ada L","entityType":"person","observations":["likes tea"]},{"name":"Acme","entityType":"company","observations":[]}]}"""
        );

    private Task<string> NextAsync(Listener listener) => time.WhileAsync(listener.NextAsync());

    /// <summary>A client with what it has been told.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly Channel<string> told = Channel.CreateUnbounded<string>();

        private Listener(McpClient client) => Client = client;

        public McpClient Client { get; }

        public bool IsQuiet => told.Reader.Count == 0;

        public static async Task<Listener> ConnectAsync(
            MemoryGateway memory,
            string token = Wide,
            string path = "/mcp",
            string? revision = "2025-11-25"
        )
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
                    new() { ProtocolVersion = revision },
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

        public Task SubscribeAsync(string uri) => Client.SubscribeToResourceAsync(uri, cancellationToken: Cancellation);

        public Task UnsubscribeAsync(string uri) => Client.UnsubscribeFromResourceAsync(uri, cancellationToken: Cancellation);

        public async Task CallAsync(string tool, string arguments)
        {
            var values = JsonSerializer
                .Deserialize<Dictionary<string, JsonElement>>(arguments)!
                .ToDictionary(a => a.Key, object? (a) => a.Value);
            var result = await Client.CallToolAsync(tool, values, cancellationToken: Cancellation);
            Assert.NotEqual(true, result.IsError);
        }

        public Task<string> NextAsync() => told.Reader.ReadAsync(Cancellation).AsTask();

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
