namespace Memory.Specs.Search;

/// <summary>Words of a question that are made of others are understood by their parts.</summary>
public sealed class CompoundSpecs
{
    [Fact]
    public async Task A_word_that_can_be_parted_two_ways_is_parted_where_its_shorter_part_is_the_longer_one()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Ben", "person", "a lighthouse and a boat");
        await memory.CreateAsync("Anna", "person", "a light houseboat");
        await memory.CreateAsync("Cleo", "person", "a lighthouse and a boat as well");
        Assert.Equal("Anna", (await memory.SearchAsync("lighthouseboat"))[0]);
    }

    [Theory]
    [InlineData("bodenheizung")]
    [InlineData("heizungsmonteur")]
    public async Task An_unknown_word_is_found_by_a_known_one_that_it_begins_or_ends_with(string word)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Kessel", "thing", "heizung im Mai gewartet");
        await memory.CreateAsync("Anna", "person", "spielt Schach");
        Assert.Equal(["Kessel"], await memory.SearchAsync(word));
    }
}
