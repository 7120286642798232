using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Tools.Answers;

namespace McpGateway.Specs.Answers;

/// <summary>A text that is written piece by piece reads as one that is written at once, wherever a piece ends.</summary>
public sealed class LongTextSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("\n\"\\")]
    [InlineData("👩‍👩‍👧智é")]
    [InlineData("\ud83d")]
    [InlineData("\udc69\ud83d")]
    public void It_is_the_same_json(string odd)
    {
        foreach (var before in (int[])[0, 65_533, 65_534, 65_535, 65_536, 131_071, 131_072])
        {
            var text = new string('a', before) + odd + new string('\n', before == 0 ? 0 : 70_000) + odd;
            Assert.Equal(
                JsonSerializer.Serialize(new { Text = text }, ToolJson.Readable),
                JsonSerializer.Serialize(new Holder(text), ToolJson.Readable)
            );
        }
    }

    private sealed record Holder([property: JsonConverter(typeof(LongTextConverter))] string Text);
}
