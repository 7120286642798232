using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>Tells callers that their page is still being waited for: a client that hears nothing gives up, and the page is paid for all the same.</summary>
internal sealed class Waiting(TimeProvider time)
{
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(10);

    /// <param name="what">What is waited for, as a beginning of a sentence.</param>
    public async Task<T> ForAsync<T>(Task<T> work, string what, IProgress<ProgressNotificationValue> progress)
    {
        var started = time.GetTimestamp();
        using var signs = new PeriodicTimer(BetweenSigns, time);
        while (await Task.WhenAny(work, signs.WaitForNextTickAsync().AsTask()) != work)
        {
            var seconds = (float)time.GetElapsedTime(started).TotalSeconds;
            progress.Report(new() { Progress = seconds, Message = $"{what} takes {seconds:0} s so far" });
        }

        return await work;
    }
}
