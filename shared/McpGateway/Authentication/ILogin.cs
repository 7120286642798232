using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>
/// A way in beside the configured tokens. It stands here so that the pipeline does not depend on the authorization server, which is a
/// part the program chooses.
/// </summary>
public interface ILogin : ICallerSource
{
    /// <summary>Where a client of an address learns how to log in (RFC 9728): the <c>resource_metadata</c> of a challenge.</summary>
    string ResourceMetadataFor(PathString path);

    /// <summary>The scope that allows every tool.</summary>
    string FullScope { get; }
}
