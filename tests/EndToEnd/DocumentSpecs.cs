using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>Links between the documents lead somewhere.</summary>
public sealed partial class DocumentSpecs
{
    private static readonly string[] Documents =
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Every_link_to_a_file_or_heading_finds_it()
    {
        var links = Documents.SelectMany(document => LinksOf(document).Select(link => (Document: document, Link: link))).ToList();
        Assert.True(links.Count > 40);
        Assert.Empty(links.Where(l => !Leads(l.Document, l.Link)).Select(l => $"{Path.GetFileName(l.Document)}: {l.Link}"));
    }

    [Fact]
    public void Every_spec_that_the_list_of_threats_names_is_there()
    {
        var sources = Directory
            .GetFiles(Path.Combine(Repository.Root, "tests"), "*Specs.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();
        var named = Spec()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "threats.md")))
            .Select(spec => spec.Groups["name"].Value)
            .Distinct()
            .ToList();
        Assert.True(named.Count > 80, $"{named.Count} specs are named.");
        Assert.DoesNotContain(named, name => !sources.Exists(source => source.Contains($" {name}(", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> LinksOf(string document) =>
        Link().Matches(File.ReadAllText(document)).Select(link => link.Groups["target"].Value).Where(target => !target.Contains(':'));

    private static bool Leads(string document, string link)
    {
        var (file, anchor) = link.Split('#') is [var path, var heading] ? (path, heading) : (link, null);
        var target = file.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, file);
        return (File.Exists(target) || Directory.Exists(target))
            && (anchor is null || File.ReadLines(target).Any(line => line.StartsWith('#') && AnchorOf(line) == anchor));
    }

    // As GitHub makes them: lower case, spaces to dashes, punctuation left out.
    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*_\w*[a-z]\w*)`")]
    private static partial Regex Spec();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
