using System.Net;
using GitHub.Api;
using McpGateway.Upstream;

namespace GitHub.Writes;

/// <summary>Writes that GitHub refuses because of what is there by now: the error says what that is, so that the next call can be right.</summary>
internal static class Conflicts
{
    /// <param name="describeAsync">Reads what is there.</param>
    /// <exception cref="UpstreamException">The write failed.</exception>
    public static async Task<T> OrSayWhatIsThereAsync<T>(this Task<T> write, Func<Task<string?>> describeAsync)
    {
        try
        {
            return await write;
        }
        catch (UpstreamException e)
            when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnprocessableEntity)
        {
            throw new UpstreamException($"{e.Message} {await describeAsync().OrNullOnFailureAsync()}".TrimEnd(), e.Status, e)
            {
                Code = e.Code,
            };
        }
    }
}
