using McpGateway.Upstream;

namespace McpGateway.Specs.Upstream;

public sealed class RenewedTokenSpecs
{
    [Theory]
    [InlineData("get_thing", "id", "GET /things/a")]
    [InlineData("create_thing", "name", "POST /things")]
    public async Task A_token_that_is_refused_is_renewed_once_and_the_call_goes_again(string tool, string argument, string request)
    {
        var renewals = 0;
        await using var things = await StartAsync(() => renewals++);
        things.Upstream.On(request, """{"message":"Bad credentials"}""", 401).On(request, """{"name":"first"}""");
        Assert.False((await things.CallAsync(tool, (argument, "a"))).IsError);
        Assert.Equal(["Bearer old", "Bearer new"], things.Upstream.Received.Select(received => received.Headers["Authorization"]));
        Assert.Equal(things.Upstream.Received[0].Text, things.Upstream.Received[1].Text);
        Assert.Equal(1, renewals);
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_is_an_error()
    {
        await using var things = await StartAsync(() => { });
        things.Upstream.On("GET /things/a", """{"message":"Bad credentials"}""", 401);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Contains("Things returned 401: Bad credentials.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, things.Upstream.Received.Count);
    }

    private static Task<ThingGateway> StartAsync(Action renewed) =>
        ThingGateway.StartAsync(url => new UpstreamApi
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult<string?>("old"),
            RenewTokenAsync = (_, _, _) =>
            {
                renewed();
                return ValueTask.FromResult<string?>("new");
            },
        });
}
