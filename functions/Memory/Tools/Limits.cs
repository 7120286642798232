using ModelContextProtocol;

namespace Memory.Tools;

/// <summary>Checks numbers that bound an answer.</summary>
internal static class Limits
{
    /// <exception cref="McpException">It is below 1 or too large.</exception>
    public static int Check(int? limit, int unlessGiven, int most, string field = "limit") =>
        limit is null ? unlessGiven
        : limit >= 1 && limit <= most ? limit.Value
        : throw new McpException($"{field}={limit} is not between 1 and {most}: leave it out for {unlessGiven}.");
}
