using Memory.Database;

namespace Memory.Storage;

/// <summary>Remembers which files were taken in.</summary>
internal sealed class ImportBook(Space space)
{
    /// <summary>Whether a file with this content was taken in before.</summary>
    public bool Has(string content) => space.Scalar("SELECT 1 FROM import WHERE namespace = ?1 AND content = ?2", content) is not null;

    /// <summary>Whether a file at this path was taken in before.</summary>
    public bool HasPath(string path) => space.Scalar("SELECT 1 FROM import WHERE namespace = ?1 AND path = ?2", path) is not null;

    public void Add(string content, string path, string report) =>
        space.Run(
            "INSERT INTO import (namespace, content, path, at, report) VALUES (?1, ?2, ?3, ?4, ?5) "
                + "ON CONFLICT (namespace, content) DO NOTHING",
            content,
            path,
            space.Now,
            report
        );
}
