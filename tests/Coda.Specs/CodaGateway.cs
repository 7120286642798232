using McpGateway.Testing;

namespace Coda.Specs;

/// <summary>coda-mcp before a stub of Coda's API, with a client; every reply is held to its tool's output schema.</summary>
internal sealed class CodaGateway : IAsyncDisposable
{
    public const string Token = "11111111-secret-coda-token";
    public const string Caller = "caller-secret-0123456789abcdef0123456789abcdef";
    public const string DocId = "AbCDeFGHij";
    public const string Doc = $"/apis/v1/docs/{DocId}";

    private CodaGateway(Gateway gateway, StubUpstream coda, SpecClient client, RunningClock time)
    {
        Gateway = gateway;
        Coda = coda;
        Client = client;
        Time = time;
    }

    public Gateway Gateway { get; }

    public StubUpstream Coda { get; }

    public SpecClient Client { get; }

    public RunningClock Time { get; }

    public static async Task<CodaGateway> StartAsync(params (string Name, string? Value)[] settings)
    {
        var coda = await StubUpstream.StartAsync();
        var time = new RunningClock();
        var values = new Dictionary<string, string?>
        {
            ["MCP_BEARER_TOKEN"] = Caller,
            ["CODA_API_TOKEN"] = Token,
            ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
            // The limiter goes by the machine's clock: out of the way, except where a spec is about it.
            ["CODA_LIMIT_CONTENT_WRITES"] = "1000/1",
            ["CODA_LIMIT_WRITES"] = "1000/1",
            ["CODA_LIMIT_DOC_LISTS"] = "1000/1",
        };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        var gateway = await Gateway.StartAsync(CodaService.Definition, CodaService.AddCoda, values, time);
        return new(gateway, coda, await SpecClient.ConnectAsync(gateway, Caller, time), time);
    }

    /// <summary>Registers an answer of the API, by the path after /apis/v1.</summary>
    public CodaGateway On(string methodAndPath, string json, int status = 200, params (string Name, string Value)[] headers)
    {
        Coda.On(methodAndPath.Replace(" /", " /apis/v1/", StringComparison.Ordinal), json, status, headers);
        return this;
    }

    /// <summary>Registers an answer of the API about the spec's doc, by the path after the doc.</summary>
    public CodaGateway OnDoc(string methodAndPath, string json, int status = 200) =>
        On(methodAndPath.Replace(" /", $" /docs/{DocId}/", StringComparison.Ordinal), json, status);

    /// <summary>Registers a write that Coda takes on and has applied by the first look.</summary>
    public CodaGateway OnApplied(string methodAndPath, string accepted = """{"requestId":"r1","id":"x1"}""") =>
        OnDoc(methodAndPath, accepted, 202).On("GET /mutationStatus/r1", """{"completed":true}""");

    public Task<SpecReply> CallAsync(string tool, string arguments = "{}") => Client.CallAsync(tool, arguments);

    /// <summary>The requests Coda got, as "GET /docs?limit=2", after /apis/v1.</summary>
    public IReadOnlyList<string> Requests =>
        [.. Coda.Received.Select(r => $"{r.Method} {r.Target.Replace("/apis/v1", "", StringComparison.Ordinal)}")];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Gateway.DisposeAsync();
        await Coda.DisposeAsync();
    }
}
