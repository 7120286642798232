using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Auditing;

/// <summary>
/// Writes audit events, one JSON line each: the time, the service, the event, the caller, the event's own fields and the trace. A line
/// never holds an argument value or a token, and JSON escaping keeps line breaks in names from forging another line. No call waits for
/// the output: where it stops taking lines, they are dropped and counted, and an <c>audit_gap</c> line tells how many are missing.
/// </summary>
public sealed partial class AuditLog : IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    private const int LargestBatch = 256;

    /// <summary>How long a line may wait for others: to wake a writer for each would cost more than all else that is done for a call.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly GatewayService service;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;
    private readonly AuditOutput output;
    private readonly IReadOnlyList<AuditReader> readers;
    private readonly Channel<Line> lines = Channel.CreateBounded<Line>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource ending = new();
    private readonly Task writing;
    private long accepted;
    private long written;
    private int dropped;

    public AuditLog(
        IOptions<AuditOptions> options,
        GatewayService service,
        TimeProvider time,
        ILogger<AuditLog> logger,
        IEnumerable<AuditReader> readers
    )
    {
        this.readers = [.. readers];
        this.service = service;
        this.time = time;
        this.logger = logger;
        output = new(options.Value.Path, time);
        writing = WriteAllAsync();
    }

    /// <summary>Whether every line so far has been written.</summary>
    public bool IsWritten => Unwritten == 0;

    private long Unwritten => Math.Max(0, Interlocked.Read(ref accepted) - Interlocked.Read(ref written));

    /// <summary>Writes what is left, unless the output takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await ending.CancelAsync();
        try
        {
            await writing.WaitAsync(PatienceAtTheEnd, TimeProvider.System);
            ending.Dispose();
            await output.DisposeAsync();
        }
        catch (TimeoutException)
        {
            // A write cannot be cancelled: the process ends around it.
            LinesAbandoned(Unwritten);
        }
    }

    /// <summary>Records an event. No call waits for the disk: the line is written soon, or at the latest when the gateway stops.</summary>
    /// <param name="caller">Who caused it; null before authentication.</param>
    /// <param name="fields">Writes the event's own fields, later and on another thread; names of others go through <see cref="AuditFields.WriteName"/>.</param>
    public void Write(string @event, string? caller, Action<Utf8JsonWriter> fields)
    {
        if (lines.Writer.TryWrite(new(time.GetUtcNow(), @event, caller, Activity.Current?.TraceId.ToHexString(), fields)))
        {
            Interlocked.Increment(ref accepted);
        }
        else if (Interlocked.Increment(ref dropped) == 1)
        {
            LinesDropped();
        }
    }

    /// <summary>Waits until the lines so far are written and have been read, for a second at most: the output may take none.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref accepted);
        for (var wait = 0; wait < 100 && Interlocked.Read(ref written) < last; wait++)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What keeps lines from being written now, in a sentence for the operator; null when nothing does.</summary>
    internal async ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        if (output.HasFailed && !output.IsStuck)
        {
            // Only a write shows whether it works again.
            Write("audit_resumed", null, _ => { });
            await CatchUpAsync(cancellationToken);
        }

        return output.FindProblem();
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
                foreach (var read in readers)
                {
                    read(batch.WrittenSpan);
                }

                Append(batch.WrittenSpan);
                Interlocked.Add(ref written, count);
            }
        }
    }

    private int Gather(ArrayBufferWriter<byte> batch, Utf8JsonWriter json)
    {
        batch.ResetWrittenCount();
        if (Interlocked.Exchange(ref dropped, 0) is > 0 and var missing)
        {
            Format(new(time.GetUtcNow(), "audit_gap", null, null, line => line.WriteNumber("dropped", missing)), batch, json);
        }

        var count = 0;
        for (; count < LargestBatch && lines.Reader.TryRead(out var line); count++)
        {
            Format(line, batch, json);
        }

        return count;
    }

    private void Format(Line line, ArrayBufferWriter<byte> batch, Utf8JsonWriter json)
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
        json.Reset();
        batch.Write("\n"u8);
    }

    private void Append(ReadOnlySpan<byte> batch)
    {
        try
        {
            output.Append(batch);
        }
        catch (IOException e)
        {
            // The calls have been made: to report them as failed would make the callers repeat them.
            LineLost(e, Encoding.UTF8.GetString(batch).TrimEnd());
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit log cannot be written; the line was: {Line}")]
    private partial void LineLost(Exception exception, string line);

    [LoggerMessage(
        LogLevel.Error,
        "The audit log takes no more lines, because whoever reads it has stopped: lines are dropped until it goes on"
    )]
    private partial void LinesDropped();

    [LoggerMessage(LogLevel.Error, "The audit log took no more lines at the end: {Count} are lost")]
    private partial void LinesAbandoned(long count);

    private readonly record struct Line(DateTimeOffset Time, string Event, string? Caller, string? Trace, Action<Utf8JsonWriter> Fields);
}
