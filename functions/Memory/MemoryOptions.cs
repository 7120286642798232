using Microsoft.Extensions.Configuration;

namespace Memory;

/// <summary>Where the memory is, and what it takes.</summary>
public sealed class MemoryOptions
{
    /// <summary>The database file; a relative path starts at <c>DATA_PATH</c>.</summary>
    [ConfigurationKeyName("MEMORY_PATH")]
    public string Path { get; set; } = "memory.db";

    /// <summary>The URL of a PostgreSQL database that holds the memory instead of the file.</summary>
    [ConfigurationKeyName("MEMORY_DATABASE")]
    public string? Database { get; set; }

    /// <summary>A memory.jsonl of the official server, or another file of memories, taken in once at start.</summary>
    [ConfigurationKeyName("MEMORY_IMPORT")]
    public string? Import { get; set; }

    /// <summary>The official server's setting for its memory.jsonl: the file is taken in once at start, if it is there.</summary>
    [ConfigurationKeyName("MEMORY_FILE_PATH")]
    public string? OfficialFile { get; set; }

    /// <summary>Accept relations whose ends are not stored (yet), as older releases of the official server did.</summary>
    [ConfigurationKeyName("MEMORY_ALLOW_DANGLING_RELATIONS")]
    public bool AllowDanglingRelations { get; set; }

    /// <summary>Which toolsets are on: names separated by commas, <c>default</c> or <c>all</c>.</summary>
    [ConfigurationKeyName("MEMORY_TOOLSETS")]
    public string? Toolsets { get; set; }
}
