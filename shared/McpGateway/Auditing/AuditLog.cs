using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using McpGateway.Hosting;
using McpGateway.OAuth.Grants;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Auditing;

/// <summary>
/// One JSON line for each tool call, each read of a resource or prompt, each refused login, and each step in the life of an app's access. A line never holds an argument value or a token, and JSON
/// escaping keeps line breaks in names from forging another line.
/// </summary>
internal sealed partial class AuditLog : IAsyncDisposable
{
    private const int LongestName = 128;
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

    /// <summary>Records that a tool was called, or a resource or prompt read.</summary>
    /// <param name="kind">The field that names it.</param>
    /// <param name="bytes">UTF-8 bytes of the text the caller got.</param>
    public void Asked(string @event, string kind, string? caller, string name, string outcome, TimeSpan duration, long bytes) =>
        Write(
            @event,
            caller,
            line =>
            {
                line.WriteString(kind, Bounded(name));
                line.WriteString("outcome", outcome);
                line.WriteNumber("ms", Math.Round(duration.Ticks / (decimal)TimeSpan.TicksPerMillisecond, 1));
                line.WriteNumber("bytes", bytes);
            }
        );

    /// <summary>Records that somebody was turned away.</summary>
    public void LoginRefused(HttpContext context, string reason)
    {
        var client = context.Connection.RemoteIpAddress?.ToString();
        var path = Bounded(context.Request.Path.Value ?? "");
        Write(
            "login_refused",
            caller: null,
            line =>
            {
                line.WriteString("reason", reason);
                line.WriteString("client", client);
                line.WriteString("path", path);
            }
        );
    }

    /// <summary>Records that an app has registered itself, which anybody may do.</summary>
    public void ClientRegistered(string client, IEnumerable<string> redirectHosts)
    {
        var hosts = Bounded(string.Join(' ', redirectHosts));
        Write(
            "client_registered",
            caller: null,
            line =>
            {
                line.WriteString("client", Bounded(client));
                line.WriteString("redirect", hosts);
            }
        );
    }

    /// <summary>Records that the operator lets an app connect.</summary>
    public void ConsentGiven(string client, string redirectHost, string scope) =>
        Write(
            "consent_given",
            caller: null,
            line =>
            {
                line.WriteString("client", Bounded(client));
                line.WriteString("redirect", Bounded(redirectHost));
                line.WriteString("scope", scope);
            }
        );

    /// <summary>Records that somebody at the consent page said no.</summary>
    public void ConsentDenied(string client, string redirectHost) =>
        Write(
            "consent_denied",
            caller: null,
            line =>
            {
                line.WriteString("client", Bounded(client));
                line.WriteString("redirect", Bounded(redirectHost));
            }
        );

    /// <summary>Records that a connection was opened or ended.</summary>
    public void GrantChanged(string @event, Grant grant, string? reason = null) =>
        Write(
            @event,
            caller: null,
            line =>
            {
                line.WriteString("grant", grant.CallerName);
                line.WriteString("redirect", Bounded(grant.RedirectHost));
                line.WriteString("scope", grant.Scope);
                if (reason is not null)
                {
                    line.WriteString("reason", reason);
                }
            }
        );

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

    private void Write(string @event, string? caller, Action<Utf8JsonWriter> fields)
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
            // By the clock on the wall: how lines are gathered is no matter of the service's own time.
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

    private static string Bounded(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

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
