using System.Text.Json;
using System.Threading.RateLimiting;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Refit;

namespace McpGateway.Specs.Upstream;

internal interface IThingsApi
{
    [Get("/things/{id}")]
    Task<Thing> GetThingAsync(string id, CancellationToken cancellationToken);

    [Get("/things/{id}")]
    Task ReadThingAsync(string id, [Property(UpstreamApi.ReadBody)] BodyReader read, CancellationToken cancellationToken);

    [Get("/things")]
    Task<Thing> FindThingAsync([Query] bool open, [Query(CollectionFormat.Csv)] string[]? tags, CancellationToken cancellationToken);

    [Post("/things")]
    Task<Thing> CreateThingAsync([Body] Thing thing, CancellationToken cancellationToken);

    [Put("/things/{id}")]
    Task<Thing> PutThingAsync(string id, [Body] Thing thing, CancellationToken cancellationToken);

    [Get("/list")]
    Task<ThingList> ListThingsAsync(CancellationToken cancellationToken);

    [Post("/search")]
    Task<ThingList> SearchThingsAsync([Body] Thing thing, CancellationToken cancellationToken);

    [Post("/things/{id}/push")]
    Task<Done> PushThingAsync(string id, CancellationToken cancellationToken);

    [Patch("/things/{id}/push")]
    Task<Done> NudgeThingAsync(string id, CancellationToken cancellationToken);

    [Delete("/things/{id}")]
    Task<Done> DeleteThingAsync(string id, CancellationToken cancellationToken);
}

internal sealed record Thing(string Name, string? Note = null);

internal sealed record ThingList(IReadOnlyList<Thing> Items);

internal sealed record Done(string? Note = null);

/// <summary>A service as thin as can be: one tool for each kind of call.</summary>
internal sealed class ThingTools(IThingsApi things)
{
    [McpServerTool(Name = "get_thing", ReadOnly = true)]
    public Task<Thing> GetAsync(string id, CancellationToken cancellationToken) => things.GetThingAsync(id, cancellationToken);

    [McpServerTool(Name = "measure_thing", ReadOnly = true)]
    public async Task<string> MeasureAsync(string id, CancellationToken cancellationToken)
    {
        var length = 0;
        await things.ReadThingAsync(
            id,
            async (body, token) =>
            {
                length = 0;
                var buffer = new byte[1000];
                while (await body.ReadAsync(buffer, token) is > 0 and var count)
                {
                    length += count;
                }
            },
            cancellationToken
        );
        return $"{length}";
    }

    [McpServerTool(Name = "find_thing", ReadOnly = true)]
    public Task<Thing> FindAsync(bool open, string[]? tags = null, CancellationToken cancellationToken = default) =>
        things.FindThingAsync(open, tags, cancellationToken);

    [McpServerTool(Name = "create_thing")]
    public Task<Thing> CreateAsync(string name, CancellationToken cancellationToken) =>
        things.CreateThingAsync(new(name), cancellationToken);

    [McpServerTool(Name = "list_things", ReadOnly = true)]
    public Task<ThingList> ListAsync(CancellationToken cancellationToken) => things.ListThingsAsync(cancellationToken);

    [McpServerTool(Name = "search_things", ReadOnly = true)]
    public Task<ThingList> SearchAsync(string name, CancellationToken cancellationToken) =>
        things.SearchThingsAsync(new(name), cancellationToken);

    [McpServerTool(Name = "push_thing")]
    public Task<Done> PushAsync(string id, CancellationToken cancellationToken) => things.PushThingAsync(id, cancellationToken);

    [McpServerTool(Name = "nudge_thing")]
    public Task<Done> NudgeAsync(string id, CancellationToken cancellationToken) => things.NudgeThingAsync(id, cancellationToken);

    [McpServerTool(Name = "delete_thing")]
    public Task<Done> DeleteAsync(string id, CancellationToken cancellationToken) => things.DeleteThingAsync(id, cancellationToken);

    [McpServerTool(Name = "put_thing")]
    public Task<Thing> PutAsync(string id, string name, CancellationToken cancellationToken) =>
        things.PutThingAsync(id, new(name), cancellationToken);
}

/// <summary>The gateway of <see cref="ThingTools"/> before a stub of the API, on a clock that the spec moves.</summary>
internal sealed class ThingGateway : IAsyncDisposable
{
    public const string Token = "upstream-secret-7c1f";
    public const string Caller = "caller-secret-0123456789abcdef0123456789abcdef";

    private readonly Gateway gateway;

    private ThingGateway(Gateway gateway, StubUpstream upstream, RunningClock time)
    {
        this.gateway = gateway;
        Upstream = upstream;
        Time = time;
    }

    public StubUpstream Upstream { get; }

    public RunningClock Time { get; }

    public Gateway Gateway => gateway;

    public IReadOnlyCollection<string> Logs => gateway.Logs.Lines;

    public async Task<string> ReadAuditAsync() => string.Join('\n', await gateway.ReadAuditAsync());

    /// <param name="change">Changes to the API's description; the second argument is the base URL of the stub.</param>
    public static async Task<ThingGateway> StartAsync(
        Func<Uri, UpstreamApi>? change = null,
        string? token = Token,
        params (string Name, string Value)[] settings
    )
    {
        var upstream = await StubUpstream.StartAsync();
        var time = new RunningClock();
        var api = change?.Invoke(new Uri(upstream.Url)) ?? ApiAt(new Uri(upstream.Url), token);
        var gateway = await Gateway.StartAsync(
            new GatewayService("thing-mcp", 0, "Things", "None"),
            builder =>
            {
                builder.AddUpstream<IThingsApi>(api);
                builder.Mcp.WithTools<ThingTools>();
            },
            new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            {
                ["MCP_BEARER_TOKEN"] = Caller,
            },
            time
        );
        return new(gateway, upstream, time);
    }

    public static UpstreamApi ApiAt(
        Uri url,
        string? token = Token,
        Func<IServiceProvider, PartitionedRateLimiter<HttpRequestMessage>>? createLimiter = null
    ) =>
        new()
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult(token),
            MayRetry = request => request.Method != HttpMethod.Post,
            MaxResponseBytes = 100_000,
            CreateLimiter = createLimiter,
        };

    /// <summary>Calls a tool while the clock runs.</summary>
    public async Task<Answer> CallAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        await using var client = await gateway.ConnectAsync(Caller, TestContext.Current.CancellationToken);
        var started = Time.GetUtcNow();
        var call = client
            .CallToolAsync(
                tool,
                arguments.ToDictionary(a => a.Name, a => a.Value),
                cancellationToken: TestContext.Current.CancellationToken
            )
            .AsTask();
        var result = await Time.WhileAsync(call);
        if (Logs.FirstOrDefault(line => line.StartsWith("Error McpGateway", StringComparison.Ordinal)) is { } defect)
        {
            Assert.Fail(defect);
        }
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        return new(result.IsError == true, text, Time.GetUtcNow() - started);
    }

    /// <summary>Calls a tool, and reads its progress as well.</summary>
    public async Task<(IReadOnlyList<JsonElement> Progress, JsonElement Result)> FollowAsync(string tool, string arguments)
    {
        await using var client = await SpecClient.ConnectAsync(gateway, Caller, Time);
        return await client.FollowAsync(tool, arguments);
    }

    public Task<ModelContextProtocol.Client.McpClient> ConnectAsync() =>
        gateway.ConnectAsync(Caller, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

/// <summary>What a call came to, and how long it took on the gateway's clock.</summary>
internal sealed record Answer(bool IsError, string Text, TimeSpan Took);
