using McpGateway.Text;

namespace McpGateway.Specs.Text;

public sealed class CutSpecs
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly", 7, "exactly")]
    [InlineData("abcdef", 3, "abc…")]
    [InlineData("ab😀cd", 3, "ab…")]
    [InlineData("ab😀cd", 4, "ab😀…")]
    [InlineData("cafe\u0301 noir", 4, "caf…")]
    [InlineData("ok 👍🏽 then", 5, "ok …")]
    [InlineData("a👩‍👩‍👧b", 5, "a…")]
    [InlineData("a👩‍👩‍👧b", 9, "a👩‍👩‍👧…")]
    [InlineData("हिन्दी", 1, "…")]
    [InlineData("漢字かな", 2, "漢字…")]
    public void A_text_is_cut_between_two_characters_as_a_reader_sees_them(string text, int most, string expected) =>
        Assert.Equal(expected, Cut.To(text, most));

    [Fact]
    public void Marks_without_end_are_cut_all_the_same_but_never_within_a_pair()
    {
        Assert.Equal(200, Cut.Before(new string('\u0301', 500), 200));
        Assert.Equal(200, Cut.Before(string.Concat(Enumerable.Repeat("\U000E0100", 500)), 201));
    }
}
