using McpGateway.Tools.Answers;

namespace McpGateway.Specs.Tools;

/// <summary>A text that is cut where it stands in JSON stays a text: no half of an escape, no half of a character.</summary>
public sealed class EscapedTextSpecs
{
    [Theory]
    [InlineData(@"ab\uD83D\uDC4Dcd", 2, 2)]
    [InlineData(@"ab\uD83D\uDC4Dcd", 5, 2)]
    [InlineData(@"ab\uD83D\uDC4Dcd", 8, 2)]
    [InlineData(@"ab\uD83D\uDC4Dcd", 11, 2)]
    [InlineData(@"ab\uD83D\uDC4Dcd", 14, 14)]
    [InlineData(@"ab\ud83d\udc4dcd", 8, 2)]
    [InlineData(@"ab\\uD83D", 9, 9)]
    [InlineData(@"ab\u00e9cd", 6, 2)]
    [InlineData(@"ab\u00e9cd", 8, 8)]
    [InlineData(@"ab\ncd", 3, 2)]
    public void A_cut_goes_before_an_escape_and_before_both_halves_of_a_character(string escaped, int index, int expected) =>
        Assert.Equal(expected, JsonText.CutBefore(escaped, index));
}
