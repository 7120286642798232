using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpGateway.Http;

/// <summary>
/// Bounds what large request bodies take together until their requests end: their text, from when they have really begun to arrive, and what
/// becomes of it when it is parsed, which goes by the values in it and not by its length. So many fit as the memory of the process allows,
/// and always one; others wait in the order of their arrival.
/// </summary>
public sealed class BodyBudget : IAsyncDisposable
{
    /// <summary>Bodies up to this many bytes are read without a place in the budget.</summary>
    public const int SmallBody = 64 * 1024;

    // A text alone is held some eight times over: a body, what is rented while it grows, its copies as message and argument.
    private const int Growth = 40;

    // Bytes that one value takes in the three documents that the transport makes of a message: measured 67 to 94.
    private const int BytesOfValue = 80;

    /// <summary>How long a body waits for its place, well below the patience of clients.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrencyLimiter bodies;
    private readonly ConcurrencyLimiter values;
    private readonly int mostTogether;
    private readonly int most;
    private readonly TimeProvider time;

    public BodyBudget(IOptions<GatewayOptions> options, GatewayService service, TimeProvider time)
        : this(1L + options.Value.LargestRequest(service), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, time) { }

    /// <param name="largest">The bytes of the largest body.</param>
    /// <param name="memory">The bytes that the process may have.</param>
    internal BodyBudget(long largest, long memory, TimeProvider time)
    {
        this.time = time;
        // Half of the memory is left to what calls do.
        mostTogether = Bounded(memory / 2 / BytesOfValue);
        most = Bounded(memory / 8 * 5 / BytesOfValue);
        bodies = Limiter(Bounded(Math.Max(largest, memory / Growth)));
        values = Limiter(mostTogether);
    }

    /// <summary>Takes a place for a body until the end of its request.</summary>
    /// <param name="bytes">The most it can be.</param>
    /// <exception cref="BadHttpRequestException">There was none within <see cref="Patience"/>: 503.</exception>
    public Task EnterAsync(HttpContext context, int bytes) => EnterAsync(bodies, context, bytes);

    /// <summary>Takes a place for what a body becomes when it is parsed, until the end of its request.</summary>
    /// <exception cref="BadHttpRequestException">It fits never (413), or did not within <see cref="Patience"/> (503).</exception>
    public Task EnterParsingAsync(HttpContext context, ReadOnlySpan<byte> json)
    {
        if (json.Length <= SmallBody)
        {
            return Task.CompletedTask;
        }

        var count = CountValues(json);
        return count <= most
            ? EnterAsync(values, context, Math.Min(count, mostTogether))
            : throw new BadHttpRequestException(
                $"The message consists of {count} JSON values, and {most} are the most that the gateway has memory for: send less at once.",
                StatusCodes.Status413PayloadTooLarge
            );
    }

    private async Task EnterAsync(ConcurrencyLimiter places, HttpContext context, int count)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            context.Response.RegisterForDispose(await places.AcquireAsync(count, either.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                "Other large requests take all the memory set aside for them: try again in a few seconds.",
                StatusCodes.Status503ServiceUnavailable
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bodies.DisposeAsync();
        await values.DisposeAsync();
    }

    /// <summary>Brackets, names and values, as far as the text is JSON: a parser comes no further either.</summary>
    private static int CountValues(ReadOnlySpan<byte> json)
    {
        var count = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                count++;
            }
        }
        catch (JsonException)
        {
            // Whoever parses it tells the caller.
        }

        return count;
    }

    private static int Bounded(long permits) => (int)Math.Clamp(permits, 1, int.MaxValue);

    private static ConcurrencyLimiter Limiter(int permits) =>
        new(
            new()
            {
                PermitLimit = permits,
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
}
