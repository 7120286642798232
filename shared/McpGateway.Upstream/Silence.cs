using McpGateway.Http;

namespace McpGateway.Upstream;

/// <summary>
/// How long an API may keep silent within an attempt: until its response begins, and at each read of the body until more of it comes. What is done with
/// a part in between is not the API's time, and a large body over a slow line takes as long as it takes: the call's deadline bounds it. The request has to
/// be sent within the same time as its response begins.
/// </summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan longest;
    private readonly CancellationTokenSource over;
    private readonly CancellationTokenSource either;

    public Silence(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        this.longest = longest;
        over = new(longest, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
    }

    /// <summary>Cancelled when the API has been silent for too long, or with the token that this was made with.</summary>
    public CancellationToken Token => either.Token;

    public bool IsTooLong => over.IsCancellationRequested;

    /// <summary>The body, each read of which may take as long as the API may keep silent.</summary>
    public Stream Watch(Stream body) => new Watched(body, this);

    public void Dispose()
    {
        either.Dispose();
        over.Dispose();
    }

    private sealed class Watched(Stream body, Silence silence) : ReadOnlyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            silence.over.CancelAfter(silence.longest);
            // The token of whoever reads is the one that the silence was made with.
            var read = await body.ReadAsync(buffer, silence.Token);
            silence.over.CancelAfter(Timeout.InfiniteTimeSpan);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                body.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
