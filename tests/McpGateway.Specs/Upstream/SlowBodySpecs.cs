using McpGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.Upstream;

/// <summary>Large answers are worked on one after the other, but nobody waits for one that does not come.</summary>
public sealed class SlowBodySpecs
{
    // More than what is between two sockets: when all of it has been sent, the gateway has read a large part.
    private static readonly string Large = new('x', 24_000_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_answer_that_comes_slowly_lets_others_go_before_it_and_is_read_whole()
    {
        await using var things = await ThingGateway.StartAsync(url =>
            new()
            {
                Name = "Things",
                BaseUrl = url,
                TokenSetting = "THINGS_TOKEN",
                TokenPage = "https://things.example/tokens",
                GetTokenAsync = (_, _) => ValueTask.FromResult<string?>(ThingGateway.Token),
                MaxResponseBytes = 32_000_000,
            }
        );
        var sent = new TaskCompletionSource();
        var rest = new TaskCompletionSource();
        things
            .Upstream.On(
                "GET /things/slow",
                async context =>
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync($$"""{"name":"{{Large}}""");
                    sent.SetResult();
                    await rest.Task.WaitAsync(Hang.After);
                    await context.Response.WriteAsync(""" ","note":"the end"}""");
                }
            )
            .On("GET /things/quick", $$"""{"name":"{{Large[..600_000]}}"}""");
        await using var client = await things.ConnectAsync();
        var slow = client
            .CallToolAsync("get_thing", new Dictionary<string, object?> { ["id"] = "slow" }, cancellationToken: Cancellation)
            .AsTask();
        await sent.Task.WaitAsync(Hang.After, Cancellation);

        var quick = await things.CallAsync("get_thing", ("id", "quick"));
        Assert.False(quick.IsError, quick.Text);
        Assert.False(slow.IsCompleted);

        rest.SetResult();
        Assert.NotEqual(true, (await things.Time.WhileAsync(slow)).IsError);
    }
}
