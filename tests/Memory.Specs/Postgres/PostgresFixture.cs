using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>One PostgreSQL for a class of specs; every spec makes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private TestPostgres? server;

    public async Task<TestPostgres> GetAsync() => server ??= await TestPostgres.StartAsync();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
