using McpGateway.Secrets;

namespace McpGateway.Authentication;

/// <summary>One entry of <c>MCP_BEARER_TOKENS</c>: <c>name=token</c>, or <c>name=sha256:hex</c>, and rights after a semicolon.</summary>
internal sealed record TokenEntry(string Name, string Value, string Rights)
{
    /// <summary>
    /// The entries of a list, which commas and line breaks separate. A <c>#</c> at the beginning of a line or after a blank begins a
    /// comment. docker/gateways.sh reads the same files in the same way.
    /// </summary>
    /// <exception cref="SettingException">An entry has another form; the message names its line, not its text.</exception>
    public static IReadOnlyList<TokenEntry> ListedIn(string list) =>
        [
            .. list.Trim('\uFEFF')
                .ReplaceLineEndings("\n")
                .Split('\n')
                .SelectMany(
                    (line, index) =>
                        WithoutComment(line)
                            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                            .Select(entry => Parse(entry, index + 1))
                ),
        ];

    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
            {
                return line[..at];
            }
        }

        return line;
    }

    private static TokenEntry Parse(string entry, int line) =>
        entry.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value]
            ? new(
                name,
                value.Split(';')[0].TrimEnd(),
                value.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at ? value[(at + 1)..] : ""
            )
            : throw new SettingException($"MCP_BEARER_TOKENS has an entry in line {line} that is not name=token (or name=sha256:hex).");
}
