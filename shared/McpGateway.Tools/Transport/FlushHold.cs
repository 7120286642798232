namespace McpGateway.Tools.Transport;

/// <summary>
/// Which flushes of a reply wait a moment. That spares packets, which cost more than anything else of a quick call: headers flushed ahead
/// of everything wait for the first event, and the last event of a reply in chunks waits for its end.
/// </summary>
/// <param name="isLast">Tells the event after which the reply ends at once; null for a reply without a foreseeable end, which holds nothing.</param>
internal sealed class FlushHold(Func<ReadOnlyMemory<byte>, bool>? isLast)
{
    // As long as the transport holds headers back on 2026-07-28.
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private bool mayHold = isLast is not null;
    private bool hasNews;
    private bool holds;

    /// <summary>Whether a flush waits now.</summary>
    public bool Holds => Volatile.Read(ref holds);

    /// <summary>Whether the event after which the reply ends has been written.</summary>
    public bool HasLast { get; private set; }

    public void OnWrite(ReadOnlyMemory<byte> buffer)
    {
        hasNews = true;
        mayHold = isLast?.Invoke(buffer) == true;
        HasLast |= mayHold;
    }

    /// <returns>Whether this flush waits.</returns>
    public bool OnFlush()
    {
        // A flush of nothing new changes nothing for what waits.
        if (hasNews || mayHold)
        {
            holds = mayHold;
            (mayHold, hasNews) = (false, false);
        }

        return holds;
    }

    public void Release() => holds = false;
}
