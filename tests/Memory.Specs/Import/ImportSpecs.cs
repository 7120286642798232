using System.Net;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace Memory.Specs.Import;

public sealed class ImportSpecs : IDisposable
{
    private const string Anna = """{"type":"entity","name":"Anna","entityType":"person","observations":["likes Tea"]}""";
    private const string Acme = """{"type":"entity","name":"Acme","entityType":"company","observations":[]}""";
    private const string Works = """{"type":"relation","from":"Anna","to":"Acme","relationType":"works_at"}""";

    private readonly string folder = TemporaryFolder.Create("memory-import-").FullName;

    [Theory]
    [InlineData(Anna + "\n" + Acme + "\n" + Works)]
    [InlineData(Anna + "\n" + Acme + "\n" + Works + "\n")]
    [InlineData("\uFEFF" + Anna + "\r\n\r\n" + Acme + "\r\n  \r\n" + Works + "\r\n")]
    [InlineData(Works + "\n" + Acme + "\n" + Anna)]
    [InlineData(
        """
            {
              "entities": [
                {"name": "Anna", "entityType": "person", "observations": ["likes Tea"]},
                {"name": "Acme", "entityType": "company"}
              ],
              "relations": [{"from": "Anna", "to": "Acme", "relationType": "works_at"}]
            }
            """
    )]
    public async Task A_file_of_the_official_server_is_taken_in_whatever_its_line_ends(string content)
    {
        await using var memory = await ImportAsync(content);
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["Acme", "Anna"], graph.Names.Order());
        Assert.Equal(["likes Tea"], graph.Observations);
        Assert.Equal(["Anna works_at Acme"], graph.Relations);
        Assert.Equal(["Anna"], await memory.SearchAsync("tea"));
    }

    [Fact]
    public async Task What_cannot_be_used_is_left_out_and_reported_with_its_line_and_the_rest_comes_in()
    {
        await using var memory = await ImportAsync(
            string.Join(
                '\n',
                Anna,
                """{"type":"entity","name":"Ber""",
                """{"type":"entity","name":"Carl","entityType":"person"}""",
                """{"type":"mood","name":"x"}""",
                """{"type":"entity","entityType":"person","observations":[]}""",
                """{"type":"entity","name":"Dora","entityType":"person","observations":["ok",true]}""",
                """{"type":"entity","name":"Anna","entityType":"robot","observations":["likes Tea","rusts"]}""",
                """{"type":"relation","from":"Anna","to":"Nobody","relationType":"knows"}""",
                """{"type":"entity","name":"\ud800","entityType":"x","observations":[]}""",
                Anna[..^1],
                """{"type":"entity","name":"NAME","entityType":"x","observations":[]}""".Replace(
                    "NAME",
                    new string('n', 2001),
                    StringComparison.Ordinal
                )
            )
        );
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["Anna", "Carl", "Dora"], graph.Names);
        Assert.Equal(["likes Tea", "rusts", "ok"], graph.Observations);
        Assert.Empty(graph.Relations);
        foreach (
            var reported in (string[])
                [
                    "line 2: not valid JSON",
                    "line 4: neither an entity nor a relation",
                    "line 5: without name",
                    "line 6: an observation is not a string",
                    "line 7: the entity 'Anna' exists already and stays a person",
                    "line 8: the relation's end 'Nobody' does not exist",
                    "line 9: name contains half of a surrogate pair",
                    "line 10: not valid JSON",
                    "line 11: name has 2001 characters, a name or type 2000 at most",
                ]
        )
        {
            Assert.Contains(
                memory.Gateway.Logs.Lines,
                line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(reported, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_number_where_a_text_belongs_is_taken_as_a_tool_takes_it()
    {
        const string Entity = """{"name":2026,"entityType":"year","observations":[7,7.50,1e3,-0.5,"seven"]}""";
        await using var memory = await ImportAsync(Entity);
        var imported = await memory.CallAsync("read_graph", "{}");
        await memory.CallAsync("delete_entities", """{"entityNames":["2026"]}""");
        await memory.CallAsync("create_entities", $$"""{"entities":[{{Entity}}]}""");
        var created = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["2026"], imported.Names);
        Assert.Equal(["7", "7.50", "1000", "-0.5", "seven"], imported.Observations);
        Assert.Equal(created.Observations, imported.Observations);
    }

    [Fact]
    public async Task A_file_is_taken_in_once_and_what_was_deleted_since_does_not_come_back()
    {
        await using (var memory = await ImportAsync(Anna + "\n" + Acme))
        {
            await memory.CallAsync("delete_entities", """{"entityNames":["Anna"]}""");
        }

        await using (var memory = await ImportAsync(Anna + "\n" + Acme))
        {
            Assert.Equal(["Acme"], (await memory.CallAsync("read_graph", "{}")).Names);
        }

        await using (var memory = await ImportAsync(Anna + "\n" + Acme + "\n" + Works))
        {
            Assert.Equal(["Acme", "Anna"], (await memory.CallAsync("read_graph", "{}")).Names);
        }
    }

    [Fact]
    public async Task The_same_file_is_taken_in_again_once_relations_may_dangle()
    {
        var relation = """{"type":"relation","from":"Anna","to":"Nobody","relationType":"knows"}""";
        await using (var memory = await ImportAsync(Anna + "\n" + relation))
        {
            Assert.Empty((await memory.CallAsync("read_graph", "{}")).Relations);
        }

        await using var dangling = await MemoryGateway.StartAsync(
            ("DATA_PATH", Path.Combine(folder, "data")),
            ("MEMORY_IMPORT", Path.Combine(folder, "import.jsonl")),
            ("MEMORY_ALLOW_DANGLING_RELATIONS", "true")
        );
        Assert.Equal(["Anna knows Nobody"], (await dangling.CallAsync("read_graph", "{}")).Relations);
    }

    [Fact]
    public async Task A_missing_file_is_reported_by_ready_unless_it_was_taken_in_before()
    {
        var path = Path.Combine(folder, "missing.jsonl");
        await using (var memory = await StartAsync(path))
        {
            using var ready = await memory.Gateway.Http.GetAsync(
                new Uri("/health/ready", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var problem = JsonNode.Parse(await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["problems"]![
                "memory"
            ];
            Assert.StartsWith($"MEMORY_IMPORT='{path}' cannot be read", (string?)problem, StringComparison.Ordinal);
        }

        await using (await ImportAsync(Anna)) { }

        File.Delete(Path.Combine(folder, "import.jsonl"));
        await using (var memory = await StartAsync(Path.Combine(folder, "import.jsonl")))
        {
            using var ready = await memory.Gateway.Http.GetAsync(
                new Uri("/health/ready", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }
    }

    [Fact]
    public async Task An_export_is_the_official_file_and_its_pages_put_together_come_in_again()
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
        await memory.CreateAsync("Zoë \"Q\"", "person", "line one\nline two", "emoji 😀 <b>&amp;");
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 300)
                    .Select(i => new
                    {
                        name = $"Entity {i}",
                        entityType = "t",
                        observations = new[] { $"fact {i}" },
                    }),
            }
        );
        await memory.RelateAsync("Entity 1", "Zoë \"Q\"", "knows");
        var pages = await memory.ReadAllAsync("export_graph", new { });
        Assert.True(pages.Count > 3);
        Assert.All(pages, page => Assert.InRange(page.Tokens, 0, 4_000));
        Assert.All(pages, page => Assert.Equal(page.Text, (string?)page.Structured!["jsonl"]));
        var lines = string.Join('\n', pages.Select(p => p.Text));
        Assert.StartsWith(
            "{\"type\":\"entity\",\"name\":\"Zoë \\\"Q\\\"\",\"entityType\":\"person\",\"observations\":[\"line one\\nline two\"",
            lines,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            """{"type":"relation","from":"Entity 1","to":"Zoë \"Q\"","relationType":"knows"}""",
            lines,
            StringComparison.Ordinal
        );

        await using var copy = await ImportAsync(lines);
        Assert.Equal(lines, string.Join('\n', (await copy.ReadAllAsync("export_graph", new { })).Select(p => p.Text)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<MemoryGateway> ImportAsync(string content)
    {
        var path = Path.Combine(folder, "import.jsonl");
        await File.WriteAllTextAsync(path, content);
        return await StartAsync(path);
    }

    private Task<MemoryGateway> StartAsync(string import) =>
        MemoryGateway.StartAsync(("DATA_PATH", Path.Combine(folder, "data")), ("MEMORY_IMPORT", import));
}
