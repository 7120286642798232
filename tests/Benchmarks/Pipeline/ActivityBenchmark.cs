using System.Diagnostics;
using System.Globalization;
using System.Text;
using McpGateway;
using McpGateway.Auditing;
using McpGateway.Hosting;
using McpGateway.State;
using Microsoft.Extensions.DependencyInjection;
using Activity = McpGateway.State.Activity;

namespace Benchmarks.Pipeline;

/// <summary>What it costs to remember a million events, and to ask about them.</summary>
internal static class ActivityBenchmark
{
    private const int Events = 1_000_000;
    private const int Batch = 10_000;
    private const int Rounds = 20;

    private static readonly string[] Outcomes = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "error", "refused"];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("activity-benchmark-").FullName;
        try
        {
            Environment.SetEnvironmentVariable("DATA_PATH", folder);
            await using var app = GatewayHost.BuildKestrel(
                new GatewayService("activity-mcp", 0, "Activity", ""),
                gateway => gateway.AddState()
            );
            var activity = app.Services.GetRequiredService<Activity>();
            var note = app.Services.GetRequiredService<AuditReader>();
            var begin = TimeProvider.System.GetUtcNow().AddDays(-29.9);

            var used = Process.GetCurrentProcess().TotalProcessorTime;
            for (var first = 0; first < Events; first += Batch)
            {
                note(Lines(begin, first));
                await activity.FindAsync(new(), 1, null, CancellationToken.None);
            }

            var each = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMicroseconds / Events;
            var size = new FileInfo(Path.Combine(folder, "activity.db")).Length / 1e6;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{Events:N0} events: {each:0.0} µs of processor time each, {size:0} MB.")
            );
            Console.WriteLine("| question | median ms |");
            Console.WriteLine("|---|---|");
            var now = TimeProvider.System.GetUtcNow();
            await AskAsync("the newest 100", () => activity.FindAsync(new(), 100, null, default));
            await AskAsync("100 of a caller", () => activity.FindAsync(new() { Caller = "caller-3" }, 100, null, default));
            await AskAsync(
                "100 of a caller, a tool and an outcome",
                () =>
                    activity.FindAsync(
                        new()
                        {
                            Caller = "caller-3",
                            Name = "tool_7",
                            Outcome = "refused",
                        },
                        100,
                        null,
                        default
                    )
            );
            await AskAsync(
                "100 failures of a day three weeks ago",
                () =>
                    activity.FindAsync(
                        new()
                        {
                            Outcome = "error",
                            From = now.AddDays(-21),
                            Until = now.AddDays(-20),
                        },
                        100,
                        null,
                        default
                    )
            );
            await AskAsync("the overview of a day", () => activity.AddUpAsync(new() { From = now.AddDays(-1) }, default));
            await AskAsync("the overview of 30 days", () => activity.AddUpAsync(new() { From = now.AddDays(-30) }, default));
            await AskAsync(
                "30 days of a caller",
                () => activity.AddUpAsync(new() { Caller = "caller-3", From = now.AddDays(-30) }, default)
            );
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AskAsync(string question, Func<Task> ask)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {question} | {times[Rounds / 2]:0.0} |"));
    }

    // Ten callers, twenty tools, spread over 30 days.
    private static byte[] Lines(DateTimeOffset begin, int first)
    {
        var lines = new StringBuilder();
        for (var i = first; i < first + Batch; i++)
        {
            var at = begin.AddMilliseconds(i * (29.9 * 86_400_000 / Events));
            lines.Append(
                CultureInfo.InvariantCulture,
                $$"""{"time":"{{at:O}}","service":"s","event":"tool_call","caller":"caller-{{i % 10}}","tool":"tool_{{i * 7 % 20}}","outcome":"{{Outcomes[i * 13 % 97 % 10]}}","ms":{{i % 300}}.5,"bytes":{{i % 9000}},"tokens":{{i % 2000}},"trace":null}"""
            );
            lines.Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
