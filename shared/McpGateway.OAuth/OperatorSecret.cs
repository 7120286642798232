using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>
/// Checks what the operator types: 10 wrong ones a minute for each address, 100 for all together with waits that grow to a
/// quarter of an hour, and never a lasting lock-out.
/// </summary>
internal sealed class OperatorSecret(IOptions<OAuthOptions> options, AuditLog audit, TimeProvider time)
{
    private const string Everyone = "everyone";

    private readonly byte[] digest = Digest(options.Value.OperatorSecret!);
    private readonly Throttle perAddress = new(10, TimeSpan.FromMinutes(1), time);
    private readonly Throttle overall = new(100, TimeSpan.FromMinutes(1), time, growth: 15);

    /// <exception cref="OAuthException">Too many wrong ones: this one was not even looked at.</exception>
    public bool Verify(HttpContext context, string? presented)
    {
        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        if (perAddress.IsExhausted(network, out var wait) || overall.IsExhausted(Everyone, out wait))
        {
            audit.LoginRefused(context, "too many wrong operator secrets");
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            throw OAuthException.TooMany($"Too many wrong operator secrets. Try again in {seconds} s.");
        }

        if (CryptographicOperations.FixedTimeEquals(digest, Digest(presented ?? "")))
        {
            return true;
        }

        perAddress.TryTake(network);
        overall.TryTake(Everyone);
        audit.LoginRefused(context, "wrong operator secret");
        return false;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
