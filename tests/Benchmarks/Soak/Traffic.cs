using Benchmarks.Fleet;

namespace Benchmarks.Soak;

/// <summary>What goes on at one service all the time: callers with a token, callers who log in again and again, an operator who opens pages.</summary>
internal sealed class Traffic(FleetMember member)
{
    private const int CallsOfALogin = 50;
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(2);
    private static readonly string[] Pages = ["/console", "/console/activity", "/console/access", "/console/tools"];

    private readonly List<SampleCall> calls = [.. SampleCalls.Reads.Concat(SampleCalls.Writes).Where(call => call.Service == member.Name)];

    private int made;

    public int Calls => made;

    /// <summary>Runs until it is cancelled; anything that fails ends it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(CallAsync(cancellationToken), LogInAndCallAsync(cancellationToken), LookAsync(cancellationToken));

    private async Task CallAsync(CancellationToken cancellationToken)
    {
        // In their order: what one writes, the next takes back.
        for (var call = 0; !cancellationToken.IsCancellationRequested; call++)
        {
            await member.CallAsync(calls[call % calls.Count]);
            Interlocked.Increment(ref made);
            await PauseAsync(BetweenCalls, cancellationToken);
        }
    }

    private async Task LogInAndCallAsync(CancellationToken cancellationToken)
    {
        var reads = calls.Except(SampleCalls.Writes).ToList();
        var token = "";
        for (var call = 0; !cancellationToken.IsCancellationRequested; call++)
        {
            token = call % CallsOfALogin == 0 ? await member.LogInAsync() : token;
            await member.CallAsync(reads[call % reads.Count], token);
            Interlocked.Increment(ref made);
            await PauseAsync(BetweenCalls, cancellationToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var browser = await member.SignInAsync();
        for (var page = 0; !cancellationToken.IsCancellationRequested; page++)
        {
            await browser.ReadAsync(Pages[page % Pages.Length]);
            await PauseAsync(BetweenPages, cancellationToken);
        }
    }

    private static Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        Task.Delay(pause, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
}
