namespace McpGateway.State.Activities;

/// <summary>Something that happened: a call, a refused login, an approval.</summary>
/// <param name="Id">Grows with each event.</param>
/// <param name="Event">Its kind, as audit lines name it, such as <c>tool_call</c>.</param>
/// <param name="Caller">Who caused it; null before authentication.</param>
/// <param name="Name">The tool, resource or prompt; null where there is none.</param>
/// <param name="Outcome">How a call ended, as audit lines say it, such as <c>ok</c>; null where nothing was called.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Bytes">The text that the caller got, in bytes of UTF-8.</param>
/// <param name="Tokens">The same in tokens (o200k, estimated on the high side).</param>
/// <param name="Credits">What it cost at the vendor.</param>
/// <param name="Detail">What else its audit line says; never an argument value.</param>
public sealed record ActivityEvent(
    long Id,
    DateTimeOffset Time,
    string Event,
    string? Caller,
    string? Name,
    string? Outcome,
    double? Milliseconds = null,
    long? Bytes = null,
    long? Tokens = null,
    long? Credits = null,
    string? Detail = null
)
{
    /// <summary>A call of a tool.</summary>
    public const string ToolCall = "tool_call";

    /// <summary>The events that are calls: of tools, resources and prompts.</summary>
    public static readonly IReadOnlyList<string> Calls = [ToolCall, "resource_read", "prompt_get"];

    /// <summary>The outcomes of calls that did not do what was asked.</summary>
    public static readonly IReadOnlyList<string> Failures = ["error", "failed", "refused"];
}

/// <summary>Which events are meant; what is null does not matter.</summary>
public sealed record ActivityFilter
{
    public string? Event { get; init; }

    public string? Caller { get; init; }

    /// <summary>The tool, resource or prompt.</summary>
    public string? Name { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Only calls: of tools, resources and prompts.</summary>
    public bool CallsOnly { get; init; }

    /// <summary>The earliest moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first moment that is too late.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether every call is meant, whoever called what.</summary>
    internal bool NamesOnlyCalls => CallsOnly && Event is null && Caller is null && Name is null && Outcome is null;

    internal bool NamesSeries => Event is not null || Caller is not null || Name is not null || Outcome is not null || CallsOnly;
}

/// <summary>What there is to choose from in a <see cref="ActivityFilter"/>.</summary>
public sealed record ActivityNames(
    IReadOnlyList<string> Events,
    IReadOnlyList<string> Callers,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Outcomes
);
