using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Console;

/// <summary>What the pages show besides the gateway's own.</summary>
public sealed class ConsoleOptions : IValidatableObject
{
    /// <summary>The other gateways, each <c>name=URL</c>, separated by commas: linked from the pages.</summary>
    [ConfigurationKeyName("SIBLINGS")]
    public string? Siblings { get; set; }

    /// <summary>The other gateways by their names.</summary>
    internal IReadOnlyList<(string Name, Uri Url)> SiblingList => [.. Entries.Select(Read).OfType<(string, Uri)>()];

    private string[] Entries => (Siblings ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Entries
            .Where(entry => Read(entry) is null)
            .Select(entry => new ValidationResult(
                $"SIBLINGS has the entry '{entry}', which is not name=URL: write for example coda=https://coda.example.org,github=http://localhost:8081."
            ));

    private static (string Name, Uri Url)? Read(string entry) =>
        entry.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var address]
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.UserInfo.Length == 0
            ? (name, url)
            : null;
}
