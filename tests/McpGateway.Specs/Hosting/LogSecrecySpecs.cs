using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpGateway.Specs.Hosting;

public sealed class LogSecrecySpecs
{
    private const string UpstreamToken = "upstream-secret-0123456789";
    private const string WrongToken = "wrong-secret-0123456789";

    [Fact]
    public async Task No_token_gets_into_a_log_line_or_an_audit_line_even_at_the_lowest_level()
    {
        await using var upstream = await StubUpstream.StartAsync();
        upstream.On("GET /rows", """{"rows":[]}""");
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings: [("MCP_BEARER_TOKEN", SpecService.Token), ("SPEC_API_TOKEN", UpstreamToken)],
            configure: builder =>
                builder.Services.PostConfigure<LoggerFilterOptions>(filter =>
                {
                    filter.Rules.Clear();
                    filter.Rules.Add(new("Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider", null, LogLevel.None, null));
                    filter.MinLevel = LogLevel.Trace;
                })
        );
        foreach (var token in new[] { SpecService.Token, WrongToken, null })
        {
            foreach (
                var body in new[]
                {
                    "{",
                    SpecService.Initialize(),
                    SpecService.Call("break"),
                    SpecService.Call("fetch", $$"""{"url":"{{upstream.Url}}/rows"}"""),
                }
            )
            {
                using var response = await gateway.PostAsync(body, token);
            }
        }

        var lines = gateway.Logs.Lines.Concat(await gateway.ReadAuditAsync()).ToList();
        Assert.Contains(lines, line => line.StartsWith("Trace", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("/rows", StringComparison.Ordinal));
        foreach (var secret in new[] { SpecService.Token, WrongToken, UpstreamToken })
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
