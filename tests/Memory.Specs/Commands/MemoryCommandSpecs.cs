using System.Buffers.Binary;
using System.Globalization;
using McpGateway.Testing;
using Microsoft.Data.Sqlite;

namespace Memory.Specs.Commands;

/// <summary>What an operator does on the machine, beside the running service.</summary>
public sealed class MemoryCommandSpecs : IDisposable
{
    private readonly string folder = TemporaryFolder.Create("memory-commands-").FullName;

    private string Database => Path.Combine(folder, "memory.db");

    [Fact]
    public async Task A_memory_goes_out_to_a_file_and_into_a_namespace_while_the_service_runs()
    {
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        await memory.CreateAsync("Anna", "person", "likes Tea");
        await memory.CreateAsync("Acme", "company");
        await memory.RelateAsync("Anna", "Acme", "works_at");
        var file = Path.Combine(folder, "out.jsonl.gz");
        Assert.Equal((0, $"3 lines in {file}"), await RunAsync("export", file));
        Assert.Equal(
            (
                0,
                "2 entities created, 0 joined with existing ones, 1 observations and 1 relations added, 0 problems; a dry run: nothing was stored"
            ),
            await RunAsync("import", file, "--namespace", "copy", "--dry-run")
        );
        Assert.Empty((await memory.In("copy").CallAsync("read_graph", "{}")).Names);
        Assert.Equal(0, (await RunAsync("import", file, "--namespace=copy")).ExitCode);
        Assert.Equal(["Anna"], await memory.In("copy").SearchAsync("tea"));
        var check = await RunAsync("check");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("namespace copy: 2 entities, 1 observations, 1 relations", check.Text, StringComparison.Ordinal);
        Assert.EndsWith("no damage; the search copy is right", check.Text, StringComparison.Ordinal);
        Assert.Equal(
            (0, """{"type":"entity","name":"Anna","entityType":"person","observations":["likes Tea"]}"""),
            (await RunAsync("export", "--official")) is var (code, text) ? (code, text.Split('\n')[0]) : default
        );
    }

