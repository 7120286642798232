using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using McpGateway.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Auditing;

/// <summary>
/// Writes audit events, one JSON line each: the time, the service, the event, the caller, the event's own fields and the trace. A line
/// never holds an argument value or a token, and JSON escaping keeps line breaks in names from forging another line.
/// </summary>
public sealed partial class AuditLog : IAsyncDisposable
{
    private const int LargestBatch = 256;

    /// <summary>How long a line may wait for others: to wake a writer for each would cost more than all else that is done for a call.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly GatewayService service;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;
    private readonly Stream output;
    private readonly Channel<Line> lines = Channel.CreateUnbounded<Line>(new() { SingleReader = true });
    private readonly CancellationTokenSource ending = new();
    private readonly Task writing;
    private int unwritten;

    public AuditLog(IOptions<AuditOptions> options, GatewayService service, TimeProvider time, ILogger<AuditLog> logger)
    {
        this.service = service;
        this.time = time;
        this.logger = logger;
        output = options.Value.Path is { Length: > 0 } path ? OpenFile(path) : Console.OpenStandardOutput();
        writing = WriteAllAsync();
    }

    /// <summary>Whether every line so far has been written.</summary>
    public bool IsWritten => Volatile.Read(ref unwritten) == 0;

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.Complete();
        await ending.CancelAsync();
        await writing;
        ending.Dispose();
        await output.DisposeAsync();
    }

    /// <summary>Records an event. No call waits for the disk: the line is written soon, or at the latest when the gateway stops.</summary>
    /// <param name="caller">Who caused it; null before authentication.</param>
    /// <param name="fields">Writes the event's own fields, later and on another thread; names of others go through <see cref="AuditFields.WriteName"/>.</param>
    public void Write(string @event, string? caller, Action<Utf8JsonWriter> fields)
    {
        Interlocked.Increment(ref unwritten);
        lines.Writer.TryWrite(new(time.GetUtcNow(), @event, caller, Activity.Current?.TraceId.ToHexString(), fields));
    }

    // No call waits for the disk, and lines of calls that end together are written together.
    private async Task WriteAllAsync()
    {
        var batch = new ArrayBufferWriter<byte>(4096);
        await using var json = new Utf8JsonWriter(batch);
        while (await lines.Reader.WaitToReadAsync())
        {
            // Wall-clock time on purpose: how lines are gathered does not depend on the service's own clock.
            await Task.Delay(Gathering, TimeProvider.System, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (lines.Reader.TryPeek(out _))
            {
                var count = Gather(batch, json);
                Append(batch.WrittenSpan);
                Interlocked.Add(ref unwritten, -count);
            }
        }
    }

    private int Gather(ArrayBufferWriter<byte> batch, Utf8JsonWriter json)
    {
        var count = 0;
        for (batch.ResetWrittenCount(); count < LargestBatch && lines.Reader.TryRead(out var line); count++)
        {
            Format(line, json);
            batch.Write("\n"u8);
            json.Reset();
        }

        return count;
    }

    private void Format(Line line, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("time", line.Time);
        json.WriteString("service", service.Name);
        json.WriteString("event", line.Event);
        json.WriteString("caller", line.Caller);
        line.Fields(json);
        json.WriteString("trace", line.Trace);
        json.WriteEndObject();
        json.Flush();
    }

    private void Append(ReadOnlySpan<byte> batch)
    {
        try
        {
            if (output.CanSeek)
            {
                // Log rotation may have cut the file.
                output.Seek(0, SeekOrigin.End);
            }

            output.Write(batch);
            output.Flush();
        }
        catch (IOException e)
        {
            // The calls have been made: to report them as failed would make the callers repeat them.
            LineLost(e, Encoding.UTF8.GetString(batch).TrimEnd());
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit log cannot be written; the line was: {Line}")]
    private partial void LineLost(Exception exception, string line);

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"AUDIT_LOG='{path}' cannot be written ({e.GetType().Name}): check that the folder exists and that this user may write there.",
                e
            );
        }
    }

    private readonly record struct Line(DateTimeOffset Time, string Event, string? Caller, string? Trace, Action<Utf8JsonWriter> Fields);
}
