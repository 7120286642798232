using McpGateway.Secrets;
using McpGateway.Text;

namespace McpGateway.Auditing;

/// <summary>Where audit lines go, a file or standard output, and whether it takes them.</summary>
internal sealed class AuditOutput : IAsyncDisposable
{
    // Less than this and the next lines do not fit.
    private const long LeastSpace = 64 * 1024;

    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    private readonly string? path;
    private readonly TimeProvider time;
    private readonly Stream stream;
    private long writingSince;
    private volatile bool hasFailed;

    /// <exception cref="SettingException">The file cannot be written.</exception>
    public AuditOutput(string? path, TimeProvider time)
    {
        this.path = string.IsNullOrEmpty(path) ? null : path;
        this.time = time;
        stream = this.path is { } file ? OpenFile(file) : Console.OpenStandardOutput();
    }

    /// <summary>Writes to any stream.</summary>
    internal AuditOutput(Stream stream, TimeProvider time)
    {
        this.time = time;
        this.stream = stream;
    }

    /// <summary>Whether the last write failed.</summary>
    public bool HasFailed => hasFailed;

    /// <summary>Whether a write does not come to its end: whoever reads a pipe has stopped reading.</summary>
    public bool IsStuck => Volatile.Read(ref writingSince) is not 0 and var since && time.GetElapsedTime(since) > LongestWrite;

    public string? FindProblem() =>
        IsStuck ? "The audit log takes no lines: whoever reads it has stopped."
        : hasFailed || IsDiskFull() ? "The audit log cannot be written: check the free space of its disk and AUDIT_LOG."
        : null;

    /// <exception cref="IOException">Not all of it was written.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        // 0 means that nothing is written at present.
        Volatile.Write(ref writingSince, Math.Max(1, time.GetTimestamp()));
        try
        {
            if (stream.CanSeek)
            {
                // Log rotation may have cut the file.
                stream.Seek(0, SeekOrigin.End);
            }

            if (hasFailed)
            {
                // What failed may have left half a line, which must not swallow the next one.
                stream.Write("\n"u8);
            }

            stream.Write(lines);
            stream.Flush();
            hasFailed = false;
        }
        catch (IOException)
        {
            hasFailed = true;
            throw;
        }
        finally
        {
            Volatile.Write(ref writingSince, 0);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private bool IsDiskFull()
    {
        try
        {
            return stream.CanSeek && new DriveInfo(Path.GetFullPath(path!)).AvailableFreeSpace < LeastSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // It cannot be told: a write will.
            return false;
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return PrivateFolder.OpenFile(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                }
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"AUDIT_LOG='{path}' cannot be written ({FileProblem.Of(e, path)}): check that the folder exists and that this user may write there.",
                e
            );
        }
    }
}