    [Theory]
    [InlineData("DELETE FROM posting WHERE term = (SELECT id FROM term WHERE text = 'tea')")]
    [InlineData("UPDATE posting SET entities = x'07' WHERE term = (SELECT id FROM term WHERE text = 'tea')")]
    [InlineData("UPDATE vocabulary SET terms = cast(char(10) || 'coffee' || char(10) AS BLOB)")]
    [Trait("store", "own")]
    public async Task A_search_copy_that_is_wrong_is_found_and_built_anew(string damage)
    {
        await FillAsync();
        Execute(damage);
        var check = await RunAsync("check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("the search copy of default does not say what the memory does: 'rebuild'", check.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("rebuild")).ExitCode);
        Assert.Equal(0, (await RunAsync("check")).ExitCode);
    }

    [Fact]
    [Trait("store", "own")]
    public async Task A_search_copy_that_is_wrong_is_built_anew_at_start()
    {
        await FillAsync();
        Execute("DELETE FROM posting");
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        Assert.Equal("Entity 7", (await memory.SearchAsync("fact 7"))[0]);
        Assert.Contains(memory.Gateway.Logs.Lines, line => line.Contains("does not say what the memory does", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("observation")]
    [InlineData("entity")]
    [InlineData("relation")]
    [Trait("store", "own")]
    public async Task What_is_lost_of_a_damaged_file_is_taken_from_the_change_log_and_comes_in_again(string table)
    {
        await FillAsync();
        await ChangeAsync();
        await DamageAsync(table);
        Assert.Equal(1, (await RunAsync("check")).ExitCode);
        var (text, lines) = await SaveAsync();
        Assert.Contains("The file is damaged", text, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be read", text, StringComparison.Ordinal);
        Assert.DoesNotContain("may be missing", text, StringComparison.Ordinal);
        Assert.Equal(599, lines.Count(line => line.StartsWith("{\"type\":\"entity\"", StringComparison.Ordinal)));
        Assert.Equal(299, lines.Count(line => line.StartsWith("{\"type\":\"relation\"", StringComparison.Ordinal)));
        Assert.Equal(598, lines.Count(line => line.Contains("likes tea", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("\"Entity one\",\"entityType\":\"first\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"validUntil\":[null,\"2999-01-31\"]", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("Entity 4\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("observation", "some facts could not be read")]
    [InlineData("entity", "its type could not be read")]
    [InlineData("relation", "")]
    [Trait("store", "own")]
    public async Task Where_the_change_log_is_damaged_as_well_what_may_be_missing_is_told(string table, string told)
    {
        await FillAsync();
        await DamageAsync(table);
        Execute("DELETE FROM log WHERE seq = 7");
        var (text, lines) = await SaveAsync();
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Contains(
            "The change log cannot be read as a whole: what is missing altogether is not known",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(600, lines.Count(line => line.StartsWith("{\"type\":\"entity\"", StringComparison.Ordinal)));
        Assert.Equal(300, lines.Count(line => line.StartsWith("{\"type\":\"relation\"", StringComparison.Ordinal)));
        Assert.InRange(lines.Count(line => line.Contains("likes tea", StringComparison.Ordinal)), table == "observation" ? 400 : 600, 600);
    }

    [Theory]
    [InlineData("entity", "entity_name", "\"name\":\"Entity 599\"")]
    [InlineData("relation", "relation_triple", "\"from\":\"Entity 299\"")]
    [Trait("store", "own")]
    public async Task What_was_deleted_does_not_come_back_by_an_index_that_still_has_it(string table, string index, string deleted)
    {
        await FillAsync();
        // As in a file of which some pages are older than others.
        Execute(
            $"PRAGMA writable_schema=1; CREATE TABLE aside AS SELECT * FROM sqlite_master WHERE name='{index}'; DELETE FROM sqlite_master WHERE name='{index}'"
        );
        Execute($"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})");
        Execute("PRAGMA writable_schema=1; INSERT INTO sqlite_master SELECT * FROM aside");
        Execute("DROP TABLE aside; DELETE FROM log");
        await DamageAsync(table);
        var (_, lines) = await SaveAsync();
        Assert.DoesNotContain(
            lines,
            line => line.StartsWith($"{{\"type\":\"{table}\"", StringComparison.Ordinal) && line.Contains(deleted, StringComparison.Ordinal)
        );
        Assert.Equal(table == "entity" ? 599 : 600, lines.Count(line => line.StartsWith("{\"type\":\"entity\"", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("store", "own")]
    public async Task What_is_stored_in_a_damaged_file_although_it_was_deleted_is_told()
    {
        await FillAsync();
        await ChangeAsync();
        await DamageAsync("relation");
        Execute(
            "INSERT INTO observation SELECT namespace, id + 1, 'likes mice', created, until FROM observation WHERE text LIKE 'fact 599 %'"
        );
        var (text, lines) = await SaveAsync();
        Assert.Contains(
            "1 item: Entity 599: likes mice. Each was deleted by the change log, and was exported",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(lines, line => line.Contains("likes mice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dash_stands_for_standard_output()
    {
        await FillAsync(entities: 1);
        var (code, text) = await RunAsync("export", "-");
        Assert.Equal(0, code);
        Assert.StartsWith("{\"type\":\"entity\"", text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "-")));
    }

    [Theory]
    [InlineData("memory-mcp import: give the one file to import", "import")]
    [InlineData("memory-mcp import: 'none.jsonl' cannot be read", "import", "none.jsonl")]
    [InlineData("memory-mcp export: unknown option '--pretty'", "export", "--pretty")]
    [InlineData("memory-mcp export: --namespace lacks its value", "export", "--namespace")]
    [InlineData("memory-mcp export: The namespace 'a b' has no usable name", "export", "--namespace", "a b")]
    public async Task A_command_that_cannot_be_meant_says_why(string words, params string[] arguments)
    {
        await FillAsync(entities: 1);
        var (code, text) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.StartsWith(words, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no memory file '{0}/memory.db': check DATA_PATH", "check")]
    [InlineData("there is no memory file '{0}/memory.db': check DATA_PATH", "rebuild")]
    [InlineData("there is no memory file '{0}/memory.db': check DATA_PATH", "export")]
    [InlineData("there is no memory file '{0}/memory.db': check DATA_PATH", "export", "out.jsonl")]
    [InlineData("there is no memory file '{0}/memory.db': check DATA_PATH", "move", "--to", "to/memory.db")]
    [InlineData("/from.db': check --from", "move", "--from", "from.db")]
    [InlineData("'none.jsonl' cannot be read", "import", "none.jsonl")]
    [InlineData("there is no state file '{0}/state.db', and so nothing that was made here: check DATA_PATH", "token", "list")]
    [InlineData("there is no state file '{0}/state.db', and so nothing that was made here: check DATA_PATH", "token", "end", "n8n")]
    [InlineData("there is no state file '{0}/state.db', and so nothing that was made here: check DATA_PATH", "client", "list")]
    [Trait("store", "own")]
    public async Task Where_there_is_nothing_a_command_makes_nothing(string words, params string[] arguments)
    {
        foreach (var data in new[] { folder, Path.Combine(folder, "elsewhere") })
        {
            var (code, text) = await RunAsync(arguments, data);
            Assert.Equal(1, code);
            Assert.Contains(string.Format(CultureInfo.InvariantCulture, words, data), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder), made => Path.GetFileName(made) != "audit.jsonl");
        }
    }

    [Fact]
    [Trait("store", "own")]
    public async Task An_import_makes_the_folder_and_the_memory()
    {
        var file = Path.Combine(folder, "in.jsonl");
        await File.WriteAllTextAsync(
            file,
            """{"type":"entity","name":"Anna","entityType":"person","observations":[]}""",
            TestContext.Current.CancellationToken
        );
        var data = Path.Combine(folder, "new", "data");
        Assert.Equal(0, (await RunAsync(["import", file], data)).ExitCode);
        Assert.Contains("namespace default: 1 entities", (await RunAsync(["check"], data)).Text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string FactOf(int entity) => $"fact {entity} likes tea {new string('x', 60)}";

    private async Task FillAsync(int entities = 600)
    {
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, entities)
                    .Select(i => new
                    {
                        name = $"Entity {i}",
                        entityType = "t",
                        observations = new[] { FactOf(i) },
                    }),
            }
        );
        await memory.CallAsync(
            "create_relations",
            new
            {
                relations = Enumerable
                    .Range(0, entities / 2)
                    .Select(i => new
                    {
                        from = $"Entity {i}",
                        to = $"Entity {i + 1}",
                        relationType = "precedes",
                    }),
            }
        );
    }

    /// <summary>Changes of every kind, which the log alone tells where the tables are damaged.</summary>
    private async Task ChangeAsync()
    {
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        foreach (
            var (tool, arguments) in ((string, string)[])
                [
                    ("rename_entity", """{"from":"Entity 1","to":"Entity one"}"""),
                    ("set_entity_type", """{"entityName":"Entity one","entityType":"first"}"""),
                    (
                        "delete_observations",
                        """{"deletions":[{"entityName":"Entity 2","observations":["FACT"]}]}""".Replace(
                            "FACT",
                            FactOf(2),
                            StringComparison.Ordinal
                        )
                    ),
                    ("merge_entities", """{"from":["Entity 4"],"into":"Entity 5"}"""),
                    ("add_observations", """{"observations":[{"entityName":"Entity 3","contents":["soon"],"validUntil":"2999-01-31"}]}"""),
                    ("add_observations", """{"observations":[{"entityName":"Entity 3","contents":["soon"],"validUntil":"2999-01-31"}]}"""),
                ]
        )
        {
            Assert.False((await memory.CallAsync(tool, arguments)).IsError);
        }
    }

    /// <summary>What an export of the damaged file says, and what of it comes in elsewhere.</summary>
    private async Task<(string Text, string[] Lines)> SaveAsync()
    {
        var saved = Path.Combine(folder, "saved.jsonl");
        var export = await RunAsync("export", saved);
        Assert.Equal(1, export.ExitCode);
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", Path.Combine(folder, "new")), ("MEMORY_IMPORT", saved));
        var lines = await memory.Gateway.Http.GetStringAsync(new Uri("/export", UriKind.Relative), TestContext.Current.CancellationToken);
        return (export.Text, lines.Split('\n'));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Overwrites a leaf of a table, its second: the root names the pages below it.</summary>
    private async Task DamageAsync(string table)
    {
        const int PageSize = 4096;
        const byte Interior = 2;
        long root;
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); SELECT rootpage FROM sqlite_master WHERE name = $1";
            command.Parameters.AddWithValue("$1", table);
            await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            await rows.NextResultAsync(TestContext.Current.CancellationToken);
            await rows.ReadAsync(TestContext.Current.CancellationToken);
            root = rows.GetInt64(0);
        }

        var file = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        var page = file.AsMemory((int)(root - 1) * PageSize, PageSize);
        Assert.Equal(Interior, page.Span[0]);
        var cell = BinaryPrimitives.ReadUInt16BigEndian(page.Span[14..]);
        var leaf = BinaryPrimitives.ReadUInt32BigEndian(page.Span[cell..]);
        file.AsSpan((int)(leaf - 1) * PageSize, PageSize).Fill(0xAB);
        await File.WriteAllBytesAsync(Database, file, TestContext.Current.CancellationToken);
    }

    private Task<(int ExitCode, string Text)> RunAsync(params string[] arguments) => RunAsync(arguments, folder);

    private async Task<(int ExitCode, string Text)> RunAsync(string[] arguments, string data)
    {
        var finished = await RunningProcess.RunAsync(
            Repository.ProgramOf("Memory"),
            arguments,
            await SpecStore.SettingsAsync([
                ("DATA_PATH", data),
                ("AUDIT_LOG", Path.Combine(folder, "audit.jsonl")),
                ("PUBLIC_URL", "https://memory.example"),
                ("OPERATOR_SECRET", "an-operator-secret-of-the-specs"),
            ]),
            folder,
            cancellationToken: TestContext.Current.CancellationToken
        );
        return (finished.ExitCode, $"{finished.Output}\n{finished.Errors}".Trim());
    }
}
