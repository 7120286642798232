using System.Text;
using System.Text.Json;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.OAuth.Pages;

/// <summary>
/// The arguments of a call, for a person to judge: every one, whole, with names in words and characters that nobody sees made visible. Whoever
/// allows a call allows exactly this.
/// </summary>
internal static class ArgumentList
{
    private const int Deepest = 4;

    // More lines than this scroll, and can then be reached by keyboard.
    private const int ShortText = 300;

    /// <param name="names">What people call the things that arguments stand for, by the names of the arguments.</param>
    public static IHtmlContent Of(JsonElement arguments, IReadOnlyDictionary<string, string> names)
    {
        var rows = arguments
            .EnumerateObject()
            .Select(argument => Row(argument, Deepest, names.GetValueOrDefault(argument.Name)))
            // What an argument means that was left out.
            .Concat(
                names
                    .Where(name => !arguments.TryGetProperty(name.Key, out _))
                    .Select(name => Html.Of($"""<dt>{InWords(name.Key)}</dt><dd>{Named(name.Value)}</dd>"""))
            )
            .ToList();
        return rows.Count > 0 ? Html.Join(rows) : Html.Of($"""<dt>Arguments</dt><dd>none</dd>""");
    }

    private static IHtmlContent Named(string name) => Html.Of($"""<strong>{Visible.Of(name)}</strong>""");

    private static IHtmlContent Row(JsonProperty argument, int depth, string? name = null)
    {
        var value = Value(argument.Value, depth);
        return Html.Of(
            $"""<dt>{InWords(argument.Name)}</dt><dd>{(name is null ? value : Html.Of($"""{Named(name)}<div class="soft">{value}</div>"""))}</dd>"""
        );
    }

    private static IHtmlContent Value(JsonElement value, int depth) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => Html.Of($"""<span class="soft">nothing</span>"""),
            JsonValueKind.True => Html.Of($"yes"),
            JsonValueKind.False => Html.Of($"no"),
            JsonValueKind.String => TextOf(value.GetString()!),
            JsonValueKind.Array when depth > 0 => ItemsOf(value, depth - 1),
            JsonValueKind.Object when depth > 0 => Html.Of(
                $"""<dl class="facts">{Html.Join(value.EnumerateObject().Select(member => Row(member, depth - 1)))}</dl>"""
            ),
            _ => TextOf(value.GetRawText()),
        };

    private static IHtmlContent ItemsOf(JsonElement values, int depth) =>
        values.GetArrayLength() switch
        {
            0 => Html.Of($"""<span class="soft">none</span>"""),
            1 => Value(values[0], depth),
            var count => Html.Of(
                $"""<span class="soft">{count} items</span><ol>{Html.Join(
                    values.EnumerateArray().Select(value => Html.Of($"""<li>{Value(value, depth)}</li>"""))
                )}</ol>"""
            ),
        };

    private static IHtmlContent TextOf(string text) =>
        text.Length == 0 ? Html.Of($"""<span class="soft">empty text</span>""")
        : text.Length <= ShortText ? Html.Of($"""<span class="text">{Visible.Of(text)}</span>""")
        : Html.Of(
            $"""<span class="soft">{text.Length} characters</span><pre class="text long" tabindex="0" aria-label="long text">{Visible.Of(text)}</pre>"""
        );

    /// <summary>docId, doc_id and DocId are doc id.</summary>
    private static string InWords(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in Visible.Of(name))
        {
            if (letter is '_' or '-' or ' ')
            {
                words.Append(' ');
                continue;
            }

            if (char.IsUpper(letter) && words.Length > 0 && char.IsLower(words[^1]))
            {
                words.Append(' ');
            }

            words.Append(char.IsUpper(letter) && (words.Length == 0 || words[^1] == ' ') ? char.ToLowerInvariant(letter) : letter);
        }

        return words.ToString();
    }
}
