namespace Memory.Specs.Postgres;

/// <summary>Several instances that connect to PostgreSQL themselves.</summary>
[Trait("store", "own")]
public sealed class InstanceSpecs(PostgresFixture fixture) : SharedMemorySpecs(fixture), IClassFixture<PostgresFixture>;
