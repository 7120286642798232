namespace Memory.Specs.Tools;

public sealed class ObservationSpecs
{
    [Fact]
    public async Task A_sentence_in_the_place_of_a_list_is_one_fact_and_bullets_are_several()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t");
        var one = await memory.CallAsync(
            "add_observations",
            """{"observations":[{"entityName":"A","contents":"likes tea, hiking and chess; not golf"}]}"""
        );
        Assert.Equal("""[{"entityName":"A","addedObservations":["likes tea, hiking and chess; not golf"]}]""", one.Text);
        var two = await memory.CallAsync(
            "add_observations",
            """{"observations":[{"entityName":"A","contents":"- has a dog\n- sings, and loudly"}]}"""
        );
        Assert.Equal("""[{"entityName":"A","addedObservations":["has a dog","sings, and loudly"]}]""", two.Text);
    }

    [Fact]
    public async Task Only_what_is_new_is_added_and_reported()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "old");
        var added = await memory.CallAsync(
            "add_observations",
            """
            {"observations":[{"entityName":"A","contents":["old","new","new"]},{"entityName":"A","contents":["new","newer"]}]}
            """
        );
        Assert.Equal("""[{"entityName":"A","addedObservations":["new"]},{"entityName":"A","addedObservations":["newer"]}]""", added.Text);
        Assert.Equal(
            """{"results":[{"entityName":"A","addedObservations":["new"]},{"entityName":"A","addedObservations":["newer"]}]}""",
            added.Structured!.ToJsonString()
        );
        Assert.Equal(["old", "new", "newer"], (await memory.CallAsync("read_graph", "{}")).Observations);
    }

    [Fact]
    public async Task A_missing_entity_refuses_the_whole_call()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        var answer = await memory.CallAsync(
            "add_observations",
            """
            {"observations":[{"entityName":"A","contents":["x"]},{"entityName":"Nope","contents":["y"]}]}
            """
        );
        Assert.True(answer.IsError);
        Assert.Equal("Entity with name Nope not found", answer.Text);
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Observations);
        Assert.Empty(await memory.SearchAsync("x"));
    }

    [Fact]
    public async Task A_deleted_observation_is_gone_from_the_graph_and_from_search_and_may_come_again()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "likes tea", "likes coffee");
        var deleted = await memory.CallAsync(
            "delete_observations",
            """
            {"deletions":[{"entityName":"A","observations":["likes tea"]}]}
            """
        );
        Assert.Equal("Observations deleted successfully", deleted.Text);
        Assert.Equal("""{"success":true,"message":"Observations deleted successfully"}""", deleted.Structured!.ToJsonString());
        Assert.Empty(await memory.SearchAsync("tea"));
        Assert.Equal(["A"], await memory.SearchAsync("coffee"));
        await memory.CallAsync("add_observations", """{"observations":[{"entityName":"A","contents":["likes tea"]}]}""");
        Assert.Equal(["likes coffee", "likes tea"], (await memory.CallAsync("read_graph", "{}")).Observations);
        Assert.Equal(["A"], await memory.SearchAsync("likes tea"));
    }
}
