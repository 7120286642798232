using System.IO.Pipelines;
using System.Text;
using McpGateway.Testing;
using McpGateway.Tools.Transport;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Tools;

public sealed class StreamingSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_leaves_while_the_tool_still_works()
    {
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate);
        using var response = await SendAsync(gateway, "application/json, text/event-stream");
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Contains("half way", await NextDataAsync(reader), StringComparison.Ordinal);
        Assert.False(gate.Opened.Task.IsCompleted);
        gate.Opened.SetResult();
        Assert.Contains("\"done\"", await NextDataAsync(reader), StringComparison.Ordinal);
        Assert.Equal("\n", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Every_20_seconds_of_silence_are_broken_by_a_comment()
    {
        var gate = new Gate();
        var time = new FakeTimeProvider();
        await using var gateway = await SpecService.StartAsync(gate, time);
        using var response = await SendAsync(gateway, "application/json, text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Contains("half way", await NextDataAsync(reader), StringComparison.Ordinal);
        for (var silence = 0; silence < 3; silence++)
        {
            Assert.Equal(": keep-alive", await LineAfterSilenceAsync(reader, time));
            Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        }

        gate.Opened.SetResult();
        Assert.Contains("\"done\"", await NextDataAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_stream_opens_with_a_comment_a_quarter_of_a_second_after_its_headers_are_ready()
    {
        var time = new FakeTimeProvider();
        using var wire = new MemoryStream();
        await using var stream = new KeepAliveStream(
            PipeWriter.Create(wire),
            ": x\n\n"u8.ToArray(),
            TimeSpan.FromSeconds(20),
            time,
            () => true,
            isLast: _ => true
        );
        await stream.FlushAsync(Cancellation);
        Assert.Equal("", Written(wire));
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(": x\n\n", Written(wire));
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(": x\n\n", Written(wire));
        await stream.WriteAsync("data: {}\n\n"u8.ToArray(), Cancellation);
        await stream.FlushAsync(Cancellation);
        await stream.DisposeAsync();
        await stream.FlushAsync(Cancellation);
        Assert.Equal(": x\n\ndata: {}\n\n", Written(wire));
    }

    [Fact]
    public async Task A_reply_that_is_complete_with_its_first_event_leaves_at_once_and_nothing_follows_it()
    {
        var time = new FakeTimeProvider();
        using var wire = new MemoryStream();
        var length = 0L;
        await using var stream = new KeepAliveStream(
            PipeWriter.Create(wire),
            ": x\n\n"u8.ToArray(),
            TimeSpan.FromSeconds(20),
            time,
            () => true,
            isLast: _ => true,
            complete: whole => (length = whole) > 0
        );
        await stream.FlushAsync(Cancellation);
        Assert.Equal("", Written(wire));
        await stream.WriteAsync("data: {}\n\n"u8.ToArray(), Cancellation);
        await stream.FlushAsync(Cancellation);
        Assert.Equal("data: {}\n\n", Written(wire));
        Assert.Equal("data: {}\n\n".Length, length);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("data: {}\n\n", Written(wire));
    }

    [Theory]
    [InlineData("application/json, text/event-stream", "text/event-stream")]
    [InlineData("application/json", "application/json")]
    public async Task A_quick_reply_says_how_long_it_is(string accept, string type)
    {
        await using var gateway = await SpecService.StartAsync();
        foreach (var tool in (string[])["echo", "no such tool"])
        {
            using var response = await gateway.PostAsync(
                SpecService.Call(tool, """{"text":"hi"}"""),
                configure: request => request.Headers.Add("Accept", accept)
            );
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
            Assert.Null(response.Headers.TransferEncodingChunked);
            Assert.Equal(Encoding.UTF8.GetByteCount(await response.TextAsync()), response.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task A_quick_reply_has_no_comment()
    {
        await using var gateway = await SpecService.StartAsync(time: new FakeTimeProvider());
        using var response = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.Add("Accept", "application/json, text/event-stream")
        );
        Assert.DoesNotContain("keep-alive", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_plain_json_gets_white_space_while_it_waits()
    {
        var gate = new Gate();
        var time = new FakeTimeProvider();
        await using var gateway = await SpecService.StartAsync(gate, time);
        var sending = SendAsync(gateway, "application/json");
        await gate.Entered.Task.WaitAsync(Hang.After, Cancellation);
        time.Advance(SseKeepAlive.Interval);
        using var response = await sending;
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        gate.Opened.SetResult();
        var text = await response.TextAsync();
        Assert.StartsWith("\n{", text, StringComparison.Ordinal);
        Assert.Equal("done", await response.ToolTextAsync());
    }

    [Fact]
    public async Task No_comment_gets_into_an_event()
    {
        var time = new FakeTimeProvider();
        using var wire = new MemoryStream();
        await using var stream = new KeepAliveStream(
            PipeWriter.Create(wire),
            ": x\n\n"u8.ToArray(),
            TimeSpan.FromSeconds(20),
            time,
            () => true
        );
        await stream.WriteAsync("data: half "u8.ToArray(), Cancellation);
        time.Advance(TimeSpan.FromSeconds(60));
        await stream.WriteAsync("and half\n\n"u8.ToArray(), Cancellation);
        time.Advance(TimeSpan.FromSeconds(60));
        await stream.FlushAsync(Cancellation);
        Assert.Equal("data: half and half\n\n", Written(wire));
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("data: half and half\n\n", Written(wire));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("data: half and half\n\n: x\n\n", Written(wire));
        await stream.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("data: half and half\n\n: x\n\n", Written(wire));
    }

    [Theory]
    [InlineData("application/json, text/event-stream")]
    [InlineData("application/json")]
    public async Task A_client_that_leaves_cancels_the_call(string accept)
    {
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sending = SendAsync(gateway, accept, leaving.Token, HttpCompletionOption.ResponseContentRead);
        await gate.Entered.Task.WaitAsync(Hang.After, Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await gate.Cancelled.Task.WaitAsync(Hang.After, Cancellation);
    }

    [Fact]
    public async Task Five_hundred_streams_at_once_all_come_to_their_end()
    {
        var gate = new Gate();
        await using var gateway = await SpecService.StartAsync(gate, settings: ("MCP_BEARER_TOKEN", SpecService.Token));
        var calls = Enumerable
            .Range(0, 500)
            .Select(async _ =>
            {
                using var response = await SendAsync(gateway, "application/json, text/event-stream");
                return await response.TextAsync();
            })
            .ToList();
        await Eventually.IsAsync(
            () => Volatile.Read(ref gate.Inside) >= calls.Count || calls.Exists(call => call.IsCompleted),
            "Not all calls get in."
        );

        gate.Opened.SetResult();
        Assert.All(await Task.WhenAll(calls), text => Assert.Contains("\"done\"", text, StringComparison.Ordinal));
        Assert.Equal(calls.Count, gate.Inside);
        Assert.Equal(
            calls.Count,
            (await gateway.ReadAuditAsync()).Count(line => line.Contains("\"outcome\":\"ok\"", StringComparison.Ordinal))
        );
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Gateway gateway,
        string accept,
        CancellationToken? cancellation = null,
        HttpCompletionOption until = HttpCompletionOption.ResponseHeadersRead
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(SpecService.Call("work", meta: """{"progressToken":"p"}"""), mediaType: new("application/json")),
            Headers = { { "Accept", accept }, { "Authorization", $"Bearer {SpecService.Token}" } },
        };
        return await gateway.Http.SendAsync(request, until, cancellation ?? Cancellation);
    }

    private static async Task<string> NextDataAsync(StreamReader reader)
    {
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Cancellation);
        } while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
        return line ?? throw new InvalidOperationException("The stream has ended.");
    }

    // The event's flush may re-arm the timer just after the client has read it: then the next silence is awaited.
    private static async Task<string?> LineAfterSilenceAsync(StreamReader reader, FakeTimeProvider time)
    {
        var line = reader.ReadLineAsync(Cancellation).AsTask();
        do
        {
            time.Advance(SseKeepAlive.Interval);
            await Task.WhenAny(line, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation));
        } while (!line.IsCompleted);
        return await line is "" ? await reader.ReadLineAsync(Cancellation) : await line;
    }

    private static string Written(MemoryStream wire) => Encoding.UTF8.GetString(wire.ToArray());
}
