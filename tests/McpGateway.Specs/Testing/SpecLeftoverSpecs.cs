using McpGateway.Secrets;
using McpGateway.Specs.Rights;
using McpGateway.Testing;
using Xunit.Sdk;

namespace McpGateway.Specs.Testing;

/// <summary>Specs that fail leave nothing behind, and say why where the reason is a part that they were started with.</summary>
public sealed class SpecLeftoverSpecs
{
    [Theory]
    [InlineData("MCP_BEARER_TOKENS", "n8n=sha256:no-digest")]
    [InlineData("PROFILES", "team: tools=nonsense")]
    public async Task A_gateway_that_does_not_start_leaves_no_folder(string setting, string value)
    {
        string? folder = null;
        await Assert.ThrowsAsync<SettingException>(() =>
            Gateway.StartAsync(
                SpecService.Definition,
                gateway => RightsService.Add(gateway, new()),
                new Dictionary<string, string?> { [setting] = value },
                configure: builder => folder = builder.Configuration["DATA_PATH"]
            )
        );
        Assert.False(Directory.Exists(folder), $"{folder} is left.");
    }

    [Fact]
    public async Task A_PostgreSQL_that_has_ended_is_told_with_its_last_lines_and_leaves_no_folder()
    {
        string folder;
        await using (var postgres = await TestPostgres.StartAsync())
        {
            folder = (await postgres.RunSqlAsync("postgres", "SHOW unix_socket_directories")).Trim();
            Assert.True(Directory.Exists(folder));
            await RunningProcess.RunAsync(
                "kill",
                ["-QUIT", $"{postgres.ProcessId}"],
                cancellationToken: TestContext.Current.CancellationToken
            );
            var told = await Assert.ThrowsAsync<FailException>(() => postgres.CreateDatabaseAsync());
            Assert.StartsWith("The PostgreSQL of the specs has ended. Its last lines:", told.Message, StringComparison.Ordinal);
            Assert.Contains("received immediate shutdown request", told.Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder), $"{folder} is left.");
    }

    /// <summary>Theirs would stay where the spec, or what it starts, fails before it comes to delete them.</summary>
    [Fact]
    public void No_folder_is_made_but_those_that_go_with_the_program() =>
        Assert.Empty(
            Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, "tests"))
                .Where(project => Path.GetFileName(project) != "Benchmarks")
                .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
                .Where(file => Path.GetFileName(file) != "TemporaryFolder.cs")
                .Where(file => File.ReadAllText(file).Contains("Directory.Create" + "TempSubdirectory", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Repository.Root, file))
        );
}
