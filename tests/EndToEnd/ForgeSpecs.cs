using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>What a public forge reads: workflows, dependency updates, forms. GitHub's own parser judges the workflows.</summary>
public sealed partial class ForgeSpecs
{
    [Fact]
    public async Task Every_file_is_read_without_an_error()
    {
        var files = await ReadAsync();
        Assert.Contains(Path.Combine("workflows", "build.yml"), files.Keys);
        Assert.Empty(files.SelectMany(f => f.Value.GetProperty("errors").EnumerateArray().Select(error => $"{f.Key}: {error}")));
    }

    [Fact]
    public async Task Actions_are_pinned_to_a_commit_with_its_version_beside_it()
    {
        var lines = (await ReadAsync())
            .Keys.SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, ".github", file)))
            .Where(line => line.Contains("uses:", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public async Task An_image_is_made_of_every_service()
    {
        var services = Directory.GetFiles(Path.Combine(Repository.Root, "functions"), "*.csproj", SearchOption.AllDirectories);
        var projects = services.Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(projects, Repository.Services.Select(service => service.Project).Order(StringComparer.Ordinal));

        // The workflow reads the same list: the names from its first column, the projects from its second.
        var jobs = (await ReadAsync())[Path.Combine("workflows", "images.yml")].GetProperty("document").GetProperty("jobs");
        var script = jobs.GetProperty("version").GetProperty("steps")[1].GetProperty("run").GetString();
        Assert.Contains("echo \"projects=$(column 2)\"", script, StringComparison.Ordinal);
        Assert.Contains("echo \"names=$(column 1)\"", script, StringComparison.Ordinal);
        Assert.Equal("${{ fromJSON(needs.version.outputs.projects) }}", ServicesOf(jobs.GetProperty("build")));
        Assert.Equal("${{ fromJSON(needs.version.outputs.names) }}", ServicesOf(jobs.GetProperty("publish")));
    }

    [Fact]
    public async Task Dependency_updates_look_into_every_folder_of_npm_packages_and_into_folders_that_exist()
    {
        var updates = (await ReadAsync())["dependabot.yml"].GetProperty("document").GetProperty("updates").EnumerateArray().ToList();
        Assert.Superset(
            new HashSet<string?> { "nuget", "npm", "github-actions", "docker" },
            updates.Select(update => update.GetProperty("package-ecosystem").GetString()).ToHashSet()
        );
        Assert.All(
            updates,
            update => Assert.True(Directory.Exists(Path.Join(Repository.Root, update.GetProperty("directory").GetString())))
        );
        var tracked = await RunningProcess.RunAsync(
            "git",
            ["-C", Repository.Root, "ls-files", "*package-lock.json"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(
            tracked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => "/" + Path.GetDirectoryName(file)).Order(),
            updates
                .Where(update => update.GetProperty("package-ecosystem").GetString() == "npm")
                .Select(update => update.GetProperty("directory").GetString())
                .Order()
        );
    }

    private static string? ServicesOf(JsonElement job) =>
        job.GetProperty("strategy").GetProperty("matrix").GetProperty("service").GetString();

    private static async Task<Dictionary<string, JsonElement>> ReadAsync()
    {
        var run = await NodeProgram.RunClientAsync("forge.mjs", [Repository.Root], "", TestContext.Current.CancellationToken);
        using var files = JsonDocument.Parse(run.Succeeded());
        return files.RootElement.EnumerateArray().ToDictionary(f => f.GetProperty("file").GetString()!, f => f.Clone());
    }

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
