using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using McpGateway.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpGateway.Upstream;

/// <summary>
/// The limits of an API, for requests that wait their turn. Processes that share their state count together, by leases
/// (<see cref="LeasedTurns"/>); one alone counts by itself. docs/decisions/0046-limits-shared-by-leases.md
/// </summary>
public sealed class UpstreamLimits<T> : PartitionedRateLimiter<T>
{
    private const int MostWaiting = 1_000;

    private readonly IReadOnlyList<(PermitLimit Limit, Func<T, bool> Counts)> limits;
    private readonly IReadOnlyList<PartitionedRateLimiter<T>> each;
    private readonly PartitionedRateLimiter<T> own;
    private readonly Permits permits;
    private readonly Func<IReadOnlyList<PermitLimit>, LeasedTurns> newTurns;

    // By the limits that a request counts for.
    private readonly ConcurrentDictionary<string, LeasedTurns> shared = new(StringComparer.Ordinal);

    /// <param name="limits">
    /// Each with the requests that count for it. The scarcest first: a call that waits for it holds no place of the others meanwhile.
    /// </param>
    public UpstreamLimits(IServiceProvider services, params IReadOnlyList<(PermitLimit Limit, Func<T, bool> Counts)> limits)
    {
        this.limits = limits;
        each = [.. limits.Select(limit => OwnOf(limit.Limit, limit.Counts))];
        own = PartitionedRateLimiter.CreateChained([.. each]);
        permits = services.GetRequiredService<Permits>();
        newTurns = counted =>
            new(permits, counted, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<LeasedTurns>>());
    }

    public override RateLimiterStatistics? GetStatistics(T resource) => own.GetStatistics(resource);

    protected override RateLimitLease AttemptAcquireCore(T resource, int permitCount) => own.AttemptAcquire(resource, permitCount);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(T resource, int permitCount, CancellationToken cancellationToken)
    {
        if (
            permits.AreShared
            && limits.Where(limit => limit.Counts(resource)).Select(limit => limit.Limit).ToList() is { Count: > 0 } counted
        )
        {
            var turns = shared.GetOrAdd(string.Join(' ', counted.Select(limit => limit.Bucket)), _ => newTurns(counted));
            if (await turns.TakeAsync(cancellationToken))
            {
                return LeasedTurns.Taken;
            }
        }

        return await own.AcquireAsync(resource, permitCount, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        own.Dispose();
        // Which leaves alone what it is made of: limiters with a timer each.
        foreach (var limiter in each)
        {
            limiter.Dispose();
        }

        base.Dispose(disposing);
    }

    private static PartitionedRateLimiter<T> OwnOf(PermitLimit limit, Func<T, bool> counts) =>
        PartitionedRateLimiter.Create<T, bool>(request =>
            counts(request)
                ? RateLimitPartition.GetSlidingWindowLimiter(
                    true,
                    _ =>
                        new()
                        {
                            PermitLimit = limit.Calls,
                            // A permit comes back up to one segment early: one more of them keeps the window whole.
                            Window = limit.Window * (PermitLimit.Segments + 1) / PermitLimit.Segments,
                            SegmentsPerWindow = PermitLimit.Segments + 1,
                            QueueLimit = MostWaiting,
                            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                        }
                )
                : RateLimitPartition.GetNoLimiter(false)
        );
}
