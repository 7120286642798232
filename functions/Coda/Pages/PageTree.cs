namespace Coda.Pages;

/// <summary>Pages in the order of their tree.</summary>
internal static class PageTree
{
    /// <summary>Each page after its parent, with its depth; a page whose parent is not listed stands at the top.</summary>
    public static IReadOnlyList<PageSummary> Order(IReadOnlyList<PageSummary> pages)
    {
        var known = pages.Select(page => page.Id).ToHashSet();
        var children = pages.ToLookup(page =>
            page.Parent is { } parent && known.Contains(parent.Id) && parent.Id != page.Id ? parent.Id : ""
        );
        var ordered = new List<PageSummary>(pages.Count);
        Add("", 0);
        return ordered;

        void Add(string parent, int depth)
        {
            foreach (var page in children[parent])
            {
                ordered.Add(page with { Depth = depth });
                Add(page.Id, depth + 1);
            }
        }
    }

    /// <summary>The page and all below it.</summary>
    public static IReadOnlyList<PageSummary> Subtree(IReadOnlyList<PageSummary> pages, string rootId)
    {
        var ordered = Order(pages);
        var root = ordered.TakeWhile(page => page.Id != rootId).Count();
        return root == ordered.Count ? [] : [ordered[root], .. ordered.Skip(root + 1).TakeWhile(page => page.Depth > ordered[root].Depth)];
    }
}
