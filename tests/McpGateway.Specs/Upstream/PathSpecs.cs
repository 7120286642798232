namespace McpGateway.Specs.Upstream;

public sealed class PathSpecs
{
    private const string Thing = """{"name":"first"}""";

    [Theory]
    [InlineData("../users")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/../../b")]
    [InlineData("a\\..\\b")]
    public async Task An_id_cannot_climb_out_of_its_place(string id)
    {
        await using var things = await ThingGateway.StartAsync();
        var answer = await things.CallAsync("get_thing", ("id", id));
        Assert.True(answer.IsError);
        Assert.Equal("id is not an id: give one that is neither empty nor made of dots.", answer.Text);
        Assert.Empty(things.Upstream.Received);
    }

    [Theory]
    [InlineData("A/B ü?#%2F", "/things/A%2FB%20%C3%BC%3F%23%252F")]
    [InlineData("a..b", "/things/a..b")]
    [InlineData("x?y=1", "/things/x%3Fy%3D1")]
    [InlineData("%2e%2e", "/things/%252e%252e")]
    public async Task An_id_is_one_path_segment_whatever_it_holds(string id, string target)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On($"GET {target}", Thing);
        Assert.False((await things.CallAsync("get_thing", ("id", id))).IsError);
        Assert.Equal(target, Assert.Single(things.Upstream.Received).Target);
    }

    [Fact]
    public async Task Flags_are_sent_in_lower_case_and_lists_with_commas()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things", Thing);
        await things.CallAsync("find_thing", ("open", true), ("tags", new[] { "a", "b" }));
        Assert.Equal("/things?open=true&tags=a%2Cb", Assert.Single(things.Upstream.Received).Target);
    }
}
