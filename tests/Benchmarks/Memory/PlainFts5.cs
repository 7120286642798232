using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Memory;

/// <summary>What SQLite finds by itself: one FTS5 document for each entity, the words of a question ORed, ordered by bm25.</summary>
internal sealed class PlainFts5 : IMemoryServer
{
    private const int MostFound = 20;

    private readonly SqliteConnection connection = new("Data Source=:memory:");

    private PlainFts5() { }

    public int ProcessId => Environment.ProcessId;

    public static async Task<IMemoryServer> StartAsync(string folder)
    {
        var server = new PlainFts5();
        await server.connection.OpenAsync();
        await server.RunAsync("CREATE VIRTUAL TABLE entity USING fts5(name, text, tokenize='porter unicode61 remove_diacritics 2')");
        return server;
    }

    public Task<string> CallAsync(string tool, string arguments) =>
        tool switch
        {
            "create_entities" => CreateAsync(JsonNode.Parse(arguments)!["entities"]!.AsArray()),
            "search_nodes" => SearchAsync((string)JsonNode.Parse(arguments)!["query"]!),
            _ => Task.FromResult("""{"result":{}}"""),
        };

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<string> CreateAsync(JsonArray entities)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var entity in entities)
        {
            var text = string.Join('\n', entity!["observations"]!.AsArray().Select(o => (string)o!));
            await RunAsync(
                "INSERT INTO entity (name, text) VALUES ($1, $2)",
                (string)entity["name"]!,
                $"{entity["name"]}\n{entity["entityType"]}\n{text}"
            );
        }

        await transaction.CommitAsync();
        return """{"result":{}}""";
    }

    private async Task<string> SearchAsync(string query)
    {
        var words = query.Split([' ', '?', '!', '.', ',', '\'', '"', '-', ':', '/', '？'], StringSplitOptions.RemoveEmptyEntries);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM entity WHERE entity MATCH $1 ORDER BY bm25(entity) LIMIT $2";
        command.Parameters.AddWithValue("$1", string.Join(" OR ", words.Select(w => $"\"{w}\"")));
        command.Parameters.AddWithValue("$2", MostFound);
        var found = new List<object>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(new { name = rows.GetString(0) });
        }

        return JsonSerializer.Serialize(new { result = new { structuredContent = new { entities = found } } });
    }

    private async Task RunAsync(string sql, params string[] values)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        await command.ExecuteNonQueryAsync();
    }
}
