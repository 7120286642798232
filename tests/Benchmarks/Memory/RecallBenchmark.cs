using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.Memory;

/// <summary>
/// How well a memory answers questions: three lives with questions as people and models ask them, each with the entities that
/// answer it. The questions marked held-out were written before the search was first run on them.
/// </summary>
public static class RecallBenchmark
{
    private static readonly (string Graph, string Questions)[] Sets =
    [
        ("family", "family.questions"),
        ("family", "family.held-out"),
        ("clinic", "clinic.held-out"),
        ("family", "family.later"),
        ("family", "family.later-held-out"),
        ("family", "family.unseen"),
        ("world", "world.unseen"),
        ("harbour", "harbour.questions"),
        ("harbour", "harbour.held-out"),
    ];

    public static async Task<int> RunAsync()
    {
        Console.WriteLine("| questions | server | hit@1 | hit@5 | MRR@10 | median hits | most hits | median ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (graph, questions) in Sets)
        {
            await MeasureAsync(graph, questions, "official", OfficialMemory.StartAsync);
            await MeasureAsync(graph, questions, "FTS5, words ORed, first 20", PlainFts5.StartAsync);
            await MeasureAsync(graph, questions, "ours", OurMemory.StartAsync);
        }

        return 0;
    }

    private static async Task MeasureAsync(string graph, string questions, string name, Func<string, Task<IMemoryServer>> start)
    {
        var folder = Directory.CreateTempSubdirectory("recall-benchmark-");
        try
        {
            await using var server = await start(folder.FullName);
            using var life = await ReadAsync(graph);
            await server.CallAsync("create_entities", $$"""{"entities":{{OneLine(life, "entities")}}}""");
            await server.CallAsync("create_relations", $$"""{"relations":{{OneLine(life, "relations")}}}""");
            using var asked = await ReadAsync(questions);
            var results = new List<(int Rank, int Hits, double Milliseconds)>();
            foreach (var question in asked.RootElement.EnumerateArray())
            {
                results.Add(await AskAsync(server, question));
                if (server is OurMemory && results[^1].Rank != 1)
                {
                    Console.Error.WriteLine($"{questions}, rank {results[^1].Rank} of {results[^1].Hits}: {question.GetProperty("query")}");
                }
            }

            Print(questions, name, results);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Rank, int Hits, double Milliseconds)> AskAsync(IMemoryServer server, JsonElement question)
    {
        var query = JsonSerializer.Serialize(new { query = question.GetProperty("query").GetString() });
        var started = Stopwatch.GetTimestamp();
        using var answer = JsonDocument.Parse(await server.CallAsync("search_nodes", query));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var found = answer
            .RootElement.GetProperty("result")
            .GetProperty("structuredContent")
            .GetProperty("entities")
            .EnumerateArray()
            .Select(e => e.GetProperty("name").GetString())
            .ToList();
        var expected = question.GetProperty("expected").EnumerateArray().Select(e => e.GetString()).ToHashSet();
        return (found.FindIndex(expected.Contains) + 1, found.Count, elapsed);
    }

    private static void Print(string questions, string name, List<(int Rank, int Hits, double Milliseconds)> results)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count(r => r.Rank == 1)} | {results.Count(r => r.Rank is >= 1 and <= 5)} of {results.Count} | "
                + $"{results.Sum(r => r.Rank is >= 1 and <= 10 ? 1.0 / r.Rank : 0) / results.Count:0.000} | "
                + $"{Median(results.Select(r => (double)r.Hits)):0.#} | {results.Max(r => r.Hits)} | {Median(results.Select(r => r.Milliseconds)):0.0}"
        );
        Console.WriteLine($"| {questions} | {name} | {figures} |");
    }

    /// <summary>Without line breaks, which end a message over stdio.</summary>
    private static string OneLine(JsonDocument document, string list) => JsonSerializer.Serialize(document.RootElement.GetProperty(list));

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static async Task<JsonDocument> ReadAsync(string name)
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "tests", "Benchmarks", "Memory", "Data", $"{name}.json"));
        return await JsonDocument.ParseAsync(file);
    }
}
