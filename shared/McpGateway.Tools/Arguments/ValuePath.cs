using System.Globalization;
using System.Text;

namespace McpGateway.Tools.Arguments;

/// <summary>Where in a call's arguments a value stands. It is only written out where something has to be said.</summary>
internal sealed class ValuePath
{
    private readonly List<(string? Name, int Index)> steps = [];

    public void Enter(string name) => steps.Add((name, 0));

    public void Enter(int index) => steps.Add((null, index));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    /// <summary>Whether this is where the arguments themselves stand.</summary>
    public bool IsRoot => steps.Count == 0;

    /// <summary>The name of the nearest property.</summary>
    public string Name => steps.FindLast(step => step.Name is not null).Name ?? "";

    /// <summary>The path of a member here, as <c>rows[0].cells</c>.</summary>
    public string Of(string member) => steps.Count == 0 ? member : $"{this}.{member}";

    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var (name, index) in steps)
        {
            _ =
                name is null ? path.Append(CultureInfo.InvariantCulture, $"[{index}]")
                : path.Length == 0 ? path.Append(name)
                : path.Append('.').Append(name);
        }

        return path.ToString();
    }
}
