using System.Text.Json.Nodes;

namespace Firecrawl.Answers;

/// <summary>Texts of the API's responses.</summary>
internal static class PageText
{
    /// <summary>
    /// The text of a member, made once: the node of a response would make it anew each time it is asked, and for a page of 20 MB that takes 100 and more.
    /// </summary>
    /// <returns>Null where the member is not a text.</returns>
    public static string? Of(JsonObject document, string name)
    {
        if (document[name] is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            return null;
        }

        document[name] = text;
        return text;
    }
}
