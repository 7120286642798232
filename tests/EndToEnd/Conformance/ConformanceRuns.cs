using System.Collections.Concurrent;
using EndToEnd.Deployment;
using McpGateway.Testing;

namespace EndToEnd.Conformance;

/// <summary>Every run the specs and the report talk about, each made once.</summary>
public sealed class ConformanceRuns
{
    private const string Token = "conformance-0123456789abcdef";

    private readonly ConcurrentDictionary<string, Lazy<Task<SuiteRun>>> runs = new();

    /// <summary>The session mode a revision needs: server requests of the older one travel in sessions.</summary>
    public static string SessionsFor(string revision) => revision == "2025-11-25" ? "Hybrid" : "Stateless";

    /// <summary>The fixture service, reached directly.</summary>
    internal Task<SuiteRun> FixtureAsync(string revision) => FixtureAsync(revision, SessionsFor(revision));

    /// <inheritdoc cref="FixtureAsync(string)"/>
    internal Task<SuiteRun> FixtureAsync(string revision, string sessions) =>
        OnceAsync(
            $"{sessions} {revision}",
            async () =>
            {
                await using var gateway = await StartAsync("ConformanceGateway", sessions);
                return await ConformanceSuite.RunAsync(gateway.McpUrl, revision, TestContext.Current.CancellationToken);
            }
        );

    /// <summary>The fixture service behind nginx with TLS.</summary>
    internal Task<SuiteRun> FixtureBehindNginxAsync(string revision) =>
        OnceAsync(
            $"nginx {revision}",
            async () =>
            {
                await using var gateway = await StartAsync(
                    "ConformanceGateway",
                    SessionsFor(revision),
                    ("TRUST_DOWNSTREAM_PROXY", "true"),
                    ("ALLOW_ANONYMOUS", "true"),
                    ("RATE_LIMIT_PER_SECOND", "0")
                );
                // The suite sends 200 requests in four seconds. The foreign name of one scenario has to get past nginx, or it would be nginx that refuses it.
                var hosts = new Dictionary<string, int> { ["localhost"] = gateway.Url.Port, ["evil.example.com"] = gateway.Url.Port };
                await using var nginx = await NginxProxy.StartAsync(hosts, new NginxSetUp { Rate = "10000r/s" });
                return await ConformanceSuite.RunAsync(
                    new Uri($"https://localhost:{nginx.HttpsPort}/mcp"),
                    revision,
                    TestContext.Current.CancellationToken,
                    nginx.CertificatePath
                );
            }
        );

    /// <summary>A service, which wants a bearer.</summary>
    internal Task<SuiteRun> ServiceAsync(string project, string revision) =>
        OnceAsync(
            $"{project} {revision}",
            async () =>
            {
                var upstreamTokens = Repository.Services.Select(service => service.TokenSetting).OfType<string>();
                await using var gateway = await StartAsync(
                    project,
                    SessionsFor(revision),
                    [("MCP_BEARER_TOKEN", Token), .. upstreamTokens.Select(setting => (setting, "unused"))]
                );
                await using var proxy = await BearerProxy.StartAsync(gateway, Token);
                return await ConformanceSuite.RunAsync(proxy.McpUrl, revision, TestContext.Current.CancellationToken);
            }
        );

    private static Task<GatewayProcess> StartAsync(string project, string sessions, params (string Name, string Value)[] settings) =>
        GatewayProcess.StartAsync(project, settings.Append(("MCP_SESSIONS", sessions)).ToDictionary(s => s.Item1, s => (string?)s.Item2));

    private Task<SuiteRun> OnceAsync(string name, Func<Task<SuiteRun>> run) => runs.GetOrAdd(name, _ => new(run)).Value;
}
