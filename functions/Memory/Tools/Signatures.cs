using System.Security.Claims;
using McpGateway.Authentication;

namespace Memory.Tools;

internal static class Signatures
{
    /// <summary>How a caller signs the change log.</summary>
    public static string Signature(this ClaimsPrincipal? user) => user?.CallerName() ?? Caller.Anonymous.Name;
}
