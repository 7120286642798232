using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpGateway.Http;

/// <summary>
/// Bounds what large request bodies take together, from when they have really begun to arrive until their requests end: parsed JSON can
/// be forty times as large as its text. So many fit as the memory of the process allows, and always one; others wait in the order of
/// their arrival.
/// </summary>
public sealed class BodyBudget : IAsyncDisposable
{
    /// <summary>Bodies up to this many bytes are read without a place in the budget.</summary>
    public const int SmallBody = 64 * 1024;

    private const int Growth = 40;

    /// <summary>How long a body waits for its place, well below the patience of clients.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter places;
    private readonly TimeProvider time;

    public BodyBudget(IOptions<GatewayOptions> options, GatewayService service, TimeProvider time)
        : this(Math.Max(1L + options.Value.LargestRequest(service), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Growth), time) { }

    /// <param name="bytes">What all large bodies together may have.</param>
    internal BodyBudget(long bytes, TimeProvider time)
    {
        this.time = time;
        places = new(
            new()
            {
                PermitLimit = (int)Math.Min(bytes, int.MaxValue),
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
    }

    /// <summary>Takes a place for a body until the end of its request.</summary>
    /// <param name="bytes">The most it can be.</param>
    /// <exception cref="BadHttpRequestException">There was none within <see cref="Patience"/>: 503.</exception>
    public async Task EnterAsync(HttpContext context, int bytes)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            context.Response.RegisterForDispose(await places.AcquireAsync(bytes, either.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                "Other large requests take all the memory set aside for them: try again in a few seconds.",
                StatusCodes.Status503ServiceUnavailable
            );
        }
    }

    public ValueTask DisposeAsync() => places.DisposeAsync();
}
