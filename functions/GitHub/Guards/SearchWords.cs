using System.Text;
using McpGateway.Upstream;

namespace GitHub.Guards;

/// <summary>A search as GitHub reads it: words, which may be qualifiers and operators, and phrases in quotation marks, which are text.</summary>
/// <param name="Unquoted">What is outside of quotation marks, without parentheses; a qualifier's quoted value stands without them.</param>
/// <param name="HasOperators">Whether parts are combined in any way but by standing side by side.</param>
/// <param name="HasAlternatives">Whether one part may stand for another.</param>
internal sealed record SearchWords(string Unquoted, bool HasOperators, bool HasAlternatives)
{
    private static readonly string[] Operators = ["AND", "OR", "NOT", "|", "||", "&", "&&", "-", "+"];
    private static readonly string[] Alternatives = ["OR", "|", "||"];

    /// <exception cref="UpstreamException">Something in it would take in, or lead out of, what is added to it.</exception>
    public static SearchWords Read(string query)
    {
        var unquoted = new StringBuilder();
        var (depth, start, hasParentheses, isQuoted, isValue) = (0, 0, false, false, false);
        for (var i = 0; i < query.Length; i++)
        {
            var c = query[i];
            if (c is '“' or '”' or '„' or '‟' or '＂' or '\0' || (c == '\\' && i + 1 < query.Length && query[i + 1] == '"'))
            {
                throw Refusal($"the character {c}", "write phrases in plain quotation marks (\"), none of them escaped");
            }

            if (c == '"')
            {
                if (isQuoted && string.IsNullOrWhiteSpace(query[(start + 1)..i]))
                {
                    throw Refusal("an empty phrase", "leave it out");
                }

                isQuoted = !isQuoted;
                start = i;
                isValue = isQuoted && i > 0 && query[i - 1] == ':';
                unquoted.Append(isValue || !isQuoted ? "" : " ");
                continue;
            }

            if (isQuoted)
            {
                // A space in a value is part of it.
                unquoted.Append(isValue ? (char.IsWhiteSpace(c) ? "_" : c) : "");
                continue;
            }

            if (c is '(' or ')')
            {
                hasParentheses = true;
                depth += c == '(' ? 1 : -1;
                if (depth < 0)
                {
                    throw Refusal("a ) without its (", "balance the parentheses, or put them in quotation marks");
                }
            }

            unquoted.Append(c is '(' or ')' || char.IsControl(c) ? ' ' : c);
        }

        if (isQuoted || depth > 0)
        {
            throw Refusal(isQuoted ? "an odd number of quotation marks" : "a ( without its )", "balance them");
        }

        var words = unquoted.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.LastOrDefault() is { } last && query.TrimEnd().EndsWith(last, StringComparison.Ordinal) && MayTakeInTheNext(last))
        {
            throw Refusal($"{last} at its end", "leave it out, or put it in quotation marks");
        }

        return new(
            unquoted.ToString(),
            hasParentheses || words.Any(word => IsOneOf(Operators, word)),
            words.Any(word => IsOneOf(Alternatives, word))
        );
    }

    private static bool MayTakeInTheNext(string word) => IsOneOf(Operators, word) || word is [.., ':'];

    private static bool IsOneOf(string[] names, string word) => names.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static UpstreamException Refusal(string what, string remedy) =>
        new(
            $"This gateway may search certain repositories only, and a search with {what} could lead out of them: {remedy}. Nothing was searched."
        );
}
