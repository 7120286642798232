using McpGateway.Testing;

namespace McpGateway.Specs.State;

/// <summary>A PostgreSQL for all specs of a class.</summary>
public class SharedDatabase : IAsyncLifetime
{
    public TestPostgres Server { get; private set; } = null!;

    /// <returns>The URL of an empty database, as a gateway gets it.</returns>
    public virtual Task<string> CreateAsync() => Server.CreateDatabaseAsync();

    public virtual async ValueTask InitializeAsync() => Server = await TestPostgres.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
