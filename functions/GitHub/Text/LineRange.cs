using ModelContextProtocol;

namespace GitHub.Text;

/// <summary>Lines as callers want them, from 1; without an end they go to the last.</summary>
internal static class LineRange
{
    /// <exception cref="McpException">It ends before it begins.</exception>
    public static (int First, int Last) Of(int? startLine, int? endLine)
    {
        var (first, last) = (startLine ?? 1, endLine ?? int.MaxValue);
        return last >= first
            ? (first, last)
            : throw new McpException(
                $"endLine={last} is before the first line wanted ({first}): give endLine={first} or more, or leave it out."
            );
    }
}
