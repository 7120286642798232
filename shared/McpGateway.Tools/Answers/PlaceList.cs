using System.Text;
using McpGateway.Text;
using McpGateway.Tools.Tokens;

namespace McpGateway.Tools.Answers;

/// <summary>Places of a kept answer, one a line, each with the cursor that reads on from there: as many as are wanted and an answer holds.</summary>
internal sealed class PlaceList(KeptAnswer answer, int tokens, int most)
{
    private readonly StringBuilder lines = new();
    private TokenCounter counter;
    private int told;

    /// <summary>How many there are, told or not.</summary>
    public int Found { get; private set; }

    public string Summary(string one, string several) =>
        Found == 1 ? $"1 {one}"
        : told == Found ? $"{Found} {several}"
        : $"{Found} {several}, of which these are the first {told}";

    public void Add(int index, string excerpt)
    {
        Found++;
        if (told < most && counter.Tokens < tokens - 2_000)
        {
            told++;
            var where = answer.IsJson ? $" {Cut.To(JsonPlace.Of(answer.Text, index).Path, 80)}" : "";
            var line =
                $"\n- {answer.CursorAt(answer.IsJson ? index : StartOfLine(index))}{where}: {Cut.To(excerpt.ReplaceLineEndings(" "), 320)}";
            lines.Append(line);
            counter.Add(line);
        }
    }

    public override string ToString() => lines.ToString();

    private int StartOfLine(int index)
    {
        var line = index == 0 ? 0 : answer.Text.LastIndexOf('\n', index - 1) + 1;
        return index - line <= 400 ? line : Cut.Before(answer.Text, index - 200);
    }
}
