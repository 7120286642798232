namespace McpGateway.Specs.State;

/// <summary>Instances that connect to PostgreSQL themselves.</summary>
public sealed class PostgresStateSpecs(SharedDatabase database) : SharedDatabaseSpecs(database), IClassFixture<SharedDatabase>;
