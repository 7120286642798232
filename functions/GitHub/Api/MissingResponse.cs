using System.Net;
using McpGateway.Upstream;

namespace GitHub.Api;

/// <summary>Responses that may be missing.</summary>
internal static class MissingResponse
{
    /// <summary>The response, or null where GitHub returns 404.</summary>
    public static async Task<T?> OrNullAsync<T>(this Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A response that only adds to another: null when GitHub refuses it.</summary>
    public static async Task<T?> OrNullOnFailureAsync<T>(this Task<T?> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (UpstreamException)
        {
            return null;
        }
    }

    /// <summary>A write to which GitHub says 304 where what it asks for is so already, such as a star.</summary>
    public static async Task OrUnchangedAsync(this Task write)
    {
        try
        {
            await write;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotModified)
        {
            // Then it is done.
        }
    }
}
