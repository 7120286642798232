using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>docker/gateways.sh reads .env as docker compose does and token files as the gateways do.</summary>
public sealed class SettingReadingSpecs : IDisposable
{
    private readonly string docker = Path.Combine(TemporaryFolder.Create("gateway-settings-").FullName, "docker");

    public SettingReadingSpecs()
    {
        Directory.CreateDirectory(Path.Combine(docker, "secrets"));
        foreach (var file in new[] { "services", "build/services.sh", "docker/gateways.sh" })
        {
            var copy = Path.Combine(docker, "..", file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, Repository.ReadText(file));
        }
    }

    public void Dispose() => Directory.Delete(Path.Combine(docker, ".."), recursive: true);

    [Theory]
    [InlineData("DOMAIN=droplet.test")]
    [InlineData("DOMAIN=\"droplet.test\"")]
    [InlineData("DOMAIN='droplet.test'")]
    [InlineData("DOMAIN=\"droplet.test\"   # mine")]
    [InlineData("DOMAIN=droplet.test   # mine")]
    [InlineData("DOMAIN=droplet.test  ")]
    [InlineData("export DOMAIN=droplet.test")]
    [InlineData("DOMAIN = droplet.test")]
    [InlineData("DOMAIN=droplet.test\r")]
    [InlineData("DOMAIN=Droplet.Test")]
    [InlineData("DOMAIN=old.test\nDOMAIN=droplet.test")]
    [InlineData("BASE=test\nDOMAIN=droplet.${BASE}")]
    [InlineData("DOMAIN=droplet.${BASE:-test}")]
    [InlineData("#DOMAIN=other.test\nMY_DOMAIN=other.test\nDOMAIN=droplet.test")]
    public async Task A_domain_is_read_however_it_is_written(string line)
    {
        await WriteAsync(".env", line);
        Assert.Equal("droplet.test", await AskAsync("domain"));
    }

    [Theory]
    [InlineData("DOMAIN=${DOMAIN}")]
    [InlineData("DOMAIN=${BASE}\nBASE=${DOMAIN}")]
    public async Task A_value_that_refers_to_itself_is_empty(string lines)
    {
        await WriteAsync(".env", lines);
        Assert.Equal("", await AskAsync("domain"));
    }

    [Theory]
    [InlineData("claude=a-token-0123456789\nn8n=another-0123456789\n")]
    [InlineData("claude=a-token-0123456789,n8n=another-0123456789")]
    [InlineData("\uFEFFclaude = a-token-0123456789\r\nn8n=another-0123456789\r\n")]
    [InlineData("\n\nold=sha256:00ff,claude=a-token-0123456789\n")]
    [InlineData(
        "OLD=SHA256:00FF\n# of the laptop, made in May\n  # old = b-token-0123456789\nClaude=a-token-0123456789 # mine, not n8n's\n"
    )]
    public async Task The_first_token_that_can_be_presented_is_taken(string content)
    {
        await WriteAsync("secrets/memory_bearer_tokens", content);
        Assert.Equal("a-token-0123456789", await AskAsync("bearer memory"));
    }

    [Fact]
    public async Task Hashes_alone_are_said_to_be_no_use()
    {
        await WriteAsync("secrets/memory_bearer_tokens", "claude=sha256:00ff\n");
        Assert.Equal("", await AskAsync("bearer memory"));
        Assert.Contains("holds hashes alone", await AskAsync("no_bearer memory"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COMPOSE_PROFILES=memory,coda", "coda memory")]
    [InlineData("COMPOSE_PROFILES=\"memory, n8n\"", "memory")]
    [InlineData("", null)]
    public async Task The_profiles_choose_the_services(string line, string? chosen)
    {
        await WriteAsync(".env", line);
        Assert.Equal(
            chosen ?? string.Join(' ', Repository.Services.Select(service => service.Name)),
            await AskAsync("chosen_services | paste -sd' ' -")
        );
    }

    [Theory]
    [InlineData("Jan 01 00:00:00 2026 GMT", "Apr 01 00:00:00 2026 GMT", "2026-03-02", "30 ")]
    [InlineData("Jan 01 00:00:00 2026 GMT", "Apr 01 00:00:00 2026 GMT", "2026-03-20", "12 late")]
    [InlineData("Jan 01 00:00:00 2026 GMT", "Jan 07 00:00:00 2026 GMT", "2026-01-04", "3 ")]
    public async Task A_certificate_is_late_when_less_than_a_sixth_of_its_life_is_left(
        string starts,
        string ends,
        string today,
        string said
    ) =>
        Assert.Equal(
            said,
            await AskAsync(
                $$"""
                curl() { printf '* Server certificate:\n*  start date: {{starts}}\n*  expire date: {{ends}}\n' >&2; }
                date() { if [ "$1" = +%s ]; then command date -d '{{today}} 00:00 UTC' +%s; else command date "$@"; fi; }
                certificate_end https://memory.test
                """
            )
        );

    private Task WriteAsync(string file, string content) =>
        File.WriteAllTextAsync(Path.Combine(docker, file), content, TestContext.Current.CancellationToken);

    private async Task<string> AskAsync(string command)
    {
        var run = await RunningProcess.RunAsync(
            "bash",
            ["-c", $"here={docker}; . {docker}/gateways.sh; {command}"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        return run.Succeeded().TrimEnd('\n');
    }
}
