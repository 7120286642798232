using McpGateway.Secrets;
using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>What an operator is told about MEMORY_DATABASE.</summary>
[Trait("store", "own")]
public sealed class SettingSpecs(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("mysql://gateway:secret-word@host/db", "does not begin with postgres://")]
    [InlineData("Host=host;Password=secret-word", "does not begin with postgres://")]
    [InlineData("postgres://host/db?password=secret-word", "lacks its user")]
    [InlineData("postgres://gateway:secret-word@host", "its database")]
    [InlineData("postgres://gateway:secret?word@host/db", "not encoded")]
    [InlineData("postgres://gateway:secret-word@/db", "its host")]
    [InlineData("postgres://gateway:secret-word@ho st/db", "its host is not a name")]
    [InlineData("postgres://gateway:secret-word@host/db?sslmode=secret-word", "its sslmode is none of")]
    [InlineData("postgres://gateway:secret-word@host/db?pool=0", "its pool is not a number from 1 to 500")]
    [InlineData("postgres://gateway:secret-word@host/db?secret-word=1", "a parameter that is not known")]
    public async Task A_wrong_URL_stops_the_start_and_is_not_repeated(string url, string problem)
    {
        var error = await Assert.ThrowsAsync<SettingException>(() => MemoryGateway.StartAsync(("MEMORY_DATABASE", url)));
        Assert.StartsWith("MEMORY_DATABASE ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_nowhere_when_it_is_refused_or_the_server_is_not_there()
    {
        var server = await fixture.GetAsync();
        var good = await server.CreateDatabaseAsync();
        var wrong = good.Replace("gateway:", "gateway:x-secret-word", StringComparison.Ordinal);
        var away = $"postgres://gateway:x-secret-word@127.0.0.1:{FreePort.Find()}/memory";
        foreach (var (url, problem) in ((string, string)[])[(wrong, "does not let in the user 'gateway'"), (away, "cannot be reached")])
        {
            await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
            var answer = await memory.CreateAsync("Anna");
            Assert.Contains(problem, answer.Text, StringComparison.Ordinal);
            Assert.Contains("This call stored nothing.", answer.Text, StringComparison.Ordinal);
            using var ready = await memory.Gateway.Http.GetAsync(
                new Uri("/health/ready", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            var body = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.DoesNotContain(
                "x-secret-word",
                string.Join('\n', [answer.Body, body, .. memory.Gateway.Logs.Lines, .. await memory.Gateway.ReadAuditAsync()]),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_user_who_may_not_make_the_schema_is_told_what_its_owner_has_to_run()
    {
        var server = await fixture.GetAsync();
        var url = await server.CreateDatabaseAsync();
        var name = url[(url.LastIndexOf('/') + 1)..];
        await server.RunSqlAsync(name, "CREATE ROLE poor LOGIN PASSWORD 'poor'");
        await using var memory = await MemoryGateway.StartAsync(
            ("MEMORY_DATABASE", $"postgres://poor:poor@127.0.0.1:{server.Port}/{name}")
        );
        var refused = await memory.CreateAsync("Anna");
        Assert.Contains("""run there, as its owner, CREATE SCHEMA memory AUTHORIZATION "poor";""", refused.Text, StringComparison.Ordinal);
        await server.RunSqlAsync(name, """CREATE SCHEMA memory AUTHORIZATION "poor";""");
        Assert.False((await memory.CreateAsync("Anna")).IsError);
    }

    [Fact]
    public async Task A_database_with_another_encoding_is_refused_with_the_remedy()
    {
        var server = await fixture.GetAsync();
        await server.RunSqlAsync("postgres", "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", server.UrlOf("latin")));
        Assert.Contains("create it with ENCODING 'UTF8'", (await memory.CreateAsync("Anna")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE memory.version SET version = 99", "written by a newer release")]
    [InlineData("UPDATE memory.index_version SET version = 99", "a newer release")]
    public async Task A_memory_of_a_newer_release_is_neither_read_nor_written_by_an_older_one(string newer, string problem)
    {
        var server = await fixture.GetAsync();
        var url = await server.CreateDatabaseAsync();
        await using var running = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await running.CreateAsync("Anna");
        await server.RunSqlAsync(url[(url.LastIndexOf('/') + 1)..], newer);
        var write = await running.CreateAsync("Berta");
        Assert.Contains("used by a newer release", write.Text, StringComparison.Ordinal);
        await using var starting = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        Assert.Contains(problem, (await starting.CallAsync("read_graph", "{}")).Text, StringComparison.Ordinal);
    }
}
