using McpGateway.Testing;

namespace EndToEnd.Conformance;

public sealed class ConformanceSpecs(ConformanceRuns runs) : IClassFixture<ConformanceRuns>
{
    public const string WithHandshake = "2025-11-25";
    public const string WithoutHandshake = "2026-07-28";

    [Theory]
    [InlineData(WithHandshake, 30)]
    [InlineData(WithoutHandshake, 37)]
    public async Task Every_scenario_a_revision_requires_passes(string revision, int required) =>
        AssertAllPass(await runs.FixtureAsync(revision), required);

    [Theory]
    [InlineData(WithHandshake, 30)]
    [InlineData(WithoutHandshake, 37)]
    public async Task The_same_holds_behind_nginx_with_tls(string revision, int required) =>
        AssertAllPass(await runs.FixtureBehindNginxAsync(revision), required);

    [Theory]
    [MemberData(nameof(EveryService))]
    public async Task Every_service_passes_what_needs_no_fixture(string project, string revision)
    {
        var run = await runs.ServiceAsync(project, revision);
        foreach (var scenario in GenericScenarios.Of(revision))
        {
            var failures = run[scenario].Failures.Where(GenericScenarios.CanApply).ToList();
            Assert.True(failures.Count == 0, $"{scenario}: {string.Join('\n', failures)}");
            Assert.True(run[scenario].Passed > 0, $"{scenario} checked nothing");
        }
    }

    [Fact]
    public async Task The_committed_report_says_what_this_run_found()
    {
        var report = await new ConformanceReport(runs).WriteAsync();
        var found = Path.Combine(Repository.Root, "artifacts", "conformance.md");
        await File.WriteAllTextAsync(found, report, TestContext.Current.CancellationToken);
        var committed = Path.Combine(Repository.Root, "docs", "conformance.md");
        Assert.True(
            File.Exists(committed) && report == await File.ReadAllTextAsync(committed, TestContext.Current.CancellationToken),
            "docs/conformance.md is not what this run found. If the change is right: cp artifacts/conformance.md docs/conformance.md"
        );
    }

    public static TheoryData<string, string> EveryService()
    {
        var data = new TheoryData<string, string>();
        foreach (var project in GenericScenarios.Services)
        {
            data.Add(project, WithHandshake);
            data.Add(project, WithoutHandshake);
        }

        return data;
    }

    private static void AssertAllPass(SuiteRun run, int required)
    {
        Assert.Equal(required, run.Required.Count());
        Assert.All(
            run.Required,
            scenario => Assert.True(!scenario.Failures.Any(), $"{scenario.Name}: {string.Join('\n', scenario.Failures)}")
        );
        Assert.All(
            run.Required,
            scenario => Assert.True(!scenario.Warnings.Any(), $"{scenario.Name}: {string.Join('\n', scenario.Warnings)}")
        );
        run.Process.Succeeded();
    }
}
