using System.Text.Json.Nodes;

namespace GitHub.Guards;

/// <summary>Decides what may leave for GitHub and what of a response may come back. <see cref="GuardExtensions"/> has them in their order.</summary>
internal interface IGuard
{
    /// <summary>Whether the settings, or the request of the moment, want it at all.</summary>
    bool IsOn { get; }

    /// <summary>Whether it has to see responses.</summary>
    bool ReadsAnswers { get; }

    /// <summary>Refuses what must not be asked. A redirect is judged like the request that led to it.</summary>
    /// <exception cref="McpGateway.Upstream.UpstreamException">The request must not be made.</exception>
    Task JudgeAsync(GuardedRequest request, CancellationToken cancellationToken);

    /// <summary>Takes out of a response what must not come in.</summary>
    /// <returns>Whether it changed anything.</returns>
    /// <exception cref="McpGateway.Upstream.UpstreamException">The response must not come in at all.</exception>
    Task<bool> CleanAsync(GuardedRequest request, HttpResponseMessage response, JsonNode body, CancellationToken cancellationToken);
}
