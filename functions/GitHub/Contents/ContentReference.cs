using ModelContextProtocol;

namespace GitHub.Contents;

/// <summary>The git reference a URI names: of its variables at most one is given; none is the default branch.</summary>
internal static class ContentReference
{
    /// <exception cref="McpProtocolException">The pull request's number is invalid.</exception>
    public static string? Of(string? branch, string? sha, string? tag, string? prNumber)
    {
        if (!string.IsNullOrEmpty(prNumber))
        {
            return prNumber.All(char.IsAsciiDigit) && prNumber.Any(digit => digit != '0')
                ? $"refs/pull/{prNumber}/head"
                : throw new McpProtocolException($"prNumber='{prNumber}' is not a pull request number.", McpErrorCode.InvalidParams);
        }

        return !string.IsNullOrEmpty(branch) ? $"refs/heads/{branch}"
            : !string.IsNullOrEmpty(tag) ? $"refs/tags/{tag}"
            : string.IsNullOrEmpty(sha) ? null
            : sha;
    }
}
