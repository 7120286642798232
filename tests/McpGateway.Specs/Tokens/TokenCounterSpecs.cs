using McpGateway.Testing;
using McpGateway.Tools.Tokens;
using Microsoft.ML.Tokenizers;

namespace McpGateway.Specs.Tokens;

/// <summary>The estimate is never below what the tokenizer counts, and for what people write not far above.</summary>
public sealed class TokenCounterSpecs
{
    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");

    /// <summary>What people, programs and tests write: a name, and a text of it.</summary>
    public static TheoryData<string> Kinds => [.. SampleTexts.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_every_kind_of_text_there_are_no_more_tokens_than_estimated(string kind)
    {
        var text = SampleTexts.All[kind](20_000);
        var counted = Tokenizer.CountTokens(text);
        Assert.InRange(TokenCounter.Count(text), counted, SampleTexts.IsOfPeople(kind) ? counted * 5 / 2 : int.MaxValue);
    }

    [Fact]
    public void Every_script_is_estimated_high_enough_in_the_order_of_its_code_points_and_in_none()
    {
        var random = new Random(1);
        for (var block = 0; block < 0x2200; block++)
        {
            var characters = Enumerable
                .Range(block * 128, 128)
                .Where(c => c is < 0xD800 or >= 0xE000)
                .Select(char.ConvertFromUtf32)
                .ToArray();
            if (characters.Length == 0 || (block > 0x500 && block % 16 != 0))
            {
                continue;
            }

            var inOrder = string.Concat(Enumerable.Repeat(string.Concat(characters), 3));
            random.Shuffle(characters);
            var shuffled = string.Concat(characters);
            Assert.True(TokenCounter.Count(inOrder) >= Tokenizer.CountTokens(inOrder), $"U+{block * 128:X} in order");
            Assert.True(TokenCounter.Count(shuffled) >= Tokenizer.CountTokens(shuffled), $"U+{block * 128:X} shuffled");
        }
    }

    [Fact]
    public void A_beginning_has_no_more_tokens_than_were_asked_for_and_goes_on_where_it_ended()
    {
        var text = SampleTexts.All["markdown"](20_000);
        var counter = new TokenCounter();
        var length = counter.AddUpTo(text, 500);
        Assert.InRange(Tokenizer.CountTokens(text[..length]), 250, 500);
        counter.Add(text.AsSpan(length));
        Assert.Equal(TokenCounter.Count(text), counter.Tokens);
    }
}
