using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using McpGateway.Hosting;
using McpGateway.OAuth.Grants;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Auditing;

/// <summary>
/// One JSON line for each tool call, each refused login, and each step in the life of an app's access. A line never holds an argument value or a token, and JSON
/// escaping keeps line breaks in names from forging another line.
/// </summary>
internal sealed partial class AuditLog : IDisposable
{
    private const int LongestName = 128;

    private readonly GatewayService service;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;
    private readonly Stream output;
    private readonly ConcurrentQueue<byte[]> lines = new();
    private readonly ArrayBufferWriter<byte> batch = new(4096);
    private int writing;

    public AuditLog(IOptions<AuditOptions> options, GatewayService service, TimeProvider time, ILogger<AuditLog> logger)
    {
        this.service = service;
        this.time = time;
        this.logger = logger;
        output = options.Value.Path is { Length: > 0 } path ? OpenFile(path) : Console.OpenStandardOutput();
    }

    /// <summary>Records one tool call.</summary>
    /// <param name="bytes">UTF-8 bytes of the text the caller got.</param>
    public void ToolCalled(string? caller, string tool, string outcome, TimeSpan duration, long bytes) => Write("tool_call", caller, line =>
    {
        line.WriteString("tool", Bounded(tool));
        line.WriteString("outcome", outcome);
        line.WriteNumber("ms", Math.Round(duration.TotalMilliseconds, 1));
        line.WriteNumber("bytes", bytes);
    });

    /// <summary>Records that somebody was turned away.</summary>
    public void LoginRefused(HttpContext context, string reason) => Write("login_refused", caller: null, line =>
    {
        line.WriteString("reason", reason);
        line.WriteString("client", context.Connection.RemoteIpAddress?.ToString());
        line.WriteString("path", Bounded(context.Request.Path.Value ?? ""));
    });

    /// <summary>Records that an app has registered itself, which anybody may do.</summary>
    public void ClientRegistered(string client, IEnumerable<string> redirectHosts) => Write("client_registered", caller: null, line =>
    {
        line.WriteString("client", Bounded(client));
        line.WriteString("redirect", Bounded(string.Join(' ', redirectHosts)));
    });

    /// <summary>Records that the operator lets an app connect.</summary>
    public void ConsentGiven(string client, string redirectHost, string scope) => Write("consent_given", caller: null, line =>
    {
        line.WriteString("client", Bounded(client));
        line.WriteString("redirect", Bounded(redirectHost));
        line.WriteString("scope", scope);
    });

    /// <summary>Records that somebody at the consent page said no.</summary>
    public void ConsentDenied(string client, string redirectHost) => Write("consent_denied", caller: null, line =>
    {
        line.WriteString("client", Bounded(client));
        line.WriteString("redirect", Bounded(redirectHost));
    });

    /// <summary>Records that a connection was opened or ended.</summary>
    public void GrantChanged(string @event, Grant grant, string? reason = null) => Write(@event, caller: null, line =>
    {
        line.WriteString("grant", grant.CallerName);
        line.WriteString("redirect", Bounded(grant.RedirectHost));
        line.WriteString("scope", grant.Scope);
        if (reason is not null)
        {
            line.WriteString("reason", reason);
        }
    });

    /// <summary>Whether every line so far has been written.</summary>
    public bool IsWritten => lines.IsEmpty && Volatile.Read(ref writing) == 0;

    public void Dispose() => output.Dispose();

    private void Write(string @event, string? caller, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var line = new Utf8JsonWriter(buffer))
        {
            line.WriteStartObject();
            line.WriteString("time", time.GetUtcNow());
            line.WriteString("service", service.Name);
            line.WriteString("event", @event);
            line.WriteString("caller", caller);
            fields(line);
            line.WriteString("trace", Activity.Current?.TraceId.ToHexString());
            line.WriteEndObject();
        }

        buffer.Write("\n"u8);
        lines.Enqueue(buffer.WrittenSpan.ToArray());
        Append();
    }

    // Whoever comes while another writes leaves the line to that one, who writes all there are at once: nobody waits for the disk.
    private void Append()
    {
        while (!lines.IsEmpty && Interlocked.Exchange(ref writing, 1) == 0)
        {
            try
            {
                AppendAll();
            }
            finally
            {
                Volatile.Write(ref writing, 0);
            }
        }
    }

    private void AppendAll()
    {
        batch.ResetWrittenCount();
        while (lines.TryDequeue(out var line))
        {
            batch.Write(line);
        }

        try
        {
            if (output.CanSeek)
            {
                // Log rotation may have cut the file.
                output.Seek(0, SeekOrigin.End);
            }

            output.Write(batch.WrittenSpan);
            output.Flush();
        }
        catch (IOException e)
        {
            // The calls have been made: to report them as failed would make the callers repeat them.
            LineLost(e, Encoding.UTF8.GetString(batch.WrittenSpan).TrimEnd());
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
            throw new SettingException($"AUDIT_LOG='{path}' cannot be written ({e.GetType().Name}): check that the folder exists and that this user may write there.", e);
        }
    }
}
