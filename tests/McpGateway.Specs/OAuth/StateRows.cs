using Microsoft.Data.Sqlite;

namespace McpGateway.Specs.OAuth;

/// <summary>The state file of a gateway, looked at from outside.</summary>
internal static class StateRows
{
    public static async Task<IReadOnlyList<string>> ReadAsync(string folder, string sql)
    {
        await using var connection = await OpenAsync(folder);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of a spec.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public static Task RunAsync(string folder, string sql) => ReadAsync(folder, sql);

    private static async Task<SqliteConnection> OpenAsync(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "state.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
