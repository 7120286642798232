using McpGateway.Testing;

namespace EndToEnd.Conformance;

/// <summary>The scenarios that need no tool, prompt or resource of the suite's own, and so hold for every service.</summary>
internal static class GenericScenarios
{
    private static readonly string[] WithHandshake =
    [
        "server-initialize",
        "ping",
        "tools-list",
        "server-sse-multiple-streams",
        "dns-rebinding-protection",
        "server-session-lifecycle",
    ];

    private static readonly string[] WithoutHandshake =
    [
        "server-stateless",
        "tools-list",
        "server-sse-multiple-streams",
        "dns-rebinding-protection",
        "caching",
        "http-header-validation",
    ];

    // The suite counts these as failed where a server has no such tool or feature.
    private static readonly string[] Inapplicable =
    [
        "Not testable: server does not list the diagnostic tool ",
        "prompts/list returned JSON-RPC error -32601:",
        "resources/list returned JSON-RPC error -32601:",
        "resources/templates/list returned JSON-RPC error -32601:",
    ];

    public static IReadOnlyList<string> Services { get; } =
    [.. Repository.Services.Select(service => service.Project).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Of(string revision) =>
        revision == ConformanceSpecs.WithHandshake ? WithHandshake : WithoutHandshake;

    /// <summary>Whether a check can be met at all by a server without the suite's diagnostic tools, prompts or resources.</summary>
    public static bool CanApply(Check check) =>
        !Inapplicable.Any(message => check.ErrorMessage?.StartsWith(message, StringComparison.OrdinalIgnoreCase) == true);
}
