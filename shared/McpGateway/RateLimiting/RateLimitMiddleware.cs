using System.Globalization;
using System.Threading.RateLimiting;
using McpGateway.Http;
using Microsoft.AspNetCore.Http;

namespace McpGateway.RateLimiting;

/// <summary>Refuses what is over the limit, with 429 and the seconds to wait.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, PartitionedRateLimiter<HttpContext> limiter)
{
    public Task InvokeAsync(HttpContext context)
    {
        // A bucket's lease holds nothing that would have to be given back.
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired ? next(context) : RefuseAsync(context, WaitOf(lease));
    }

    private static int WaitOf(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;

    private static Task RefuseAsync(HttpContext context, int wait)
    {
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusal.WriteAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "Too many requests",
            $"Slow down and try again in {wait} s (RATE_LIMIT_PER_SECOND sets the limit)."
        );
    }
}
