using System.Text.Json.Nodes;

namespace GitHub.Selection;

/// <summary>What another name of a tool means.</summary>
/// <param name="Tool">The tool that does it.</param>
/// <param name="Method">By which of its methods.</param>
/// <param name="Renamed">Arguments that it calls otherwise.</param>
internal sealed record OtherName(string Tool, string? Method = null, params (string From, string To)[] Renamed)
{
    /// <summary>The tool that is chosen by this name, where that is another one.</summary>
    public string? Selects { get; init; }

    /// <summary>Puts values into our form; the names are ours by then.</summary>
    public Action<JsonObject>? Adapt { get; init; }

    public JsonObject ArgumentsOf(JsonObject given)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in given)
        {
            arguments[Renamed.FirstOrDefault(renamed => renamed.From == name).To ?? name] = value?.DeepClone();
        }

        if (Method is not null)
        {
            arguments["method"] = Method;
        }

        Adapt?.Invoke(arguments);
        return arguments;
    }
}
