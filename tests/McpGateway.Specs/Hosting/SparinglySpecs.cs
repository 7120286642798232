using McpGateway.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Hosting;

public sealed class SparinglySpecs
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(30);

    private readonly FakeTimeProvider time = new();
    private readonly Sparingly work;
    private Action? during;
    private int done;

    public SparinglySpecs() =>
        work = new(
            () =>
            {
                done++;
                time.Advance(Length);
                during?.Invoke();
            },
            time
        );

    [Fact]
    public void What_holds_up_everything_else_takes_a_tenth_of_the_time_however_often_it_is_wanted()
    {
        var start = time.GetUtcNow();
        while (time.GetUtcNow() - start < TimeSpan.FromSeconds(3))
        {
            work.Run();
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(done, 9, 11);
    }

    [Fact]
    public void What_is_wanted_before_it_is_due_is_done_once_when_it_is()
    {
        work.Run();
        work.Run();
        work.Run();
        Assert.Equal(1, done);
        time.Advance(9 * Length);
        Assert.Equal(2, done);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, done);
    }

    [Fact]
    public void What_is_wanted_while_it_is_being_done_is_done_once_more()
    {
        during = () =>
        {
            during = null;
            work.Run();
        };
        work.Run();
        Assert.Equal(1, done);
        time.Advance(9 * Length);
        Assert.Equal(2, done);
    }
}
