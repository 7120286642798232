using System.Globalization;
using System.Threading.RateLimiting;
using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Hosting;

namespace McpGateway.RateLimiting;

internal static class RateLimitingExtensions
{
    internal static IHostApplicationBuilder AddGatewayRateLimiting(this IHostApplicationBuilder builder, bool reachableByOthers)
    {
        var options = builder.AddSettings<RateLimitOptions>();
        var perSecond = options.PerSecond ?? (reachableByOthers ? RateLimitOptions.DefaultPerSecond : 0);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
            if (perSecond > 0)
            {
                limiter.GlobalLimiter = PerCallerOrAddress(perSecond);
            }
        });
        return builder;
    }

    private static PartitionedRateLimiter<HttpContext> PerCallerOrAddress(int perSecond)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            // The partitioned limiter has one timer for all of its buckets.
            AutoReplenishment = false,
            QueueLimit = 0,
        };
        // One delegate for all requests: GetTokenBucketLimiter would make two for each of them.
        Func<(bool IsCaller, string Name), RateLimiter> newBucket = _ => new TokenBucketRateLimiter(bucket);
        return PartitionedRateLimiter.Create<HttpContext, (bool IsCaller, string Name)>(context =>
            RateLimitPartition.Get(PayerOf(context), newBucket)
        );
    }

    // Who is known has a bucket of its own, whatever strangers send from the same address: a company's, a docker network's, a proxy's.
    private static (bool IsCaller, string Name) PayerOf(HttpContext context) =>
        context.User.CallerName() is { } caller && caller != Caller.Anonymous.Name
            ? (true, caller)
            : (false, ClientNetwork.Of(context.Connection.RemoteIpAddress));

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds))
            : 1;
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await response.WriteAsJsonAsync(
            new Refusal("Too many requests", $"Slow down and try again in {wait} s (RATE_LIMIT_PER_SECOND sets the limit)."),
            cancellationToken
        );
    }
}
