using McpGateway.Text;
using Memory.Graph;
using Microsoft.AspNetCore.Html;

namespace Memory.Pages;

/// <summary>A change as a sentence.</summary>
internal static class ChangeWords
{
    private const int MostTexts = 4;
    private const int LongestText = 160;

    /// <param name="saysWhen">Whether it says when it was and by whom, which stands over the changes of one call.</param>
    public static IHtmlContent Item(MemoryRequest request, Change change, bool saysWhen) =>
        Html.Of(
            $"""
            <li>{WordsOf(change)} {request.Link(change.Entity)}{Html.If(
                saysWhen,
                () => Html.Of($""" <span class="soft">{request.Time(change.At)}, by {change.By}</span>""")
            )}
            {Texts("was", change.Before)}{Texts("is", change.After)}</li>
            """
        );

    private static string WordsOf(Change change) =>
        change.Operation switch
        {
            "create_entity" => "Created",
            "delete_entity" => "Deleted",
            "create_relation" => "Related",
            "delete_relation" => "Removed a relation of",
            "add_observations" => "Learned about",
            "delete_observations" => "Forgot about",
            "renew_observations" => "Confirmed about",
            "rename_entity" => "Renamed",
            "set_entity_type" => "Changed the type of",
            _ => change.Operation,
        };

    private static IHtmlContent Texts(string label, IReadOnlyList<string>? texts) =>
        texts is not { Count: > 0 }
            ? Html.Empty
            : Html.Of(
                $"""
                <ul class="factlist {label}">{Html.Join(texts.Take(MostTexts).Select(text => Html.Of($"""<li><span class="hidden">{label}: </span>{Cut.To(text, LongestText)}</li>""")))}{Html.If(
                    texts.Count > MostTexts,
                    () => Html.Of($"<li>and {texts.Count - MostTexts} more</li>")
                )}</ul>
                """
            );
}
