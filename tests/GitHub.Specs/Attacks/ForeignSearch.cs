namespace GitHub.Specs.Attacks;

/// <summary>Whether a search finds something in victim/secret that has every word in it: FOREIGN.</summary>
internal sealed class ForeignSearch(string query, bool takesParentheses)
{
    private readonly Queue<string> words = new(Split(query, takesParentheses));

    private const string Own =
        """{"repository_url":"https://api.github.com/repos/octo/hello","html_url":"https://github.com/octo/hello/issues/1","full_name":"octo/hello","repository":{"full_name":"octo/hello"},"number":1,"title":"t","sha":"1","name":"a","path":"a","id":1}""";
    private const string Others =
        """{"repository_url":"https://api.github.com/repos/victim/secret","html_url":"https://github.com/victim/secret/issues/1","full_name":"victim/secret","repository":{"full_name":"victim/secret"},"number":1,"title":"FOREIGN","sha":"1","name":"FOREIGN","path":"FOREIGN","id":2}""";

    /// <summary>How many hits there are elsewhere, on the first page with one of them: what an attacker asks for.</summary>
    public static string Answer(string query, string kind, string page) =>
        kind == "users" ? """{"total_count":1,"incomplete_results":false,"items":[{"login":"ann","id":1}]}"""
        : !new ForeignSearch(query, kind == "issues").Finds() ? $$"""{"total_count":1,"incomplete_results":false,"items":[{{Own}}]}"""
        : $$"""{"total_count":7654,"incomplete_results":false,"items":[{{Own}}{{(page == "2" ? "" : $",{Others}")}}]}""";

    public bool Finds()
    {
        var found = Either();
        while (words.Count > 0)
        {
            // What stands behind a parenthesis too many counts for itself.
            words.Dequeue();
            found |= words.Count > 0 && Either();
        }

        return found;
    }

    private bool Either()
    {
        var found = All();
        while (words.TryPeek(out var word) && word == "OR")
        {
            words.Dequeue();
            found |= All();
        }

        return found;
    }

    private bool All()
    {
        var (found, hasPlace, isPlace) = (true, false, false);
        while (words.TryPeek(out var word) && word is not ("OR" or ")"))
        {
            words.Dequeue();
            var isNot = word == "NOT";
            if (isNot && !words.TryDequeue(out word))
            {
                break;
            }

            if (word == "(")
            {
                var inner = Either();
                words.TryDequeue(out _);
                found &= inner != isNot;
            }
            else if (
                word!.StartsWith("repo:", StringComparison.OrdinalIgnoreCase)
                || word.StartsWith("user:", StringComparison.OrdinalIgnoreCase)
            )
            {
                var isHere = word[5..].Trim('"').StartsWith("victim", StringComparison.OrdinalIgnoreCase) != isNot;
                // Where there are no operators, several places are alternatives.
                (hasPlace, isPlace) = (true, takesParentheses ? (!hasPlace || isPlace) && isHere : isPlace || isHere);
            }
        }

        return found && (!hasPlace || isPlace);
    }

    private static IEnumerable<string> Split(string query, bool takesParentheses)
    {
        for (var i = 0; i < query.Length; )
        {
            if (char.IsWhiteSpace(query[i]))
            {
                i++;
            }
            else if (takesParentheses && query[i] is '(' or ')')
            {
                yield return query[i++].ToString();
            }
            else if (query[i] == '"')
            {
                var end = query.IndexOf('"', i + 1);
                yield return "phrase";
                i = end < 0 ? query.Length : end + 1;
            }
            else
            {
                var start = i;
                while (i < query.Length && !char.IsWhiteSpace(query[i]) && !(takesParentheses && query[i] is '(' or ')'))
                {
                    if (query[i] == '"')
                    {
                        i = query.IndexOf('"', i + 1) is var close and > 0 ? close : query.Length - 1;
                    }

                    i++;
                }

                yield return query[start..i];
            }
        }
    }
}
