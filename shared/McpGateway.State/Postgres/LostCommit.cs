using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>A commit of which it is not known whether it reached the database.</summary>
internal sealed record LostCommit(CommitMark Mark, NpgsqlException Reason);
