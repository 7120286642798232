namespace McpGateway.Authentication;

/// <summary>The body of an HTTP answer that refuses: a short code, and a sentence that says what to do.</summary>
public sealed record Refusal(string Error, string Message);
