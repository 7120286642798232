using System.Net;
using System.Threading.RateLimiting;
using McpGateway.Specs.Upstream;
using McpGateway.State;
using McpGateway.Upstream;

namespace McpGateway.Specs.State;

/// <summary>
/// A database whose connections stand and that answers nothing: what a call asks it only for the sake of other instances does not hold the call.
/// </summary>
public sealed class HungDatabaseSpecs(SharedDatabase database) : IClassFixture<SharedDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_limits_of_others_are_waited_for_as_long_as_is_worth_it()
    {
        await using var things = await StartAsync();
        await database.Server.StallAsync();
        try
        {
            things.Time.Advance(TimeSpan.FromSeconds(1));
            var answer = await things.CallAsync("get_thing", ("id", "a"));
            Assert.False(answer.IsError, answer.Text);
        }
        finally
        {
            await database.Server.ResumeAsync();
        }

        // Left before the database was given up, which the driver would have said in other words.
        foreach (var told in new[] { "other instances found used up cannot be read", "this one keeps them by itself" })
        {
            var line = Assert.Single(things.Logs, line => line.Contains(told, StringComparison.Ordinal));
            Assert.Contains("System.TimeoutException", line, StringComparison.Ordinal);
            Assert.DoesNotContain("StateException", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_asks_whether_the_gateway_is_ready_is_told_before_the_database_is_given_up()
    {
        await using var things = await StartAsync();
        await database.Server.StallAsync();
        try
        {
            using var answer = await things.Time.WhileAsync(things.Gateway.Http.GetAsync("/health/ready", Cancellation));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains(
                "does not answer: the connections stand",
                await answer.Content.ReadAsStringAsync(Cancellation),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await database.Server.ResumeAsync();
        }

        using var ready = await things.Time.WhileAsync(things.Gateway.Http.GetAsync("/health/ready", Cancellation));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    /// <summary>Its pool has a connection.</summary>
    private async Task<ThingGateway> StartAsync()
    {
        var things = await ThingGateway.StartAsync(
            url => ThingGateway.ApiAt(url, createLimiter: CreateLimiter),
            settings: ("STATE", await database.CreateAsync())
        );
        things.Upstream.On("GET /things/a", """{"name":"first"}""");
        Assert.False((await things.CallAsync("get_thing", ("id", "a"))).IsError);
        return things;
    }

    private static PartitionedRateLimiter<HttpRequestMessage> CreateLimiter(IServiceProvider services) =>
        new UpstreamLimits<HttpRequestMessage>(services, (new PermitLimit("things", 10, TimeSpan.FromSeconds(6)), _ => true));
}
