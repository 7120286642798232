using McpGateway;
using McpGateway.State.Postgres;
using Memory.Database;
using Memory.Postgres;
using Memory.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Memory;

/// <summary>Opens databases: the one of the settings, and those that a command names.</summary>
internal sealed class Databases(
    IOptions<GatewayOptions> gateway,
    IOptions<MemoryOptions> memory,
    GatewayService service,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    private string Folder => gateway.Value.DataFolder(service);

    /// <summary>The file of <c>MEMORY_PATH</c>; null where the memory is in PostgreSQL.</summary>
    public MemoryFile? File => string.IsNullOrEmpty(memory.Value.Database) ? new(Path.GetFullPath(memory.Value.Path, Folder)) : null;

    /// <summary>Where <c>MEMORY_DATABASE</c> or <c>MEMORY_PATH</c> says.</summary>
    /// <exception cref="McpGateway.Secrets.SettingException">It is not the URL of a database.</exception>
    public IDatabase Configured() => File is { } file ? Open(file) : Open(PostgresUrl.Parse("MEMORY_DATABASE", memory.Value.Database!));

    /// <summary>Where a URL of PostgreSQL says, or the path of a file.</summary>
    /// <param name="option">Where it comes from, for errors.</param>
    /// <exception cref="McpGateway.Secrets.SettingException">It is not the URL of a database.</exception>
    public IDatabase At(string option, string place) => FileAt(place) is { } file ? Open(file) : Open(PostgresUrl.Parse(option, place));

    /// <summary>The file of a path; null where it is the URL of a database.</summary>
    public static MemoryFile? FileAt(string place) => place.Contains("://", StringComparison.Ordinal) ? null : new(Path.GetFullPath(place));

    private SqliteDatabase Open(MemoryFile file) => new(file, loggers.CreateLogger<SqliteDatabase>());

    private PostgresDatabase Open(PostgresUrl url) => new(url, time, loggers.CreateLogger<PostgresDatabase>());
}
