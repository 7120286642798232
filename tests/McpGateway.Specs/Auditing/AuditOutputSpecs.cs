using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Auditing;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Auditing;

/// <summary>An audit log that cannot be written stops no call and no stop; readiness tells of it.</summary>
public sealed class AuditOutputSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_seen_by_the_next_check_and_calls_go_on()
    {
        await using var gateway = await SpecService.StartAsync(("AUDIT_LOG", "/dev/full"));
        using var call = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
        Assert.Equal("hi Plain", await call.ToolTextAsync());
        var audit = gateway.Services.GetRequiredService<AuditLog>();
        await Eventually.IsAsync(() => audit.IsWritten, "The line was not written.");
        var (status, problem) = await ReadinessAsync(gateway);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("AUDIT_LOG", problem, StringComparison.Ordinal);
        // The line itself is not lost as long as somebody keeps the log.
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("\"tool\":\"echo\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_that_failed_halfway_does_not_swallow_the_next_line_and_readiness_comes_back()
    {
        var time = new FakeTimeProvider();
        using var disk = new Disk { Space = 10 };
        await using var output = new AuditOutput(disk, time);
        Assert.Throws<IOException>(() => output.Append("{\"event\":\"lost\"}\n"u8));
        Assert.NotNull(output.FindProblem());
        disk.Space = 1000;
        output.Append("{\"event\":\"good\"}\n"u8);
        Assert.Null(output.FindProblem());
        Assert.Equal("{\"event\":\"good\"}", Encoding.UTF8.GetString(disk.ToArray()).Split('\n')[1]);
    }

    [Fact]
    public async Task A_reader_that_stops_holds_up_neither_calls_nor_the_stop_and_the_gap_is_told_when_it_goes_on()
    {
        using var temporary = new TemporaryFolder();
        var pipe = temporary.At("pipe");
        await using var reader = await MakePipeAsync(pipe);
        using var lines = new StreamReader(reader);
        var time = new FakeTimeProvider();
        var gateway = await SpecService.StartAsync(time: time, settings: ("AUDIT_LOG", pipe));
        var audit = gateway.Services.GetRequiredService<AuditLog>();
        for (var line = 0; line < 20_000; line++)
        {
            audit.Write("spec", "caller", _ => { });
        }

        using var call = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}"""));
        Assert.Equal("hi Plain", await call.ToolTextAsync());
        // Once for each gap: a slow machine may make two.
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("lines are dropped until it goes on", StringComparison.Ordinal));
        await Eventually.IsAsync(
            async () =>
            {
                // The write that does not end may have begun only now.
                time.Advance(TimeSpan.FromSeconds(6));
                return (await ReadinessAsync(gateway)).Problem.Contains("has stopped", StringComparison.Ordinal);
            },
            "Readiness does not tell of it."
        );
        // Every line is there, or counted.
        for (int read = 0, dropped = 0; read + dropped < 20_000 + 1; )
        {
            var line = JsonNode.Parse((await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(Hang.After, Cancellation))!)!;
            var isGap = (string?)line["event"] == "audit_gap";
            dropped += isGap ? (int)line["dropped"]! : 0;
            read += isGap ? 0 : 1;
        }

        await Eventually.IsAsync(() => audit.IsWritten, "The audit log does not go on.");
        Assert.Equal(HttpStatusCode.OK, (await ReadinessAsync(gateway)).Status);

        for (var line = 0; line < 5_000; line++)
        {
            audit.Write("spec", "caller", _ => { });
        }

        await gateway.DisposeAsync().AsTask().WaitAsync(Hang.After, Cancellation);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("took no more lines at the end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_waits_keeps_nothing_of_its_request()
    {
        using var temporary = new TemporaryFolder();
        var pipe = temporary.At("pipe");
        await using var reader = await MakePipeAsync(pipe);
        WeakReference? request = null;
        await using var gateway = await SpecService.StartAsync(
            configure: builder =>
                builder
                    .Services.AddMcpServer()
                    .WithRequestFilters(filters =>
                        filters.AddCallToolFilter(next =>
                            (context, cancellationToken) =>
                            {
                                request = new(context);
                                return next(context, cancellationToken);
                            }
                        )
                    ),
            settings: ("AUDIT_LOG", pipe)
        );
        var audit = gateway.Services.GetRequiredService<AuditLog>();
        for (var line = 0; line < 2_000; line++)
        {
            audit.Write("spec", "caller", _ => { });
        }

        using (var call = await gateway.PostAsync(SpecService.Call("echo", """{"text":"hi"}""")))
        {
            Assert.Equal("hi Plain", await call.ToolTextAsync());
        }

        await Eventually.IsAsync(
            () =>
            {
                GC.Collect();
                return !request!.IsAlive;
            },
            "The request is kept."
        );
        Assert.False(audit.IsWritten);
        using var lines = new StreamReader(reader);
        for (var line = 0; line < 2_001; line++)
        {
            Assert.NotNull(await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(Hang.After, Cancellation));
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task What_the_gateway_creates_is_for_its_user_alone()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.At("data");
        await using (var gateway = await SpecService.StartAsync(("DATA_PATH", folder), ("AUDIT_LOG", Path.Combine(folder, "audit.jsonl"))))
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(folder, "audit.jsonl")));
        }
    }

    /// <summary>A pipe that takes what fits into it, until it is read.</summary>
    private static async Task<FileStream> MakePipeAsync(string path)
    {
        using (var mkfifo = Process.Start("mkfifo", path))
        {
            await mkfifo.WaitForExitAsync(Cancellation);
        }

        // Both ends: a pipe without a reader could not be opened.
        return new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
    }

    private static async Task<(HttpStatusCode Status, string Problem)> ReadinessAsync(Gateway gateway)
    {
        using var response = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        return (response.StatusCode, (await response.JsonAsync())["problems"]?["audit"]?.GetValue<string>() ?? "");
    }

    /// <summary>A disk with so much space left: what does not fit is written in part, as a file system does.</summary>
    private sealed class Disk : MemoryStream
    {
        public int Space { get; set; }

        public override bool CanSeek => false;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = Math.Min(Space, buffer.Length);
            base.Write(buffer[..fits]);
            Space -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
