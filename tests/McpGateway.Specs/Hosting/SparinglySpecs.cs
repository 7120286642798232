using McpGateway.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Hosting;

public sealed class SparinglySpecs
{
    [Fact]
    public void What_holds_up_everything_else_takes_a_tenth_of_the_time_however_often_it_is_wanted()
    {
        var time = new FakeTimeProvider();
        var spent = TimeSpan.Zero;
        var work = new Sparingly(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(30));
                spent += TimeSpan.FromMilliseconds(30);
            },
            time
        );
        for (var wanted = 0; wanted < 3_000; wanted++)
        {
            work.Run();
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(360), spent);
    }

    [Fact]
    public void It_is_done_once_where_several_want_it_at_once()
    {
        var time = new FakeTimeProvider();
        var done = 0;
        Sparingly? work = null;
        work = new(
            () =>
            {
                done++;
                time.Advance(TimeSpan.FromMilliseconds(10));
                work!.Run();
            },
            time
        );
        work.Run();
        Assert.Equal(1, done);
        time.Advance(TimeSpan.FromMilliseconds(90));
        work.Run();
        Assert.Equal(2, done);
    }
}
