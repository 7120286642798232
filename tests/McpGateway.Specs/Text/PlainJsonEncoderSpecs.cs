using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Specs.Text;

/// <summary>What JSON demands is escaped, what is not Unicode is replaced, and nothing else changes.</summary>
public sealed class PlainJsonEncoderSpecs
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    // The halves of a surrogate pair, which an attribute cannot hold, are written { and }.
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("say \"hi\" \\ <b>&'+`", "say \\\"hi\\\" \\\\ <b>&'+`")]
    [InlineData("\b\t\n\f\r\u0001\u001f", "\\b\\t\\n\\f\\r\\u0001\\u001f")]
    [InlineData("é ж 漢 \u2028 \u007f 😀 👩‍👩‍👧", "é ж 漢 \u2028 \u007f 😀 👩‍👩‍👧")]
    [InlineData("a{", "a\uFFFD")]
    [InlineData("a{b", "a\uFFFDb")]
    [InlineData("}b", "\uFFFDb")]
    [InlineData("a}{b", "a\uFFFD\uFFFDb")]
    [InlineData("{{}}", "\uFFFD😀\uFFFD")]
    [InlineData("😀{\"x\"…", "😀\uFFFD\\\"x\\\"…")]
    public void A_text_is_escaped_no_more_than_json_demands_and_nothing_is_lost(string text, string expected)
    {
        text = text.Replace('{', '\uD83D').Replace('}', '\uDE00');
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(text, Plain));
        Assert.Equal($"{{\"{expected}\":1}}", JsonSerializer.Serialize(new Dictionary<string, int> { [text] = 1 }, Plain));
        Assert.Equal(expected, PlainJsonEncoder.Instance.Encode(text));
    }

    [Fact]
    public void A_half_character_anywhere_in_a_long_text_costs_itself_alone()
    {
        foreach (var before in (int[])[0, 1, 1022, 1023, 1024, 1025, 2047, 2048, 5000])
        {
            foreach (var half in (string[])["\uD83D", "\uDE00", "\uDE00\uD83D"])
            {
                foreach (var filler in (string[])["x", "漢", "\"", "😀"])
                {
                    var start = string.Concat(Enumerable.Repeat(filler, before));
                    var read = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(start + half + "tail \"😀\"", Plain));
                    Assert.Equal(start + new string('\uFFFD', half.Length) + "tail \"😀\"", read);
                }
            }
        }
    }

    [Theory]
    [InlineData("61 62", "ab")]
    [InlineData("61 22 62", "a\\\"b")]
    [InlineData("F0 9F 98 80 0A", "😀\\n")]
    [InlineData("61 80 62", "a\uFFFDb")]
    [InlineData("61 C3", "a\uFFFD")]
    [InlineData("61 C3 22", "a\uFFFD\\\"")]
    [InlineData("61 F0 9F 98 62 63", "a\uFFFDbc")]
    [InlineData("C0 AF 7A", "\uFFFD\uFFFDz")]
    [InlineData("ED A0 BD 7A", "\uFFFD\uFFFD\uFFFDz")]
    [InlineData("F4 90 80 80 7A", "\uFFFD\uFFFD\uFFFD\uFFFDz")]
    [InlineData("E6 BC A2 FF E6 BC A2", "漢\uFFFD漢")]
    public void Broken_utf8_becomes_u_fffd_and_what_follows_stays(string hex, string expected)
    {
        var utf8 = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var target = new byte[100];
        Assert.Equal(
            System.Buffers.OperationStatus.Done,
            PlainJsonEncoder.Instance.EncodeUtf8(utf8, target, out var consumed, out var written)
        );
        Assert.Equal(utf8.Length, consumed);
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, written));
    }

    [Fact]
    public void What_does_not_fit_is_written_in_parts()
    {
        var text = string.Concat(Enumerable.Repeat("line \"é\" 漢 😀\n\\", 60)) + new string('x', 2_000) + "\u0001";
        var whole = PlainJsonEncoder.Instance.Encode(text);
        foreach (var room in (int[])[12, 13, 100, 1_500])
        {
            var parts = new StringBuilder();
            var part = new char[room];
            for (var rest = text.AsSpan(); rest.Length > 0; )
            {
                PlainJsonEncoder.Instance.Encode(rest, part, out var consumed, out var written);
                Assert.True(consumed > 0);
                parts.Append(part.AsSpan(0, written));
                rest = rest[consumed..];
            }

            var utf8Parts = new List<byte>();
            var utf8Part = new byte[room];
            for (var rest = Encoding.UTF8.GetBytes(text).AsSpan(); rest.Length > 0; )
            {
                PlainJsonEncoder.Instance.EncodeUtf8(rest, utf8Part, out var consumed, out var written);
                Assert.True(consumed > 0);
                utf8Parts.AddRange(utf8Part.AsSpan(0, written));
                rest = rest[consumed..];
            }

            Assert.Equal(whole, parts.ToString());
            Assert.Equal(whole, Encoding.UTF8.GetString([.. utf8Parts]));
        }
    }

    [Fact]
    public void Whatever_is_written_reads_back_as_it_was_with_each_half_replaced()
    {
        var random = new Random(20261128);
        char[] alphabet = ['a', '"', '\\', '\n', '\u0000', 'é', '漢', '\uD83D', '\uDE00', '\uDBFF', '\uDC00', '\uFFFD', '\uFFFF', '\u2029'];
        for (var round = 0; round < 3_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(expected, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text, Plain)));
            Assert.Equal(expected, JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(text, Plain)));
            Assert.Equal(JavaScriptEncoder.Default.Encode(text).Contains("\\uFFFD", StringComparison.Ordinal), expected.Contains('\uFFFD'));
        }
    }
}
