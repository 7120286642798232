using McpGateway.Testing;

namespace EndToEnd;

/// <summary>What follows from the file <c>services</c> alone stands in other files as <c>build/generate.sh</c> writes it.</summary>
public sealed class ServiceFileSpecs : IDisposable
{
    private static readonly string[] Written = ["docker/compose.local.yml", "docker/compose.postgres.yml", "azure.yaml"];
    private static readonly string[] Read =
    [
        "services",
        "build/services.sh",
        "build/generate.sh",
        "docker/compose.yml",
        "docs/operations.md",
    ];

    private readonly TemporaryFolder root = new();

    public ServiceFileSpecs()
    {
        foreach (var file in Written.Concat(Read))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root.At(file))!);
            File.Copy(Path.Combine(Repository.Root, file), root.At(file));
        }
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task They_are_up_to_date()
    {
        await GenerateAsync();
        Assert.All(Written, file => Assert.Equal(Repository.ReadText(file), File.ReadAllText(root.At(file))));
    }

    [Fact]
    public async Task A_service_that_is_added_is_in_each_of_them()
    {
        await File.AppendAllTextAsync(root.At("services"), "extra Extra 8099 EXTRA_TOKEN -\n", TestContext.Current.CancellationToken);
        await GenerateAsync();
        var (local, shared, azure) = (Text(Written[0]), Text(Written[1]), Text(Written[2]));
        Assert.Contains(",extra=http://localhost:8099}", local, StringComparison.Ordinal);
        Assert.Contains("PORT: \"8099\", EXTRA_TOKEN: \"${EXTRA_TOKEN:-}\"}", local, StringComparison.Ordinal);
        Assert.Contains("\n  extra-data:\n", local, StringComparison.Ordinal);
        Assert.Contains("STATE_FILE: /run/secrets/extra_database", shared, StringComparison.Ordinal);
        Assert.Contains("  extra:\n    project: functions/Extra\n", azure, StringComparison.Ordinal);

        string Text(string file) => File.ReadAllText(root.At(file));
    }

    private async Task GenerateAsync() =>
        (
            await RunningProcess.RunAsync("bash", [root.At("build/generate.sh")], cancellationToken: TestContext.Current.CancellationToken)
        ).Succeeded();
}
