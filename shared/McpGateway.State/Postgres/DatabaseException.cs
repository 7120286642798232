using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>The database cannot be read or written; the message names where it is and the remedy, and holds no secret.</summary>
/// <param name="isUnknown">Whether a change may have been made all the same.</param>
public sealed class DatabaseException(string message, Exception? inner = null, bool isUnknown = false) : Exception(message, inner)
{
    /// <summary>Whether a change may have been made all the same. Otherwise nothing was.</summary>
    public bool IsUnknown => isUnknown;

    /// <summary>Whether the same may succeed in a moment.</summary>
    internal bool IsPassing => InnerException is NpgsqlException reason && PostgresProblem.IsPassing(reason);
}
