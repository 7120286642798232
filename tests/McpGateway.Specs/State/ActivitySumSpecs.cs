using System.Text;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.State;

/// <summary>What calls add up to, whichever hours are asked for and however many names callers make up.</summary>
public sealed class ActivitySumSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(5.1, 1)]
    [InlineData(10_000, 10)]
    [InlineData(10_000.5, 11)]
    public void A_call_that_took_as_long_as_a_bound_counts_within_it(double milliseconds, int bucket) =>
        Assert.Equal(bucket, ActivitySum.BucketOf(milliseconds));

    [Theory]
    [InlineData(0.25, 7.5)]
    [InlineData(0.5, 10)]
    [InlineData(0.95, 86)]
    [InlineData(1, 90)]
    public void A_percentile_lies_as_far_between_two_bounds_as_its_share_of_the_calls_there(double share, double expected)
    {
        // Ten calls of 5 to 10 ms, and ten of 50 to 100 ms, of which none took longer than 90.
        var latencies = new long[ActivitySum.Bounds.Count + 1];
        (latencies[1], latencies[4]) = (10, 10);
        Assert.Equal(expected, (ActivitySum.None with { Slowest = 90, Latencies = latencies }).Percentile(share)!.Value, 6);
    }

    [Fact]
    public void Of_no_calls_there_is_no_percentile() => Assert.Null(ActivitySum.None.Percentile(0.95));

    [Fact]
    public async Task An_hour_that_a_question_ends_within_counts_whole_and_the_day_it_begins_within_does_not()
    {
        await using var gateway = await StartAsync();
        var activity = gateway.Services.GetRequiredService<Activity>();
        var day = new DateTimeOffset(gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        double[] hours = [-45, -35.5, -20, -1.5, -0.9];
        activity.Note(Lines(hours.Length, i => day.AddHours(hours[i]), i => $"tool{i}"));
        var totals = await activity.AddUpAsync(new() { From = day.AddHours(-36), Until = day.AddHours(-1.2) }, Cancellation);
        Assert.Equal(["tool1", "tool2", "tool3"], totals.Names.Select(name => name.Name).Order());
        Assert.Equal(3, totals.Hours.Sum(hour => hour.Sum.Calls));
    }

    [Fact]
    public async Task Names_beyond_five_thousand_are_counted_together()
    {
        await using var gateway = await StartAsync();
        var activity = gateway.Services.GetRequiredService<Activity>();
        var now = gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        activity.Note(Lines(5_100, _ => now, i => $"made-up-{i}"));
        var names = (await activity.AddUpAsync(new(), Cancellation)).Names;
        Assert.Equal(5_100, names.Sum(name => name.Sum.Calls));
        Assert.Equal(100, names.Single(name => name.Name == "(other)").Sum.Calls);
    }

    private static Task<Gateway> StartAsync() => SpecService.StartAsync(("OPERATOR_SECRET", OperatorBrowser.Secret));

    private static byte[] Lines(int count, Func<int, DateTimeOffset> at, Func<int, string> tool) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable
                    .Range(0, count)
                    .Select(i =>
                        $$"""{"time":"{{at(i):O}}","service":"s","event":"tool_call","caller":"c","tool":"{{tool(i)}}","outcome":"ok","ms":1}"""
                        + "\n"
                    )
            )
        );
}
