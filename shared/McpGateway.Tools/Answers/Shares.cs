namespace McpGateway.Tools.Answers;

/// <summary>How several texts share the room of one answer: all that are longer are cut to the same length, and shorter ones stay whole.</summary>
internal static class Shares
{
    /// <returns>The most that one may have, or null when all of them fit.</returns>
    public static int? Of(IEnumerable<int> sizes, int room)
    {
        var sorted = sizes.Order().ToList();
        long left = room;
        for (var i = 0; i < sorted.Count; i++)
        {
            var share = Math.Max(0, left / (sorted.Count - i));
            if (sorted[i] > share)
            {
                return (int)share;
            }

            left -= sorted[i];
        }

        return null;
    }
}
