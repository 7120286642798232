using McpGateway.Text;
using Microsoft.AspNetCore.Http;

namespace Memory.Export;

/// <summary>
/// The parameters of an export or import. One that is misread would put a memory where it does not belong, or store what was only to be counted.
/// </summary>
internal static class TransferQuery
{
    /// <summary>What to say of a parameter that means nothing here, or more than one thing; null: there is none.</summary>
    public static string? FindProblem(HttpRequest request, params string[] known)
    {
        var path = request.Path.Value?.Split('/')[1];
        return request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
                ? $"'{Cut.To(unknown, 50)}' is not a parameter of /{path}: use {string.Join(" and ", known)}. A namespace is part of the path: "
                    + $"/{path}/n/<name>."
            : request.Query.FirstOrDefault(parameter => parameter.Value.Count > 1) is { Key: { } repeated, Value.Count: var times }
                ? $"{repeated} is given {times} times: give it once."
            : null;
    }

    /// <summary>Whether a flag is set; null: it says neither.</summary>
    public static bool? ReadFlag(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" => true,
            "" or "FALSE" or "0" or "NO" => false,
            _ => null,
        };
}
