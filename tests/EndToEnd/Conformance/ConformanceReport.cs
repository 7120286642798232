using System.Globalization;
using System.Text;

namespace EndToEnd.Conformance;

/// <summary>docs/conformance.md: what the suite said, scenario by scenario.</summary>
internal sealed class ConformanceReport(ConformanceRuns runs)
{
    private static readonly string[] Revisions = [ConformanceSpecs.WithHandshake, ConformanceSpecs.WithoutHandshake];

    private readonly StringBuilder text = new();

    public async Task<string> WriteAsync()
    {
        text.Append(ConformanceReportText.Introduction);
        foreach (var revision in Revisions)
        {
            AppendSet(revision, await runs.FixtureAsync(revision), await runs.FixtureBehindNginxAsync(revision));
        }

        text.Append(ConformanceReportText.OtherMode);
        foreach (var revision in Revisions)
        {
            var sessions = ConformanceRuns.SessionsFor(revision) == "Hybrid" ? "Stateless" : "Hybrid";
            AppendFailures(revision, sessions, await runs.FixtureAsync(revision, sessions));
        }

        await AppendServicesAsync();
        return text.Append(ConformanceReportText.Limits).ToString();
    }

    private void AppendSet(string revision, SuiteRun direct, SuiteRun nginx)
    {
        var passed = direct.Required.Count(s => !s.Failures.Any());
        Append($"\n## {revision}: {passed} of {direct.Required.Count()} required scenarios pass\n\n");
        Append($"With `MCP_SESSIONS={ConformanceRuns.SessionsFor(revision)}`.\n\n| scenario | direct | nginx with TLS |\n|---|---|---|\n");
        foreach (var scenario in direct.Required)
        {
            Append($"| {scenario.Name} | {Result(scenario)} | {Result(nginx[scenario.Name])} |\n");
        }

        Append($"\nRun by the suite without counting:\n\n| scenario | why it does not count | direct |\n|---|---|---|\n");
        foreach (var scenario in direct.NotScored)
        {
            Append($"| {scenario.Name} | {scenario.NotScoredBecause} | {Result(scenario)} |\n");
        }
    }

    private void AppendFailures(string revision, string sessions, SuiteRun run)
    {
        var failed = run.Required.Where(s => s.Failures.Any()).ToList();
        Append($"\n{revision} with `MCP_SESSIONS={sessions}`: {run.Required.Count() - failed.Count} of {run.Required.Count()} pass.\n\n");
        foreach (
            var failure in failed.SelectMany(scenario =>
                scenario.Failures.Select(check => $"- {scenario.Name}, `{check.Id}`: {check.ErrorMessage}")
            )
        )
        {
            Append($"{failure}\n");
        }
    }

    private async Task AppendServicesAsync()
    {
        text.Append(ConformanceReportText.Services)
            .AppendJoin("", GenericScenarios.Services.Select(s => $" {s} |"))
            .Append("\n|---|---|")
            .Insert(text.Length, "---|", GenericScenarios.Services.Count)
            .Append('\n');
        foreach (var revision in Revisions)
        {
            var services = new List<SuiteRun>();
            foreach (var project in GenericScenarios.Services)
            {
                services.Add(await runs.ServiceAsync(project, revision));
            }

            foreach (var scenario in GenericScenarios.Of(revision))
            {
                Append($"| {revision} | {scenario} |");
                text.AppendJoin(
                        "",
                        services.Select(run => run[scenario].Failures.Any(GenericScenarios.CanApply) ? " **failed** |" : " passed |")
                    )
                    .Append('\n');
            }
        }
    }

    private static string Result(Scenario scenario) =>
        (scenario.Failures.Count(), scenario.Warnings.Count(), scenario.Passed) switch
        {
            (> 0 and var failed, _, var passed) => $"**{failed} of {failed + passed} checks failed**",
            (0, > 0 and var warnings, _) => $"passed; {warnings} recommendations not followed",
            (0, 0, 0) => "skipped by the suite",
            (_, _, var passed) => $"passed, {passed} checks",
        };

    private void Append(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}
