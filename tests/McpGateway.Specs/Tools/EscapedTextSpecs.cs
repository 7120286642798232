using System.Text.Encodings.Web;
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

    [Fact]
    public void What_is_unescaped_is_what_was_written()
    {
        var random = new Random(20_261_129);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([
                .. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0xD800)),
            ]);
            foreach (var encoder in (JavaScriptEncoder[])[JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping])
            {
                Assert.Equal(text, JsonText.Unescape(encoder.Encode(text)));
            }
        }

        Assert.Equal(@"/\ud83d", JsonText.Unescape(@"\/\\ud83d"));
        Assert.Throws<FormatException>(() => JsonText.Unescape(@"a\x"));
        Assert.Throws<FormatException>(() => JsonText.Unescape(@"a\u12"));
    }
}
