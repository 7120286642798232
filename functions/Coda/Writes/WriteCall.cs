using McpGateway.Upstream;

namespace Coda.Writes;

/// <summary>
/// A call of a tool that writes. It goes on when its caller leaves: what was sent is followed to its response, for a request that is cut off may
/// have been carried out all the same; but nothing more is sent.
/// </summary>
/// <param name="left">To be cancelled when the caller leaves.</param>
/// <param name="reading">To be cancelled when it leaves before anything was sent.</param>
internal sealed class WriteCall(CancellationTokenSource left, CancellationTokenSource reading)
{
    private static readonly AsyncLocal<WriteCall?> Ambient = new();

    private readonly Lock changing = new();
    private readonly List<string> requestIds = [];
    private int written;
    private bool hasLeft;

    /// <summary>The call that is running; null in a tool that only reads.</summary>
    public static WriteCall? Current => Ambient.Value;

    /// <summary>For the tool: cancelled when the caller leaves before anything was sent.</summary>
    public CancellationToken Token => reading.Token;

    /// <summary>Cancelled when the caller leaves.</summary>
    public CancellationToken Left => left.Token;

    public bool CallerLeft
    {
        get
        {
            lock (changing)
            {
                return hasLeft;
            }
        }
    }

    /// <summary>Whether Coda took a write, or may have.</summary>
    public bool MayHaveWritten
    {
        get
        {
            lock (changing)
            {
                return written > 0;
            }
        }
    }

    /// <summary>Coda's ids of the writes it took on.</summary>
    public IReadOnlyList<string> RequestIds
    {
        get
        {
            lock (changing)
            {
                return [.. requestIds];
            }
        }
    }

    public static void Begin(WriteCall call) => Ambient.Value = call;

    /// <summary>The caller no longer waits for the response.</summary>
    public void Leave()
    {
        bool cancels;
        lock (changing)
        {
            if (hasLeft)
            {
                return;
            }

            hasLeft = true;
            cancels = written == 0;
        }

        left.Cancel();
        if (cancels)
        {
            reading.Cancel();
        }
    }

    /// <summary>A write is about to be sent.</summary>
    /// <exception cref="UpstreamNotAskedException">The caller left: whoever is gone is not written for.</exception>
    public void Send()
    {
        lock (changing)
        {
            if (hasLeft)
            {
                throw new UpstreamNotAskedException("The caller stopped waiting, so nothing more was sent.");
            }

            written++;
        }
    }

    /// <summary>A write that was sent did nothing.</summary>
    public void Refused()
    {
        lock (changing)
        {
            written--;
        }
    }

    public void Took(IEnumerable<string> ids)
    {
        lock (changing)
        {
            requestIds.AddRange(ids);
        }
    }
}
