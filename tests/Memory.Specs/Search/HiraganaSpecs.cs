namespace Memory.Specs.Search;

/// <summary>Words in hiragana beside ideographs count as those do, particles and endings do not.</summary>
public sealed class HiraganaSpecs
{
    private const string Life = """
        {"entities":[
        {"name":"肉の人","entityType":"人","observations":["肉が好き","好きな色は青"]},
        {"name":"犬の人","entityType":"人","observations":["犬が好き","東京に住んでいる"]},
        {"name":"魚の人","entityType":"人","observations":["スシが好き"]},
        {"name":"店","entityType":"場所","observations":["すしを売る店","水曜日は休み"]},
        {"name":"木","entityType":"木","observations":["りんごの木がある","秋に植えた"]},
        {"name":"畑","entityType":"場所","observations":["ミカンを植えた"]},
        {"name":"財布","entityType":"物","observations":["さいふは机の中にある"]},
        {"name":"鍵","entityType":"物","observations":["鍵は箱の中にある"]},
        {"name":"猫","entityType":"動物","observations":["名前はさくら","とても元気です"]},
        {"name":"犬","entityType":"動物","observations":["名前は太郎","とても元気です"]}
        ]}
        """;

    [Theory]
    [InlineData("すしが好きな人", "魚の人")]
    [InlineData("スシが好きな人", "魚の人")]
    [InlineData("彼はすしが好きですか", "魚の人")]
    [InlineData("すしの店はどこですか", "店")]
    [InlineData("りんごの木", "木")]
    [InlineData("みかんの木はどこにありますか", "畑")]
    [InlineData("私のさいふはどこにあるの", "財布")]
    [InlineData("さくらの名前", "猫")]
    [InlineData("すしがすきなひとはだれですか", "店")]
    [InlineData("元気なさくらは何ですか", "猫")]
    public async Task A_question_finds_first(string question, string expected)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync("create_entities", Life);
        Assert.Equal(expected, (await memory.SearchAsync(question)).FirstOrDefault());
    }

    [Theory]
    [InlineData("鯨はどこにいますか")]
    [InlineData("彼について教えてください")]
    [InlineData("きのこのスープ")]
    public async Task Particles_and_endings_alone_find_nothing(string question)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync("create_entities", Life);
        Assert.Empty(await memory.SearchAsync(question));
    }
}
