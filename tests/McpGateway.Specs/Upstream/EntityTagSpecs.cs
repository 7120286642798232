using McpGateway.Upstream;

namespace McpGateway.Specs.Upstream;

public sealed class EntityTagSpecs
{
    private static readonly (string, string) Tag = ("ETag", "W/\"1\"");

    [Fact]
    public async Task What_did_not_change_is_answered_from_memory()
    {
        await using var things = await StartAsync();
        things
            .Upstream.On("GET /things/a", """{"name":"first"}""", 200, Tag)
            .On("GET /things/a", "", 304, Tag)
            .On("GET /things/a", """{"name":"second"}""", 200, ("ETag", "W/\"2\""));
        Assert.Contains("first", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Contains("first", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Contains("second", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Contains("second", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Equal(["", "W/\"1\"", "W/\"1\"", "W/\"2\""], AskedFor(things));
    }

    [Fact]
    public async Task A_read_that_goes_again_names_its_tag_once()
    {
        await using var things = await StartAsync();
        things
            .Upstream.On("GET /things/a", """{"name":"first"}""", 200, Tag)
            .On("GET /things/a", "{}", 503)
            .On("GET /things/a", "", 304, Tag);
        await things.CallAsync("get_thing", ("id", "a"));
        Assert.Contains("first", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Equal(["", "W/\"1\"", "W/\"1\""], AskedFor(things));
    }

    [Fact]
    public async Task Another_token_never_gets_the_answer()
    {
        var token = "first-token";
        await using var things = await StartAsync(getToken: () => token);
        things.Upstream.On("GET /things/a", """{"name":"theirs"}""", 200, Tag);
        await things.CallAsync("get_thing", ("id", "a"));
        token = "second-token";
        await things.CallAsync("get_thing", ("id", "a"));
        token = "first-token";
        await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal(["", "", "W/\"1\""], AskedFor(things));
    }

    [Fact]
    public async Task Memory_is_bounded()
    {
        const int Capacity = 64_000;
        const int Body = 3_000;
        await using var things = await StartAsync(Capacity);
        var ids = Enumerable.Range(0, 60).Select(id => $"{id}").ToList();
        foreach (var id in ids)
        {
            things.Upstream.On($"GET /things/{id}", $$"""{"name":"{{new string('x', Body)}}"}""", 200, Tag);
        }

        foreach (var id in ids.Concat(ids))
        {
            await things.CallAsync("get_thing", ("id", id));
        }

        Assert.InRange(AskedFor(things).Count(tag => tag.Length > 0), 0, Capacity / Body);
    }

    [Theory]
    [InlineData(5_000, "private")]
    [InlineData(10, "no-store")]
    public async Task What_is_large_or_not_meant_to_be_kept_is_not(int size, string cacheControl)
    {
        await using var things = await StartAsync(64_000);
        things.Upstream.On("GET /things/a", $$"""{"name":"{{new string('x', size)}}"}""", 200, Tag, ("Cache-Control", cacheControl));
        await things.CallAsync("get_thing", ("id", "a"));
        await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal(["", ""], AskedFor(things));
    }

    [Fact]
    public async Task Without_room_nothing_is_kept()
    {
        await using var things = await StartAsync(0);
        things.Upstream.On("GET /things/a", """{"name":"first"}""", 200, Tag);
        await things.CallAsync("get_thing", ("id", "a"));
        await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal(["", ""], AskedFor(things));
    }

    private static IEnumerable<string> AskedFor(ThingGateway things) =>
        things.Upstream.Received.Select(request => request.Headers.TryGetValue("If-None-Match", out var tag) ? tag : "");

    private static Task<ThingGateway> StartAsync(long cachedBytes = 1_000_000, Func<string>? getToken = null) =>
        ThingGateway.StartAsync(url => new UpstreamApi
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult<string?>(getToken?.Invoke() ?? ThingGateway.Token),
            CachedBytes = cachedBytes,
        });
}
