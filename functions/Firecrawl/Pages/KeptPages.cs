using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway;
using McpGateway.Caching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Firecrawl.Pages;

/// <summary>
/// The pages that were read, in <c>DATA_PATH/pages</c>, for this user alone: one file for each content that a page has had, named by what was asked
/// for and when it was first and last read. The oldest leave when there are more bytes than the operator allows.
/// </summary>
internal sealed partial class KeptPages(
    FirecrawlOptions options,
    IOptions<GatewayOptions> gateway,
    GatewayService service,
    TimeProvider time,
    ILogger<KeptPages> logger
)
{
    // Room is made for a while, not for one page.
    private const double Fill = 0.9;

    private const int MostRemembered = 10_000;

    // What was written a moment ago is not written again while it stays the same.
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private readonly string folder = Path.Combine(gateway.Value.DataFolder(service), "pages");
    private readonly long mostBytes = options.PagesMegabytes * 1_000_000L;
    private readonly Lock writing = new();

    // By key, the digest of what was read last: a page that is the same needs no look at its file.
    private readonly Remembered<string, (PageFile File, string Digest)> latest = new(TimeSpan.FromDays(1), MostRemembered, time);
    private long? bytes;

    public bool IsOn => mostBytes > 0;

    /// <summary>The page as it was last read; null: never.</summary>
    public KeptPage? FindLast(string key) => Read(FilesOf(key).MaxBy(file => file.At));

    /// <summary>The page as it was then, or else as it was first read; null: never.</summary>
    public KeptPage? FindAt(string key, DateTimeOffset then)
    {
        var files = FilesOf(key).ToList();
        return Read(files.Where(file => file.Since <= then).MaxBy(file => file.Since) ?? files.MinBy(file => file.Since));
    }

    /// <returns>Null: there is none, or it has left.</returns>
    public KeptPage? Find(string id) =>
        Id().IsMatch(id) ? Read(FilesOf(id[..id.IndexOf('-', StringComparison.Ordinal)]).FirstOrDefault(file => file.Id == id)) : null;

    /// <summary>Keeps what was read just now.</summary>
    /// <returns>Its id; null: it is too large, or the disk does not take it, which the log says.</returns>
    public string? Keep(string key, JsonObject document)
    {
        var digest = DigestOf(document);
        lock (writing)
        {
            try
            {
                var now = time.GetUtcNow();
                var last =
                    latest.TryFind(key, out var known) && File.Exists(known.File.Path) ? known.File : FilesOf(key).MaxBy(file => file.At);
                var isSame =
                    last is not null
                    && digest
                        == (
                            last == known.File ? known.Digest
                            : Read(last) is { } page ? DigestOf(page.Document)
                            : null
                        );
                if (isSame && last == known.File && now - last.At < Moment)
                {
                    return last.Id;
                }

                var content = JsonSerializer.SerializeToUtf8Bytes(document, FirecrawlJson.Options);
                if (content.Length > mostBytes / 4)
                {
                    return null;
                }

                var file = new PageFile(folder, key, isSame ? last!.Since : now, now);
                Write(file.Path, content);
                if (isSame && last!.Path != file.Path)
                {
                    Delete(last);
                }

                latest.Keep(key, (file, digest));
                MakeRoom();
                return file.Id;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                NotKept(e, folder);
                return null;
            }
        }
    }

    /// <summary>Of the content: metadata differs each time.</summary>
    private static string DigestOf(JsonObject document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var (name, value) in document.Where(member => member.Key != "metadata").OrderBy(member => member.Key, StringComparer.Ordinal)
        )
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            // The texts of a page as they are: they are most of it.
            hash.AppendData(
                PageText.Of(document, name) is { } text
                    ? MemoryMarshal.AsBytes(text.AsSpan())
                    : JsonSerializer.SerializeToUtf8Bytes(value, FirecrawlJson.Options)
            );
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private void Write(string path, byte[] content)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        using (var file = PrivateFolder.OpenFile(unfinished, new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
        {
            file.Write(content);
        }

        File.Move(unfinished, path, overwrite: true);
        bytes += content.Length;
    }

    private void MakeRoom()
    {
        bytes ??= AllFiles().Sum(file => file.Bytes);
        if (bytes <= mostBytes)
        {
            return;
        }

        // Counted anew: another process may share the folder.
        var files = AllFiles().OrderBy(file => file.At).ToList();
        bytes = files.Sum(file => file.Bytes);
        foreach (var file in files.TakeWhile(_ => bytes > mostBytes * Fill))
        {
            Delete(file);
        }
    }

    private void Delete(PageFile file)
    {
        bytes -= file.Bytes;
        File.Delete(file.Path);
    }

    private static KeptPage? Read(PageFile? file)
    {
        try
        {
            return file is not null && JsonNode.Parse(File.ReadAllBytes(file.Path)) is JsonObject document
                ? new(file.Id, file.Since, file.At, document)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Replaced by a newer one, made room for others, or half of it lost with the machine: as if it had never been kept.
            return null;
        }
    }

    private IEnumerable<PageFile> FilesOf(string key) => FilesIn(PageFile.FolderOf(folder, key), $"{key}-*.json");

    private IEnumerable<PageFile> AllFiles() =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).SelectMany(shelf => FilesIn(shelf, "*.json")) : [];

    private IEnumerable<PageFile> FilesIn(string shelf, string pattern) =>
        Directory.Exists(shelf)
            ? Directory.EnumerateFiles(shelf, pattern).Select(path => PageFile.Parse(folder, path)).OfType<PageFile>()
            : [];

    [GeneratedRegex("^[0-9a-f]{24}-[0-9]{1,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [LoggerMessage(LogLevel.Warning, "A page could not be kept in {Folder}: it will be read anew when it is asked for again")]
    private partial void NotKept(Exception exception, string folder);

    private sealed record PageFile(string Folder, string Key, DateTimeOffset Since, DateTimeOffset At)
    {
        public string Id => string.Create(CultureInfo.InvariantCulture, $"{Key}-{Since.ToUnixTimeMilliseconds()}");

        public string Path =>
            System.IO.Path.Combine(
                FolderOf(Folder, Key),
                string.Create(CultureInfo.InvariantCulture, $"{Id}-{At.ToUnixTimeMilliseconds()}.json")
            );

        public long Bytes => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

        public static string FolderOf(string folder, string key) => System.IO.Path.Combine(folder, key[..2]);

        public static PageFile? Parse(string folder, string path) =>
            System.IO.Path.GetFileNameWithoutExtension(path).Split('-') is [{ Length: 24 } key, var since, var at]
            && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? new(folder, key, DateTimeOffset.FromUnixTimeMilliseconds(first), DateTimeOffset.FromUnixTimeMilliseconds(last))
                : null;
    }
}
