using System.Threading.RateLimiting;
using McpGateway.Authentication;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.RateLimiting;

internal static class RateLimitingExtensions
{
    internal static IHostApplicationBuilder AddGatewayRateLimiting(this IHostApplicationBuilder builder, bool reachableByOthers)
    {
        var options = builder.AddSettings<RateLimitOptions>();
        var perSecond = options.PerSecond ?? (reachableByOthers ? RateLimitOptions.DefaultPerSecond : 0);
        if (perSecond > 0)
        {
            builder.Services.AddSingleton(_ => PerCallerOrAddress(perSecond));
        }

        return builder;
    }

    /// <summary>
    /// UseRateLimiter() makes a second limiter, for endpoints that have limits of their own, and disposes of neither: their timers, ten ticks a second
    /// each, run on and keep all of a gateway that has stopped. docs/decisions/0051-rate-limits-by-a-middleware.md
    /// </summary>
    internal static void UseGatewayRateLimiting(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<PartitionedRateLimiter<HttpContext>>() is { } limiter)
        {
            app.UseMiddleware<RateLimitMiddleware>(limiter);
        }
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
}
