namespace Memory.Specs.Search;

/// <summary>A number of several words is one: what another number has of it is no hit.</summary>
public sealed class NumberSpecs
{
    [Theory]
    [InlineData("2.5k", "1.5k")]
    [InlineData("2,5k", "1.5k")]
    [InlineData("3.14", "1.14")]
    [InlineData("٣٫١٤", "1.14")]
    [InlineData("10:30", "11:30")]
    [InlineData("10:30am", "11:30am")]
    [InlineData("1,250", "9,250")]
    [InlineData("1'250.50", "9'250.50")]
    [InlineData("v2.1", "v3.1")]
    [InlineData("v2.1", "v2.9")]
    [InlineData("2.14.3", "2.14.4")]
    [InlineData("192.168.1.7", "10.0.1.7")]
    [InlineData("192.168.1.70", "192.168.1.7")]
    [InlineData("v2.10", "v2.1")]
    [InlineData("00:1a:2f:3c", "00:1a:2f:3d")]
    [InlineData("079-555-01-02", "078-555-01-02")]
    [InlineData("079 555 01 02", "078 555 01 02")]
    [InlineData("+41 (0)79 555 01 02", "+41 (0)78 555 01 02")]
    [InlineData("4111 1111 2222 3333", "4111 1111 2222 4444")]
    public async Task A_number_is_not_found_in_another_that_has_words_of_it(string asked, string other)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("other", "t", $"is {other}", "5k run at 250 and 14, 7 of 168, half past 30");
        await memory.CreateAsync("apart", "t", "k 2 in 5k", "30 and 10");
        Assert.Empty(await memory.SearchAsync(asked));
        await memory.CreateAsync("it", "t", $"is {asked} exactly");
        Assert.Equal(["it"], await memory.SearchAsync(asked));
        Assert.Equal(["it"], await memory.SearchAsync($"what is {asked} about?"));
    }

    [Theory]
    [InlineData("2.5k", "12.5k")]
    [InlineData("2.5", "2.50")]
    [InlineData("3,5", "3.5")]
    [InlineData("192.168", "192.168.1.7")]
    [InlineData("168.1", "192.168.1.7")]
    [InlineData("2.1", "v2.1.4")]
    [InlineData("v2.1", "2.1.4")]
    [InlineData("python 3.11", "Python3.11")]
    [InlineData("Python3.11", "Python 3.11")]
    [InlineData("5k", "1.5k")]
    [InlineData("168", "192.168.1.7")]
    [InlineData("2.5 km", "2.5km")]
    [InlineData("11.2026", "November 2026")]
    [InlineData("2026-11-12", "in November 2026")]
    [InlineData("0.5 million", "500,000")]
    [InlineData("24.5万", "245000")]
    public async Task A_number_is_found_where_it_is_written_otherwise_or_goes_on(string asked, string stored)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("it", "t", $"is {stored} exactly");
        await memory.CreateAsync("none", "t", "is nothing");
        Assert.Equal(["it"], await memory.SearchAsync(asked));
    }

    [Theory]
    [InlineData("00:1a:2b:3c:4d:5e", "2000000000", "2 billion")]
    [InlineData("4f-2b-0c", "2,000,000,000", "2bn")]
    [InlineData("flat 2B", "2000000000", "$2B")]
    [InlineData("2b or not 2b", "2000000000", "2b euros")]
    [InlineData("release 1.2.5b", "2500000000", "2.5 billion")]
    [InlineData("firmware v1.2.5b", "2500000000", "2,5 Milliarden")]
    public async Task A_letter_behind_a_digit_is_no_billion(string text, string question, string amount)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("letter", "t", $"is {text}");
        await memory.CreateAsync("amount", "t", $"is {amount}");
        Assert.Equal(["amount"], await memory.SearchAsync(question));
        Assert.Equal("amount", (await memory.SearchAsync(amount))[0]);
        Assert.Equal("letter", (await memory.SearchAsync(text))[0]);
    }

    [Theory]
    [InlineData("5k run", "ran 5 km: a good run", "paid 5,000")]
    [InlineData("4K monitor", "a monitor, 4 K wide", "4,000 EUR")]
    [InlineData("3m tall", "is 3 m tall", "budget of 3,000,000")]
    [InlineData("10m walk", "a walk of 10 metres", "costs $10 million")]
    [InlineData("who does the 10m walk", "walks 10 m a day", "10,000,000 inhabitants")]
    public async Task A_number_that_may_be_no_amount_does_not_bring_amounts_first(string question, string meant, string amount)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("amount", "t", amount);
        await memory.CreateAsync("meant", "t", meant);
        await memory.CreateAsync("none", "t", "is nothing");
        Assert.Equal("meant", (await memory.SearchAsync(question)).FirstOrDefault());
    }

    [Theory]
    [InlineData("3m downloads", "3,000,000")]
    [InlineData("3m downloads", "3000000")]
    [InlineData("3 million downloads", "3m")]
    [InlineData("revenue 2.5b", "2.5 billion")]
    [InlineData("a loan of 2 500 000 000", "2.5b")]
    [InlineData("$2b", "2,000,000,000")]
    [InlineData("80-85k", "85,000")]
    [InlineData("weighs 1.250 kg", "1250")]
    [InlineData("weighs 1.250 kg", "1.25")]
    [InlineData("weighs 1.25 kg", "1.250")]
    [InlineData("costs 12.5", "12,50")]
    [InlineData("costs 12.50", "12.5")]
    [InlineData("costs 1,250", "1.250")]
    [InlineData("costs 1250", "1.250")]
    public async Task A_number_that_may_be_an_amount_is_found_as_one(string text, string question)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("it", "t", text);
        await memory.CreateAsync("none", "t", "is nothing");
        Assert.Equal(["it"], await memory.SearchAsync(question));
        await memory.CreateAsync("exactly", "t", $"is {question}");
        Assert.Equal("exactly", (await memory.SearchAsync(question)).First());
    }

    [Fact]
    public async Task The_rest_of_a_question_is_found_behind_any_number_of_entities_that_hold_words_of_its_number()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 200)
                    .Select(i => new
                    {
                        name = $"note {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}",
                        entityType = "t",
                        observations = new[] { "11:30 or 10 past four" },
                    }),
            }
        );
        await memory.CreateAsync("dentist", "appointment", "at noon");
        Assert.Equal(["dentist"], await memory.SearchAsync("dentist 10:30"));
    }

    [Fact]
    public async Task A_word_that_stands_by_itself_beside_a_number_with_it_counts()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("run", "t", "a 5k race");
        Assert.Equal(["run"], await memory.SearchAsync("5k or 2.5k"));
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("1.")]
    [InlineData("12.11.2026 ")]
    [InlineData("")]
    public async Task A_question_of_very_many_numbers_is_answered_like_any_other(string number)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("it", "t", "costs 0.75 and 1.1.1.1");
        var question =
            number.Length > 0
                ? string.Concat(Enumerable.Repeat(number, 100_000))
                : string.Join(' ', Enumerable.Range(0, 50_000).Select(i => $"{i}.75"));
        Assert.False((await memory.CallAsync("search_nodes", new { query = question })).IsError);
    }
}
