using System.Buffers;
using System.IO.Pipelines;

namespace McpGateway.Tools.Transport;

/// <summary>
/// A response body that fills silence with a few bytes of no meaning. They only ever go between two flushes, that is,
/// between two events, never into one. They also open a stream that has nothing to say yet: HTTP/2 proxies and the Functions host hold
/// headers back until the first byte of the body. What <see cref="FlushHold"/> holds back is sent at the latest after its patience. A reply
/// that is complete with its first event is sent then: its client need not wait until the transport has tidied up.
/// </summary>
internal sealed class KeepAliveStream : WriteOnlyStream
{
    private readonly PipeWriter inner;
    private readonly byte[] filler;
    private readonly TimeSpan interval;
    private readonly TimeProvider time;
    private readonly Func<bool> beforeFilling;
    private readonly FlushHold hold;
    private readonly TimeSpan patience;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? rewrite;
    private readonly Func<long, bool>? complete;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer timer;
    private long lastFlush;
    private long written;
    private bool midEvent;
    private bool opened;
    private bool ended;

    /// <param name="inner">The response's own writer: unlike its stream, it sends at a flush alone.</param>
    /// <param name="isLast">Tells the event after which the reply ends at once; null for a reply without a foreseeable end.</param>
    /// <param name="rewrite">What is sent of what is written, which may be nothing.</param>
    /// <param name="patience">How long a flush of nothing, or of the last event, waits; null for <see cref="FlushHold.Patience"/>.</param>
    /// <param name="complete">
    /// Told the length of the reply once its last event is there, before it is sent. Answers whether that is all there is to send: not where a part
    /// of the reply has gone out without a length.
    /// </param>
    public KeepAliveStream(
        PipeWriter inner,
        byte[] filler,
        TimeSpan interval,
        TimeProvider time,
        Func<bool> beforeFilling,
        Func<ReadOnlyMemory<byte>, bool>? isLast = null,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? rewrite = null,
        TimeSpan? patience = null,
        Func<long, bool>? complete = null
    )
    {
        this.rewrite = rewrite;
        this.complete = complete;
        this.patience = patience ?? FlushHold.Patience;
        this.inner = inner;
        this.filler = filler;
        this.interval = interval;
        this.time = time;
        this.beforeFilling = beforeFilling;
        hold = new(isLast);
        lastFlush = time.GetTimestamp();
        timer = time.CreateTimer(static stream => ((KeepAliveStream)stream!).OnTime(), this, interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the event after which the reply ends has been written.</summary>
    public bool HasResponse => hold.HasLast;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var sent = rewrite?.Invoke(buffer) ?? buffer;
        if (sent.IsEmpty)
        {
            return;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            hold.OnWrite(buffer);
            midEvent = true;
            inner.Write(sent.Span);
            written += sent.Length;
        }
        finally
        {
            gate.Release();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            midEvent = false;
            if (hold.OnFlush() && !IsComplete())
            {
                if (patience < interval)
                {
                    timer.Change(patience, Timeout.InfiniteTimeSpan);
                }

                return;
            }

            if (!opened && written == 0 && beforeFilling())
            {
                inner.Write(filler);
            }

            opened = true;
            await inner.FlushAsync(cancellationToken);
            lastFlush = time.GetTimestamp();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Sends a reply of our own, which is the last, where the transport has given none.</summary>
    public async Task EndAsync(ReadOnlyMemory<byte> reply)
    {
        await gate.WaitAsync();
        try
        {
            inner.Write(reply.Span);
            written += reply.Length;
            complete?.Invoke(written);
            ended = true;
            await inner.FlushAsync(CancellationToken.None);
        }
        finally
        {
            gate.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        // Waits for a filler on its way; whoever comes later sees `ended`.
        await gate.WaitAsync();
        ended = true;
        hold.Release();
        gate.Release();
        await base.DisposeAsync();
    }

    private bool IsComplete()
    {
        if (!hold.HasLast || complete?.Invoke(written) != true)
        {
            return false;
        }

        hold.Release();
        ended = true;
        return true;
    }

    // Set again before anything is awaited, so that no tick is lost to a slow client. A flush leaves the timer alone: it is
    // cheaper to look once more at the end of an interval than to set it at every event.
    private void OnTime()
    {
        var silence = time.GetElapsedTime(Volatile.Read(ref lastFlush));
        var isSilent = silence >= interval;
        timer.Change(isSilent ? interval : interval - silence, Timeout.InfiniteTimeSpan);
        if (isSilent || hold.Holds)
        {
            _ = BreakSilenceAsync(isSilent);
        }
    }

    private async Task BreakSilenceAsync(bool fill)
    {
        await gate.WaitAsync();
        try
        {
            if (ended || midEvent)
            {
                return;
            }

            if ((fill || (hold.Holds && written == 0)) && beforeFilling())
            {
                inner.Write(filler);
            }
            else if (!hold.Holds)
            {
                return;
            }

            hold.Release();
            opened = true;
            // Not cancelled by anything: Kestrel aborts the connection of a write that is cancelled halfway.
            await inner.FlushAsync(CancellationToken.None);
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
