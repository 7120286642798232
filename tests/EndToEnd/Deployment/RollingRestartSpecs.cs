using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace EndToEnd.Deployment;

/// <summary>Two instances of a gateway behind nginx, restarted one after the other as docker/upgrade.sh does.</summary>
public sealed class RollingRestartSpecs : IAsyncLifetime
{
    private const string Host = "coda.test";
    private const string Token = "a-token-of-the-restart-specs-0123456789";
    private const int FewestCalls = 1500;
    private const int MostCalls = 60_000;

    private StubUpstream coda = null!;
    private int looks;

    public async ValueTask InitializeAsync()
    {
        coda = await StubUpstream.StartAsync();
        coda.On(
            "GET /apis/v1/whoami",
            async context =>
            {
                Interlocked.Increment(ref looks);
                // So that calls run when an instance is told to stop.
                await Task.Delay(TimeSpan.FromMilliseconds(20), context.RequestAborted);
                await context.Response.WriteAsJsonAsync(new { name = "Ada", loginId = "ada@example.com" });
            }
        );
    }

    public ValueTask DisposeAsync() => coda.DisposeAsync();

    [Fact]
    public async Task No_call_fails_and_none_is_made_twice()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = first.Url.Port },
            new NginxSetUp
            {
                Rate = "100000r/s",
                Workers = 2,
                Second = new Dictionary<string, int> { [Host] = second.Url.Port },
            }
        );
        using var restarted = new CancellationTokenSource();
        var failures = new ConcurrentQueue<string>();
        var calls = 0;
        var callers = Enumerable.Range(0, 8).Select(_ => CallAsync()).ToArray();

        first = await RestartAsync(first, second);
        second = await RestartAsync(second, first);
        await restarted.CancelAsync();
        await Task.WhenAll(callers);
        await first.DisposeAsync();
        await second.DisposeAsync();

        Assert.Empty(failures);
        Assert.InRange(calls, FewestCalls, MostCalls);
        Assert.Equal(calls, looks);

        async Task CallAsync()
        {
            using var client = nginx.CreateClient(Host);
            while (Volatile.Read(ref calls) < FewestCalls || (!restarted.IsCancellationRequested && Volatile.Read(ref calls) < MostCalls))
            {
                Interlocked.Increment(ref calls);
                if (await FailureOfAsync(client) is { } failure)
                {
                    failures.Enqueue(failure);
                }
            }
        }

        // docker-gen gives nginx the new addresses when a container has ended and when one has come; upgrade.sh goes on when it is healthy,
        // which is long after that.
        async Task<GatewayProcess> RestartAsync(GatewayProcess old, GatewayProcess other)
        {
            await old.StopAsync();
            await nginx.ReloadAsync(new Dictionary<string, int> { [Host] = other.Url.Port }, new Dictionary<string, int>());
            await old.DisposeAsync();
            var started = await StartAsync();
            await nginx.ReloadAsync(
                new Dictionary<string, int> { [Host] = other.Url.Port },
                new Dictionary<string, int> { [Host] = started.Url.Port }
            );
            await Eventually.IsAsync(() => started.Audit.Count >= 100, "The instance that came back gets no calls.");
            return started;
        }
    }

    [Fact]
    public async Task A_failure_that_may_have_done_something_is_not_sent_to_the_second_instance()
    {
        // It takes the request and goes, as a process does that is out of memory.
        var gone = 0;
        coda.On(
            "POST /mcp",
            context =>
            {
                Interlocked.Increment(ref gone);
                context.Abort();
                return Task.CompletedTask;
            }
        );
        var port = new Uri(coda.Url).Port;
        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = port },
            new NginxSetUp { Second = new Dictionary<string, int> { [Host] = port } }
        );
        using var client = nginx.CreateClient(Host);
        Assert.StartsWith("502", await FailureOfAsync(client), StringComparison.Ordinal);
        Assert.Equal(1, gone);
    }

    private static async Task<string?> FailureOfAsync(HttpClient client, bool isRetry = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"coda_whoami"}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        try
        {
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return response.StatusCode == HttpStatusCode.OK && text.Contains("ada@example.com", StringComparison.Ordinal)
                ? null
                : $"{(int)response.StatusCode} {text}";
        }
        catch (HttpRequestException) when (!isRetry)
        {
            // A worker of nginx that a reload ends closes its idle connections, also one that a request is on its way on: clients send it again
            // on another. Had anybody taken it, it would be counted twice.
            return await FailureOfAsync(client, isRetry: true);
        }
        catch (HttpRequestException e)
        {
            return e.ToString();
        }
    }

    private Task<GatewayProcess> StartAsync() =>
        GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["PUBLIC_URL"] = $"https://{Host}",
                ["TRUST_DOWNSTREAM_PROXY"] = "true",
                ["RATE_LIMIT_PER_SECOND"] = "0",
                ["DRAIN_SECONDS"] = "2",
                ["CODA_API_TOKEN"] = "coda-token-of-the-test",
                ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
                ["CODA_LIMIT_READS"] = "100000/1",
            }
        );
}
