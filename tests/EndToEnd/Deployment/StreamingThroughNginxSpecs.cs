using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Event streams on their way through nginx: one by one, through silence, and back when the client leaves.</summary>
public sealed class StreamingThroughNginxSpecs : IAsyncLifetime
{
    private const string Host = "slow.test";

    private GatewayProcess gateway = null!;
    private NginxProxy nginx = null!;

    public async ValueTask InitializeAsync()
    {
        Tool.Require("nginx", "Install it: apt-get install nginx-light.");
        gateway = await GatewayProcess.StartAsync(
            "ConformanceGateway",
            new Dictionary<string, string?> { ["ALLOWED_HOSTS"] = Host, ["ALLOW_ANONYMOUS"] = "true" }
        );
        nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
    }

    public async ValueTask DisposeAsync()
    {
        if (nginx is not null)
        {
            await nginx.DisposeAsync();
            await gateway.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Each_event_arrives_when_it_happens(string version)
    {
        var arrivals = new List<bool>();
        await foreach (
            var line in ReadAsync(
                Version.Parse(version),
                pauses: 3,
                milliseconds: 1500,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                arrivals.Add(HasEnded());
            }
        }

        // Three times progress and the result. Buffered, they would all come once the call has ended.
        Assert.Equal(4, arrivals.Count);
        Assert.False(arrivals[0] || arrivals[1], string.Join('\n', gateway.Audit));
        await Eventually.IsAsync(HasEnded, "The call did not end.");

        bool HasEnded() => gateway.Audit.Any(line => line.Contains("\"tool\":\"slow\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_minutes_of_silence_are_survived()
    {
        var lines = new List<string>();
        await foreach (
            var line in ReadAsync(
                HttpVersion.Version11,
                pauses: 1,
                milliseconds: 125_000,
                quiet: true,
                TestContext.Current.CancellationToken
            )
        )
        {
            lines.Add(line);
        }

        Assert.Contains(
            lines,
            line => line.StartsWith("data:", StringComparison.Ordinal) && line.Contains("Waited.", StringComparison.Ordinal)
        );
        Assert.True(lines.Count(line => line.StartsWith(':')) >= 5); // a comment every 20 s
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_that_leaves_ends_the_tool(string version)
    {
        await foreach (
            var line in ReadAsync(
                Version.Parse(version),
                pauses: 600,
                milliseconds: 100,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                break; // which disposes the response, and with it the connection or its stream
            }
        }

        await Eventually.IsAsync(
            () => gateway.Audit.Any(line => line.Contains("\"cancelled\"", StringComparison.Ordinal)),
            "The tool goes on."
        );
    }

    private async IAsyncEnumerable<string> ReadAsync(
        Version version,
        int pauses,
        int milliseconds,
        bool quiet = false,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var client = nginx.CreateClient(Host, version);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(
                    new
                    {
                        jsonrpc = "2.0",
                        id = 1,
                        method = "tools/call",
                        @params = new
                        {
                            name = "slow",
                            arguments = new
                            {
                                pauses,
                                milliseconds,
                                quiet,
                            },
                            _meta = new { progressToken = "p" },
                        },
                    }
                ),
                Encoding.UTF8,
                "application/json"
            ),
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
