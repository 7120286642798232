using McpGateway.Testing;

namespace McpGateway.Specs.Architecture;

/// <summary>
/// References point one way: between projects down the list of docs/architecture.md, between the folders of a project either way but never both.
/// </summary>
public sealed class RoomSpecs
{
    [Theory]
    [InlineData("McpGateway")]
    [InlineData("McpGateway.State", "McpGateway")]
    [InlineData("McpGateway.Tools", "McpGateway", "McpGateway.State")]
    [InlineData("McpGateway.Upstream", "McpGateway", "McpGateway.State", "McpGateway.Tools")]
    [InlineData("McpGateway.OAuth", "McpGateway", "McpGateway.State")]
    [InlineData("McpGateway.Console", "McpGateway", "McpGateway.State", "McpGateway.Tools", "McpGateway.OAuth")]
    // It has no API, and loads nothing that is for one.
    [InlineData("Memory", "McpGateway", "McpGateway.State", "McpGateway.Tools", "McpGateway.OAuth", "McpGateway.Console")]
    public void A_project_refers_only_to_those_below_it(string project, params string[] below)
    {
        using var rooms = new Rooms(project);
        Assert.Empty(rooms.Projects.Except(below));
    }

    [Fact]
    public void No_service_refers_to_another() =>
        Assert.All(
            Repository.Services,
            service =>
            {
                using var rooms = new Rooms(service.Project);
                Assert.Empty(rooms.Projects.Intersect(Repository.Services.Select(other => other.Project)));
            }
        );

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_folders_of_a_project_refer_to_each_other(string project)
    {
        using var rooms = new Rooms(project);
        var edges = rooms.Edges();
        Assert.Empty(
            edges
                .Keys.Where(edge => string.CompareOrdinal(edge.From, edge.To) < 0 && edges.ContainsKey((edge.To, edge.From)))
                .Select(edge => $"{edge.From} -> {edge.To} ({edges[edge]}) and back ({edges[(edge.To, edge.From)]})")
        );
    }

    public static TheoryData<string> Projects =>
        [
            "McpGateway",
            "McpGateway.State",
            "McpGateway.Tools",
            "McpGateway.Upstream",
            "McpGateway.OAuth",
            "McpGateway.Console",
            .. Repository.Services.Select(s => s.Project),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_type_lives_in_the_namespace_of_its_project(string project)
    {
        using var rooms = new Rooms(project);
        Assert.Empty(rooms.Homeless);
    }
}
