using System.Text.RegularExpressions;
using System.Xml.Linq;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>The version stands in Directory.Build.props; what cannot read it there agrees with it.</summary>
public sealed partial class VersionSpecs
{
    private static Version Version =>
        Version.Parse(XDocument.Load(PathOf("Directory.Build.props")).Descendants("VersionPrefix").Single().Value);

    [Fact]
    public void The_example_of_the_deployment_settings_names_images_of_this_version() =>
        Assert.Contains($"GATEWAY_VERSION={Version}", File.ReadLines(PathOf("docker/.env.example")));

    [Fact]
    public void The_changelog_begins_with_what_is_unreleased_and_lists_releases_from_new_to_old()
    {
        var sections = File.ReadLines(PathOf("CHANGELOG.md")).Select(line => Section().Match(line)).Where(m => m.Success).ToList();
        Assert.Equal("Unreleased", sections[0].Groups["name"].Value);
        var released = sections.Skip(1).Select(m => Version.Parse(m.Groups["name"].Value)).ToList();
        Assert.NotEmpty(released);
        Assert.Equal(released.OrderDescending().Distinct(), released);
        Assert.True(released[0] <= Version, $"CHANGELOG.md has {released[0]}, which is later than {Version}.");
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, file);

    [GeneratedRegex(@"^## \[(?<name>[^\]]+)\]")]
    private static partial Regex Section();
}
