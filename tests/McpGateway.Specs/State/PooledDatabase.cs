using McpGateway.Testing;

namespace McpGateway.Specs.State;

/// <summary>A PostgreSQL with PgBouncer before it, in transaction mode.</summary>
public sealed class PooledDatabase : SharedDatabase
{
    private TestPgBouncer bouncer = null!;

    public override async Task<string> CreateAsync() => bouncer.UrlOf(await base.CreateAsync());

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bouncer = await TestPgBouncer.StartAsync(Server);
    }

    public override async ValueTask DisposeAsync()
    {
        await bouncer.DisposeAsync();
        await base.DisposeAsync();
    }
}
