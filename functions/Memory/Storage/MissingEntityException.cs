using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>A change is about an entity that does not exist. What the name may mean is looked up once the change has been taken back.</summary>
internal sealed class MissingEntityException(string name, string? near = null)
    : McpException(
        TextRules.IsTooLong(name)
            ? $"Entity with name {name.AsSpan(0, 100)}… not found"
            : $"Entity with name {name} not found{(near is null ? "" : $". Did you mean \"{near}\"?")}"
    )
{
    public string Name => name;
}
