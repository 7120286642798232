using McpGateway.Testing;
using McpGateway.Upstream;

namespace McpGateway.Specs.Upstream;

/// <summary>A write leaves once, also where a pooled connection dies after the API has read it.</summary>
public sealed class SendOnceSpecs
{
    private const string Thing = """{"name":"first"}""";

    [Theory]
    [InlineData("push_thing", "POST /things/a/push")]
    [InlineData("nudge_thing", "PATCH /things/a/push")]
    [InlineData("delete_thing", "DELETE /things/a")]
    [InlineData("create_thing", "POST /things")]
    [InlineData("put_thing", "PUT /things/a")]
    public async Task A_write_whose_connection_dies_is_not_sent_again(string tool, string request)
    {
        await using var things = await ThingGateway.StartAsync(ApiAt);
        things.Upstream.On("GET /things/a", Thing).On(request, StubUpstream.CloseAsync);
        // The connection is in the pool by then: those are the ones whose requests the socket sends again.
        await things.CallAsync("get_thing", ("id", "a"));
        var answer = tool switch
        {
            "create_thing" => await things.CallAsync(tool, ("name", "b")),
            "put_thing" => await things.CallAsync(tool, ("id", "a"), ("name", "b")),
            _ => await things.CallAsync(tool, ("id", "a")),
        };
        Assert.Contains("The change may have been made: check before you try again.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_delete_that_may_be_sent_again_is_so_when_it_was_refused_and_not_when_it_was_lost()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", Thing).On("DELETE /things/a", "{}", 503).On("DELETE /things/a", StubUpstream.CloseAsync);
        await things.CallAsync("get_thing", ("id", "a"));
        Assert.Contains("may have been made", (await things.CallAsync("delete_thing", ("id", "a"))).Text, StringComparison.Ordinal);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_the_first_attempt_deleted_is_deleted_when_the_second_does_not_find_it(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("DELETE /things/a", "{}", 500).On("DELETE /things/a", "{}", status).On("DELETE /things/b", "{}", status);
        Assert.False((await things.CallAsync("delete_thing", ("id", "a"))).IsError);
        Assert.True((await things.CallAsync("delete_thing", ("id", "b"))).IsError);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Fact]
    public async Task A_write_without_a_body_says_that_it_has_none()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things/a/push", "{}");
        Assert.False((await things.CallAsync("push_thing", ("id", "a"))).IsError);
        var headers = Assert.Single(things.Upstream.Received).Headers;
        Assert.Equal("0", headers["Content-Length"]);
        Assert.False(headers.ContainsKey("Content-Type"));
    }

    private static UpstreamApi ApiAt(Uri url) =>
        new()
        {
            Name = "Things",
            BaseUrl = url,
            TokenSetting = "THINGS_TOKEN",
            TokenPage = "https://things.example/tokens",
            GetTokenAsync = (_, _) => ValueTask.FromResult<string?>("t"),
        };
}
