using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>An operator runs <c>docker/init.sh</c>, once and again.</summary>
public sealed class InitSpecs : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("gateway-init-").FullName;

    private string Secrets => Path.Combine(root, "docker", "secrets");

    public async ValueTask InitializeAsync() =>
        await RunningProcess.RunAsync("git", ["-C", Repository.Root, "checkout-index", "-a", $"--prefix={root}/"]);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_secret_is_made_once_and_stays()
    {
        var first = await InitAsync();
        Assert.Empty(first.Errors);
        foreach (var service in Repository.Services)
        {
            Assert.Matches("^claude=[0-9a-f]{64}\nn8n=[0-9a-f]{64}\n$", await ReadAsync($"{service.Name}_bearer_tokens"));
            Assert.True(service.TokenSetting is null || await ReadAsync(service.TokenSetting.ToLowerInvariant()) == "");
        }

        // n8n takes a line end for a part of its key.
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("n8n_encryption_key"));
        var key = await ReadAsync("operator_secret");

        var second = await InitAsync();
        Assert.Empty(second.Errors);
        Assert.DoesNotContain("created", second.Output, StringComparison.Ordinal);
        Assert.Equal(key, await ReadAsync("operator_secret"));
    }

    [Fact]
    public async Task An_empty_secret_is_made_anew_and_modes_and_line_ends_are_put_right()
    {
        await InitAsync();
        await File.WriteAllTextAsync(Path.Combine(Secrets, "operator_secret"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Secrets, "n8n_encryption_key"), "a-key\n", TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // bash and git of a Unix.
        File.SetUnixFileMode(Path.Combine(Secrets, "memory_bearer_tokens"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await InitAsync();
        var expected = Environment.UserName == "root" ? UnixFileMode.UserRead : (UnixFileMode)0b110_100_100;
        Assert.Equal(expected, File.GetUnixFileMode(Path.Combine(Secrets, "memory_bearer_tokens")));
#pragma warning restore CA1416
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("operator_secret"));
        Assert.Equal("a-key", await ReadAsync("n8n_encryption_key"));
    }

    [Fact]
    public async Task An_older_env_file_gets_the_choice_of_gateways()
    {
        await File.WriteAllTextAsync(Path.Combine(root, "docker", ".env"), "DOMAIN=x.test", TestContext.Current.CancellationToken);
        await InitAsync();
        var lines = await File.ReadAllLinesAsync(Path.Combine(root, "docker", ".env"), TestContext.Current.CancellationToken);
        Assert.Equal("DOMAIN=x.test", lines[0]);
        Assert.Contains($"COMPOSE_PROFILES={string.Join(',', Repository.Services.Select(service => service.Name))}", lines);
    }

    [Fact]
    public async Task A_user_who_is_not_root_can_put_a_token_into_what_was_made()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        await RunningProcess.RunAsync("chown", ["-R", "nobody", root], cancellationToken: TestContext.Current.CancellationToken);
        var run = await RunningProcess.RunAsync(
            "setpriv",
            ["--reuid=nobody", "--clear-groups", "bash", "-c", $"bash {root}/docker/init.sh && printf token > {Secrets}/coda_api_token"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        run.Succeeded();
        Assert.Equal("token", await ReadAsync("coda_api_token"));
    }

    private async Task<Finished> InitAsync()
    {
        var run = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(root, "docker", "init.sh")],
            cancellationToken: TestContext.Current.CancellationToken
        );
        run.Succeeded();
        return run;
    }

    private Task<string> ReadAsync(string secret) =>
        File.ReadAllTextAsync(Path.Combine(Secrets, secret), TestContext.Current.CancellationToken);
}
