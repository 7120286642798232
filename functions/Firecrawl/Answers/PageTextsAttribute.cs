using McpGateway.Tools.Answers;

namespace Firecrawl.Answers;

/// <summary>Marks a tool whose result has pages in it, or results with their pages: their texts are read as they are.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageTextsAttribute() : TextMembersAttribute([.. OfPage.Select(name => $"*.{name}")])
{
    /// <summary>The members of a page that are texts.</summary>
    public static readonly IReadOnlyList<string> OfPage = ["markdown", "html", "rawHtml"];
}
