namespace McpGateway.OAuth;

/// <summary>What a token may do. Scopes nobody here knows are ignored, as clients ask for what other servers have.</summary>
internal static class Scopes
{
    /// <summary>Every tool.</summary>
    public const string Full = "mcp";

    /// <summary>The tools that only read.</summary>
    public const string Read = "mcp:read";

    /// <summary>Asked for by clients that want a refresh token, which everyone gets.</summary>
    public const string Offline = "offline_access";

    private static readonly string[] Known = [Full, Read, Offline];

    /// <summary>The known part of a request's scope; full access when it names no access at all.</summary>
    public static string Asked(string? scope)
    {
        var asked = Split(scope);
        return string.Join(' ', Known.Where(known => asked.Contains(known) || (known == Full && !asked.Contains(Read))));
    }

    /// <summary>The same scope without the right to change anything.</summary>
    public static string WithoutWrites(string scope) =>
        string.Join(' ', Known.Where(known => known == Read || (known != Full && Split(scope).Contains(known))));

    public static bool MayWrite(string scope) => Split(scope).Contains(Full);

    /// <summary>The scope of a refreshed token: less than was granted when less is asked, never more.</summary>
    public static string Narrowed(string granted, string? asked) =>
        Split(asked) is var wanted && wanted.Contains(Read) && !wanted.Contains(Full) ? WithoutWrites(granted) : granted;

    private static string[] Split(string? scope) => (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
