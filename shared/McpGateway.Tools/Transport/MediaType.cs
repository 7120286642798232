namespace McpGateway.Tools.Transport;

/// <summary>What a client says its body is.</summary>
internal static class MediaType
{
    // The names by which clients call UTF-8, or a part of it.
    private static readonly string[] Utf8Names = ["utf-8", "utf8", "us-ascii", "ascii"];

    /// <summary>Whether it is JSON in UTF-8, in whatever spelling.</summary>
    public static bool IsUtf8Json(string? contentType)
    {
        if (contentType == "application/json")
        {
            return true;
        }

        var parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries);
        return parts[0].Equals("application/json", StringComparison.OrdinalIgnoreCase) && parts.Skip(1).All(IsUtf8OrNoCharset);
    }

    private static bool IsUtf8OrNoCharset(string parameter) =>
        parameter.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value]
        || !name.Equals("charset", StringComparison.OrdinalIgnoreCase)
        || Utf8Names.Contains(value.Trim('"', '\''), StringComparer.OrdinalIgnoreCase);
}
