using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.Upstream;

/// <summary>Answers that are read as they come, because they may be larger than memory.</summary>
public sealed class BodyReaderSpecs
{
    [Fact]
    public async Task An_answer_larger_than_the_limit_is_read_as_it_comes()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", context => context.Response.WriteAsync(new string('x', 1_000_000)));
        Assert.Contains("larger than 100,000 bytes", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Equal("1000000", (await things.CallAsync("measure_thing", ("id", "a"))).Text);
    }

    [Fact]
    public async Task One_that_breaks_off_is_read_again_from_its_beginning()
    {
        await using var things = await ThingGateway.StartAsync();
        things
            .Upstream.On(
                "GET /things/a",
                async context =>
                {
                    context.Response.ContentLength = 10;
                    await context.Response.Body.WriteAsync("12345"u8.ToArray());
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                }
            )
            .On("GET /things/a", context => context.Response.WriteAsync("1234567890"));
        Assert.Equal("10", (await things.CallAsync("measure_thing", ("id", "a"))).Text);
        Assert.Equal(2, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_refusal_is_an_error_like_any_other_and_is_not_given_to_the_reader()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", """{"message":"gone for lunch"}""", 404);
        Assert.Contains(
            "Things returned 404: gone for lunch",
            (await things.CallAsync("measure_thing", ("id", "a"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_read_so_is_not_kept_as_the_answer_to_others()
    {
        await using var things = await ThingGateway.StartAsync(url =>
            new()
            {
                Name = "Things",
                BaseUrl = url,
                TokenSetting = "THINGS_TOKEN",
                TokenPage = "https://things.example/tokens",
                GetTokenAsync = (_, _) => ValueTask.FromResult<string?>(ThingGateway.Token),
                CachedBytes = 1_000_000,
            }
        );
        things.Upstream.On(
            "GET /things/a",
            context =>
            {
                context.Response.Headers.ETag = "\"e\"";
                context.Response.ContentType = "application/json";
                context.Response.StatusCode = context.Request.Headers.IfNoneMatch.Count > 0 ? 304 : 200;
                return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync("""{"name":"first"}""");
            }
        );
        Assert.Equal("16", (await things.CallAsync("measure_thing", ("id", "a"))).Text);
        Assert.Contains("first", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Equal("16", (await things.CallAsync("measure_thing", ("id", "a"))).Text);
    }
}
