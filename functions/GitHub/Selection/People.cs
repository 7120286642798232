using System.Text.Json;

namespace GitHub.Selection;

/// <summary>
/// People as callers write them: with an @ before the login, and as @me, which GitHub's searches take for the token's user and its lists do
/// not.
/// </summary>
internal static class People
{
    private const string Me = "@me";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "owner",
        "item_owner",
        "org",
        "assignee",
        "author",
        "username",
        "user",
        "assignees",
        "reviewers",
    };

    /// <param name="meAsync">Asks for the login of the token's user.</param>
    public static async Task TidyAsync(IDictionary<string, JsonElement> arguments, Func<Task<string>> meAsync)
    {
        foreach (var (name, value) in arguments.Where(argument => Names.Contains(argument.Key) && HasSign(argument.Value)).ToList())
        {
            arguments[name] =
                value.ValueKind == JsonValueKind.Array
                    ? JsonSerializer.SerializeToElement(await Task.WhenAll(value.EnumerateArray().Select(LoginAsync)))
                    : await LoginAsync(value);
        }

        async Task<JsonElement> LoginAsync(JsonElement person) =>
            !HasSign(person) ? person
            : person.GetString() is Me ? JsonSerializer.SerializeToElement(await meAsync())
            : JsonSerializer.SerializeToElement(person.GetString()![1..]);
    }

    private static bool HasSign(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Any(HasSign)
            : value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith('@');
}
