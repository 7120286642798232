using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>One PostgreSQL for a class of specs; every spec makes a database of its own.</summary>
public class PostgresFixture : IAsyncLifetime
{
    private TestPostgres? server;

    public async Task<TestPostgres> GetAsync() => server ??= await TestPostgres.StartAsync();

    /// <returns>The URL of an empty database, as a gateway gets it.</returns>
    public virtual async Task<string> CreateDatabaseAsync() => await (await GetAsync()).CreateDatabaseAsync();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
