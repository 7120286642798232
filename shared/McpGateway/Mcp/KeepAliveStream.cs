namespace McpGateway.Mcp;

/// <summary>
/// A response body that fills silence with a few bytes of no meaning. They only ever go between two flushes, that is,
/// between two events, never into one.
/// </summary>
internal sealed class KeepAliveStream : Stream
{
    private readonly Stream inner;
    private readonly byte[] filler;
    private readonly TimeSpan interval;
    private readonly Func<bool> beforeFilling;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer timer;
    private bool midEvent;
    private bool ended;

    public KeepAliveStream(Stream inner, byte[] filler, TimeSpan interval, TimeProvider time, Func<bool> beforeFilling)
    {
        this.inner = inner;
        this.filler = filler;
        this.interval = interval;
        this.beforeFilling = beforeFilling;
        timer = time.CreateTimer(_ => _ = FillSilenceAsync(), null, interval, Timeout.InfiniteTimeSpan);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            midEvent = true;
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await inner.FlushAsync(cancellationToken);
            midEvent = false;
            timer.Change(interval, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            gate.Release();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override void Flush() => throw new NotSupportedException("Flush asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        // Waits for a filler on its way; whoever comes later sees `ended`.
        await gate.WaitAsync();
        ended = true;
        gate.Release();
        await base.DisposeAsync();
    }

    private async Task FillSilenceAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (!ended && !midEvent && beforeFilling())
            {
                // Not cancelled by anything: Kestrel aborts the connection of a write that is cancelled halfway.
                await inner.WriteAsync(filler, CancellationToken.None);
                await inner.FlushAsync(CancellationToken.None);
            }

            timer.Change(interval, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The client has gone or the response has ended: its own write or its RequestAborted says so to whom it concerns.
            ended = true;
        }
        finally
        {
            gate.Release();
        }
    }
}
