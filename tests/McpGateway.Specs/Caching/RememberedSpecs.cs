using McpGateway.Caching;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Caching;

public sealed class RememberedSpecs
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_value_is_remembered_for_its_lifetime_and_no_longer()
    {
        var values = Of(capacity: 10);
        values.Keep("a", "1");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(values.TryFind("a", out var value));
        Assert.Equal("1", value);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(values.TryFind("a", out _));
    }

    [Fact]
    public void A_value_may_have_a_lifetime_of_its_own()
    {
        var values = Of(capacity: 10);
        values.Keep("none", "1", TimeSpan.Zero);
        values.Keep("long", "1", TimeSpan.FromHours(1));
        Assert.False(values.TryFind("none", out _));
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(values.TryFind("long", out _));
    }

    [Fact]
    public void To_use_a_value_does_not_make_it_younger()
    {
        var values = Of(capacity: 10);
        values.Keep("a", "1");
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.True(values.TryFind("a", out _));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(values.TryFind("a", out _));
    }

    [Fact]
    public void What_was_used_least_makes_room()
    {
        var values = Of(capacity: 2);
        values.Keep("a", "1");
        values.Keep("b", "1");
        values.TryFind("a", out _);
        values.Keep("c", "1");
        Assert.True(values.TryFind("a", out _));
        Assert.False(values.TryFind("b", out _));
        Assert.True(values.TryFind("c", out _));
    }

    [Fact]
    public void The_bound_is_what_is_measured_and_a_value_beyond_it_is_not_kept()
    {
        var values = new Remembered<string, string>(TimeSpan.FromMinutes(1), 10, time, text => text.Length);
        values.Keep("a", "123456");
        values.Keep("b", "1234");
        values.Keep("b", "12345");
        Assert.False(values.TryFind("a", out _));
        Assert.True(values.TryFind("b", out _));
        values.Keep("b", "12345678901");
        Assert.False(values.TryFind("b", out _));
    }

    [Fact]
    public void What_is_forgotten_takes_no_room()
    {
        var values = Of(capacity: 1);
        values.Keep("a", "1");
        values.Forget("a");
        Assert.False(values.TryFind("a", out _));
        values.Keep("b", "1");
        Assert.True(values.TryFind("b", out _));
    }

    [Fact]
    public async Task A_value_is_read_once_and_a_failure_is_not_remembered()
    {
        var values = Of(capacity: 10);
        var reads = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() => values.GetAsync("a", () => throw new InvalidDataException()));
        Assert.Equal("1", await values.GetAsync("a", ReadAsync));
        Assert.Equal("1", await values.GetAsync("a", ReadAsync));
        Assert.Equal(1, reads);

        Task<string> ReadAsync() => Task.FromResult($"{++reads}");
    }

    private Remembered<string, string> Of(long capacity) => new(TimeSpan.FromMinutes(1), capacity, time);
}
