using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Testing;

/// <summary>A clock whose wall time can be set back, as NTP or a resumed machine does, while elapsed time goes on.</summary>
public sealed class SteppedClock : TimeProvider
{
    private readonly FakeTimeProvider elapsed = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private TimeSpan behind;

    public override long TimestampFrequency => elapsed.TimestampFrequency;

    public void SetBack(TimeSpan step) => behind += step;

    public void Advance(TimeSpan delta) => elapsed.Advance(delta);

    public override DateTimeOffset GetUtcNow() => elapsed.GetUtcNow() - behind;

    public override long GetTimestamp() => elapsed.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        elapsed.CreateTimer(callback, state, dueTime, period);
}
