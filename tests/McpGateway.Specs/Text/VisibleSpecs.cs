using McpGateway.Text;

namespace McpGateway.Specs.Text;

public sealed class VisibleSpecs
{
    [Theory]
    [InlineData("plain text, dévoilé 文字 🚀\n\tand lines", "plain text, dévoilé 文字 🚀\n\tand lines")]
    [InlineData("invoice\u202Efdp.exe", "invoice[U+202E]fdp.exe")]
    [InlineData("a\u200Bb\u3164c\u2800d", "a[U+200B]b[U+3164]c[U+2800]d")]
    [InlineData("\u0007\u001b[2J\u0000", "[U+0007][U+001B][2J[U+0000]")]
    [InlineData("\U000E0041tag", "[U+E0041]tag")]
    [InlineData("", "")]
    public void What_nobody_sees_is_written_as_its_code_point(string text, string shown) => Assert.Equal(shown, Visible.Of(text));
}
