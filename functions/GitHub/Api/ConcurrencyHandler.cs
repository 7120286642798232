namespace GitHub.Api;

/// <summary>
/// Keeps to the one limit of GitHub's that no header tells of: 100 requests at once, REST and GraphQL together. How many there may be in a minute or
/// an hour is GitHub's to count; its responses tell when that is used up, and close the rate gate.
/// </summary>
internal sealed class ConcurrencyHandler(SemaphoreSlim places) : DelegatingHandler
{
    /// <summary>https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits</summary>
    public const int MostAtOnce = 90;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
