using Microsoft.AspNetCore.Http;

namespace McpGateway.Http;

/// <summary>
/// Endpoint metadata: how an endpoint tells of a failure that escaped from it, in the form its callers read (a page, OAuth's JSON, a
/// JSON-RPC error). Without it a failure is a <see cref="Refusal"/>.
/// </summary>
/// <param name="WriteAsync">Writes the status and a sentence without detail.</param>
public sealed record FailureReply(Func<HttpContext, Failure, Task> WriteAsync);

/// <summary>What a caller learns of a failure.</summary>
/// <param name="Status">400 for what the caller can mend, 500 for a defect of the gateway, or the server's own refusal, such as 413.</param>
/// <param name="Code">The JSON-RPC code that goes with it: <see cref="JsonRpcErrors"/>.</param>
public sealed record Failure(int Status, int Code, string Message);
