namespace McpGateway.Networking;

/// <summary>Lists of hosts and origins in settings.</summary>
public static class HostNames
{
    /// <summary>The entries of a list that is separated by commas.</summary>
    public static string[] Listed(string? names) =>
        (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether an entry is a host or host:port, as a request states it: anything else would never match one.</summary>
    public static bool IsHost(string entry) => Uri.TryCreate($"https://{entry}", UriKind.Absolute, out var uri) && States(uri, entry);

    /// <summary>Whether an entry is an origin, as a browser states it, with or without a trailing slash.</summary>
    public static bool IsOrigin(string entry) =>
        Uri.TryCreate(entry, UriKind.Absolute, out var uri)
        && States(uri, entry[Math.Min(entry.Length, uri.Scheme.Length + 3)..].TrimEnd('/'));

    private static bool States(Uri uri, string authority) =>
        uri.Host.Length > 0
        && !uri.Host.Contains('*', StringComparison.Ordinal)
        && string.Equals(uri.Authority, authority, StringComparison.OrdinalIgnoreCase);
}
