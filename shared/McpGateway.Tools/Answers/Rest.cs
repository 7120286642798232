namespace McpGateway.Tools.Answers;

/// <summary>
/// What an answer in JSON left out of one text, list or object: where it lies in the whole, and at which character, item or member it begins.
/// </summary>
/// <param name="Path">Where it is, as <c>$.items[3].text</c>.</param>
/// <param name="Start">The index in the whole answer where it begins.</param>
/// <param name="End">The index after it.</param>
/// <param name="From">The number of what begins there, from 0.</param>
/// <param name="Whole">How many there are in all.</param>
internal sealed record Rest(string Path, RestKind Kind, int Start, int End, int From, int Whole)
{
    /// <summary>What a reader is told about it.</summary>
    public string Description => $"{Path}: only the first {From} of {Whole} {Unit}";

    private string Unit =>
        Kind switch
        {
            RestKind.Items => "items",
            RestKind.Members => "members",
            _ => "characters",
        };
}

internal enum RestKind
{
    /// <summary>Of a string, as it is written there.</summary>
    Text,
    Items,
    Members,
}
