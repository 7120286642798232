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
/// Checks what the operator types. The right secret always passes: it is too long to be guessed, and whoever types wrong ones must not
/// lock the operator out. Wrong ones are answered 10 times a minute for each address and 100 times for all together, then refused with
/// waits that grow to a quarter of an hour.
/// </summary>
internal sealed class OperatorSecret(IOptions<OAuthOptions> options, AuditLog audit, TimeProvider time)
{
    private const string Everyone = "everyone";

    private readonly byte[] digest = Digest(options.Value.OperatorSecret!);
    private readonly Throttle perAddress = new(10, TimeSpan.FromMinutes(1), time);
    private readonly Throttle overall = new(100, TimeSpan.FromMinutes(1), time, growth: 15);

    /// <summary>Tells this secret from another one, and tells nothing of it.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(Digest("fingerprint " + options.Value.OperatorSecret!).AsSpan(0, 8));

    /// <exception cref="OAuthException">The secret is wrong, and so were too many before it.</exception>
    public bool Verify(HttpContext context, string? presented)
    {
        if (CryptographicOperations.FixedTimeEquals(digest, Digest(presented ?? "")))
        {
            return true;
        }

        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        if (perAddress.IsExhausted(network, out var wait) || overall.IsExhausted(Everyone, out wait))
        {
            audit.LoginRefused(context, "too many wrong operator secrets");
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            throw OAuthException.TooMany($"Too many wrong operator secrets. Try again in {seconds} s.");
        }

        perAddress.TryTake(network);
        overall.TryTake(Everyone);
        audit.LoginRefused(context, "wrong operator secret");
        return false;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
