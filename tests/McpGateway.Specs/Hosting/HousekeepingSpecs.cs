using McpGateway.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Hosting;

public sealed class HousekeepingSpecs : IDisposable
{
    private const long Megabyte = 1_000_000;

    private readonly FakeTimeProvider time = new();
    private readonly Housekeeping housekeeping;
    private long allocated = 20 * Megabyte;
    private int given;

    public HousekeepingSpecs()
    {
        housekeeping = new(time, () => allocated, () => given++);
        time.Advance(Housekeeping.Settled);
    }

    public void Dispose() => housekeeping.Dispose();

    [Fact]
    public void What_a_start_left_behind_goes_back_once()
    {
        Assert.Equal(1, given);
        Pass(minutes: 60, megabytesEach: 0);
        Assert.Equal(1, given);
    }

    [Fact]
    public void What_a_busy_time_left_behind_goes_back_in_the_first_quiet_minute_after_it_and_once()
    {
        Pass(minutes: 30, megabytesEach: 50);
        Assert.Equal(1, given);
        Pass(minutes: 1, megabytesEach: 1);
        Assert.Equal(2, given);
        Pass(minutes: 20, megabytesEach: 1);
        Assert.Equal(2, given);
        Pass(minutes: 1, megabytesEach: 100);
        Pass(minutes: 1, megabytesEach: 0);
        Assert.Equal(3, given);
    }

    [Fact]
    public void A_few_calls_are_not_worth_it()
    {
        Pass(minutes: 1, megabytesEach: 20);
        Pass(minutes: 5, megabytesEach: 1);
        Assert.Equal(1, given);
    }

    private void Pass(int minutes, long megabytesEach)
    {
        for (var i = 0; i < minutes; i++)
        {
            allocated += megabytesEach * Megabyte;
            time.Advance(Housekeeping.Interval);
        }
    }
}
