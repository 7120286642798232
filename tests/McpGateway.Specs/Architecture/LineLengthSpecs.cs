using McpGateway.Testing;

namespace McpGateway.Specs.Architecture;

/// <summary>
/// The formatter breaks code at 140 columns and leaves strings and comments to their writers: they end at 160. A raw string is exempt, for it
/// goes out as it stands: JSON, pages, prompts, lists of words.
/// </summary>
public sealed class LineLengthSpecs
{
    private const int Longest = 160;
    private const string RawQuote = "\"\"\"";

    [Fact]
    public void No_line_of_code_is_longer_than_160_columns() =>
        Assert.Empty(
            new[] { "functions", "shared", "tests" }
                .SelectMany(folder => FilesIn(Path.Combine(Repository.Root, folder)))
                .SelectMany(file => TooLong(File.ReadLines(file)).Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line}"))
        );

    [Theory]
    [InlineData("", false)]
    [InlineData("    // ", true)]
    [InlineData("var json = \"\"\"{}\"\"\"; // ", false)]
    public void Raw_strings_alone_are_exempt(string beginning, bool isTooLong)
    {
        var line = beginning.PadRight(Longest + (beginning.Length > 0 ? 1 : 0), 'x');
        Assert.Equal(isTooLong ? [1] : [], TooLong([line]));
    }

    [Fact]
    public void A_raw_string_of_several_lines_ends_with_its_quotes()
    {
        var line = new string('x', Longest + 1);
        Assert.Equal([4], TooLong([$"var page = {RawQuote}", line, $"    {RawQuote};", line]));
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs")
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) != "node_modules").SelectMany(FilesIn));

    private static IEnumerable<int> TooLong(IEnumerable<string> lines)
    {
        var isRaw = false;
        foreach (var (index, line) in lines.Index())
        {
            var quotes = line.Split(RawQuote).Length - 1;
            if (line.Length > Longest && !isRaw && quotes == 0)
            {
                yield return index + 1;
            }

            isRaw ^= quotes % 2 == 1;
        }
    }
}
