using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Tools.Guards;

/// <summary>
/// What people call the things that arguments of a service's tools stand for: the title of a page, the name behind an id. A person who is asked
/// whether a call may run reads it beside the argument. A service that has ids registers one.
/// </summary>
public sealed class ThingNames
{
    private readonly List<ThingLookup> lookups = [];

    internal IReadOnlyList<ThingLookup> Lookups => lookups;

    /// <summary>Says how to look up what an argument stands for, in whichever tool has it.</summary>
    /// <param name="argument">Its name, as input schemas have it.</param>
    /// <param name="find">
    /// A few words, or null where there are none. It only reads. What it throws, and what it does not find within some seconds, leaves the
    /// person with the argument alone.
    /// </param>
    public ThingNames Add(string argument, Func<ThingCall, Task<string?>> find)
    {
        lookups.Add(new(argument, find, EvenWithout: false));
        return this;
    }

    /// <summary><see cref="Add"/> for an argument that means something also where it is left out, such as the last change.</summary>
    public ThingNames AddEvenWithout(string argument, Func<ThingCall, Task<string?>> find)
    {
        lookups.Add(new(argument, find, EvenWithout: true));
        return this;
    }
}

/// <summary>How to look up what an argument stands for.</summary>
/// <param name="EvenWithout">Whether it means something where it is left out.</param>
internal sealed record ThingLookup(string Argument, Func<ThingCall, Task<string?>> Find, bool EvenWithout);

/// <summary>A call that a person is asked about.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Checked against the tool's schema.</param>
/// <param name="Services">Those of the request.</param>
public sealed record ThingCall(
    string Tool,
    IReadOnlyDictionary<string, JsonElement> Arguments,
    IServiceProvider Services,
    CancellationToken Cancellation
)
{
    private const int MostOfAList = 5;

    /// <summary>A service of the request.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>An argument that is a text or a number, as text; null for any other and where there is none.</summary>
    public string? Find(string argument) =>
        Arguments.TryGetValue(argument, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    /// <summary>An argument that the lookup cannot do without.</summary>
    /// <exception cref="KeyNotFoundException">There is none: nothing can be looked up.</exception>
    public string Text(string argument) => Find(argument) ?? throw new KeyNotFoundException($"The call has no {argument}.");

    /// <summary>An argument that is a whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is none: nothing can be looked up.</exception>
    public long Number(string argument) =>
        Arguments.TryGetValue(argument, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw new KeyNotFoundException($"The call has no {argument}.");

    /// <summary>The words for each text of a list: for the first few, and how many more there are.</summary>
    public Task<string?> EachAsync(string argument, Func<string, Task<string?>> find) =>
        EachItemAsync(
            argument,
            JsonValueKind.String,
            async item => await find(item.GetString()!) is { Length: > 0 } words ? words : item.GetString()
        );

    /// <summary>The words for each object of a list, likewise; null for one that says it all by itself.</summary>
    public Task<string?> EachObjectAsync(string argument, Func<JsonElement, Task<string?>> find) =>
        EachItemAsync(argument, JsonValueKind.Object, find);

    private async Task<string?> EachItemAsync(string argument, JsonValueKind kind, Func<JsonElement, Task<string?>> find)
    {
        var all =
            Arguments.TryGetValue(argument, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        var first = all.Where(item => item.ValueKind == kind).Take(MostOfAList).ToList();
        var found = (await Task.WhenAll(first.Select(find))).Where(words => !string.IsNullOrWhiteSpace(words)).ToList();
        return found.Count == 0
            ? null
            : string.Join("; ", found) + (all.Count > first.Count ? $"; and {all.Count - first.Count} more" : "");
    }
}
