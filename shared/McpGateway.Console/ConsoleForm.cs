using Microsoft.AspNetCore.Http;

namespace McpGateway.Console;

/// <summary>The fields and files of a form. An empty field counts as absent.</summary>
public sealed class ConsoleForm(IFormCollection form)
{
    /// <summary>The field's value; the last one where it has several.</summary>
    public string? this[string name] => form[name].LastOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>All values of a field, such as boxes that were ticked.</summary>
    public IReadOnlyList<string> All(string name) => [.. form[name].OfType<string>().Where(value => value.Length > 0)];

    /// <summary>Every field.</summary>
    public IEnumerable<string> Names => form.Keys;

    /// <summary>A file that was chosen; null when none was.</summary>
    public IFormFile? File(string name) => form.Files.GetFile(name) is { Length: > 0 } file ? file : null;

    /// <exception cref="ConsoleException">The field is empty.</exception>
    public string Required(string name, string label) => this[name] ?? throw new ConsoleException($"{label} is missing: fill it in.");
}
