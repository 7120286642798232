namespace McpGateway.Specs.State;

/// <summary>Instances behind PgBouncer in transaction mode: a connection is another's after each transaction.</summary>
public sealed class PgBouncerStateSpecs(PooledDatabase database) : SharedDatabaseSpecs(database), IClassFixture<PooledDatabase>;
