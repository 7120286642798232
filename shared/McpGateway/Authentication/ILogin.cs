namespace McpGateway.Authentication;

/// <summary>
/// A way in beside the configured tokens. It stands here so that the pipeline does not depend on the authorization server, which is a
/// part the program chooses.
/// </summary>
public interface ILogin : ICallerSource
{
    /// <summary>Where a client learns how to log in (RFC 9728): the <c>resource_metadata</c> of a challenge.</summary>
    string ResourceMetadata { get; }

    /// <summary>The scope that allows every tool.</summary>
    string FullScope { get; }
}
