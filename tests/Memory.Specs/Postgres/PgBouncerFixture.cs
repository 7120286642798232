using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>A PostgreSQL with PgBouncer before it, in transaction mode.</summary>
public sealed class PgBouncerFixture : PostgresFixture
{
    private TestPgBouncer? bouncer;

    public override async Task<string> CreateDatabaseAsync()
    {
        var url = await base.CreateDatabaseAsync();
        bouncer ??= await TestPgBouncer.StartAsync(await GetAsync());
        return bouncer.UrlOf(url);
    }

    public override async ValueTask DisposeAsync()
    {
        if (bouncer is not null)
        {
            await bouncer.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
