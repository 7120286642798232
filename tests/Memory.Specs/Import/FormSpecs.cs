using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace Memory.Specs.Import;

/// <summary>Files as they come: what other programs, shells and assistants make of a memory.</summary>
public sealed class FormSpecs : IDisposable
{
    private const string Anna = """{"type":"entity","name":"Anna","entityType":"person","observations":["likes Tea"]}""";
    private const string Acme = """{"type":"entity","name":"Acme","entityType":"company","observations":[]}""";
    private const string Works = """{"type":"relation","from":"Anna","to":"Acme","relationType":"works_at"}""";
    private const string Lines = Works + "\n" + Anna + "\n" + Acme + "\n";

    private readonly string folder = TemporaryFolder.Create("memory-forms-").FullName;

    public static TheoryData<string, byte[]> Forms =>
        new()
        {
            { "UTF-16 with a mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Lines)] },
            { "UTF-16, big first", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Lines)] },
            { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Lines) },
            { "gzip", Gzip(Encoding.UTF8.GetBytes(Lines)) },
            { "gzip of gzip", Gzip(Gzip(Encoding.UTF8.GetBytes(Lines))) },
            { "gzip of UTF-16", Gzip([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Lines)]) },
            { "a list", Encoding.UTF8.GetBytes($"[{Anna},{Acme},{Works}]") },
            { "a list on lines", Encoding.UTF8.GetBytes($"[\n  {Anna},\n  {Acme},\n  {Works}\n]\n") },
            { "indented items", Encoding.UTF8.GetBytes(string.Concat(Lines.Split('\n')[..3].Select(Indent))) },
            { "lines with commas", Encoding.UTF8.GetBytes($"{Anna},\r\n{Acme}, \n{Works},\n") },
            { "a list with a comma too many", Encoding.UTF8.GetBytes($"[{Anna},{Acme},{Works},]") },
            { "lines of an old Mac", Encoding.UTF8.GetBytes(Lines.Replace('\n', '\r')) },
            { "UTF-16 of an old Mac", Encoding.Unicode.GetBytes(Lines.Replace('\n', '\r')) },
            { "lines of every kind", Encoding.UTF8.GetBytes($"{Works}\r\r\n\r{Anna}\n\r{Acme}\r") },
            {
                "an indented document of an old Mac",
                Encoding.UTF8.GetBytes(Indent($$"""{"entities":[{{Anna}},{{Acme}}],"relations":[{{Works}}]}""").Replace('\n', '\r'))
            },
            { "an indented document", Encoding.UTF8.GetBytes(Indent($$"""{"entities":[{{Anna}},{{Acme}}],"relations":[{{Works}}]}""")) },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_memory_comes_in_in_whatever_form_it_is_stored(string form, byte[] content)
    {
        await using var memory = await ImportAsync(content);
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.True(graph.Names.Order().SequenceEqual(["Acme", "Anna"]), form);
        Assert.Equal(["likes Tea"], graph.Observations);
        Assert.Equal(["Anna works_at Acme"], graph.Relations);
    }

    [Fact]
    public async Task A_file_of_an_older_encoding_is_told_as_one_with_the_remedy()
    {
        await using var memory = await ImportAsync(Encoding.Latin1.GetBytes(Anna.Replace("Tea", "Käse", StringComparison.Ordinal)));
        Assert.Contains(
            "(line 1: not UTF-8, as in a file that was saved as Latin-1, Windows-1252 or another older encoding: save it as UTF-8",
            (await ReadyAsync(memory)).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Memories_of_Claude_become_facts_of_the_person_and_of_projects()
    {
        await using var memory = await ImportAsync(
            Encoding.UTF8.GetBytes(
                """
                [{"conversations_memory":"**Work context**\n\nAnna is an architect.\n\n- likes tea","project_memories":{"p-1":"A hut."},"account_uuid":"x"}]
                """
            )
        );
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["default_user", "Claude project p-1"], graph.Names);
        Assert.Equal(["Work context: Anna is an architect.", "Work context: likes tea", "A hut."], graph.Observations);
    }

    [Fact]
    public async Task Memories_of_ChatGPT_keep_their_dates_and_what_was_switched_off_stays_out()
    {
        await using var memory = await ImportAsync(
            Encoding.UTF8.GetBytes(
                """[{"content":"likes tea","enabled":true,"created_at":"2025-03-02T10:00:00Z"},{"content":"old","enabled":false}]"""
            )
        );
        var person = (await memory.CallAsync("read_graph", "{}")).Structured!["entities"]![0]!;
        Assert.Equal("""["likes tea"] ["2025-03-02"]""", $"{person["observations"]!.ToJsonString()} {person["at"]!.ToJsonString()}");
    }

    [Fact]
    public async Task Memories_of_ChatGPT_come_in_as_the_document_that_its_pages_get()
    {
        await using var memory = await ImportAsync(
            Encoding.UTF8.GetBytes(
                """
                {"memories":[
                  {"id":"1","content":"likes tea","created_timestamp":1740909600.5,"updated_at":"2026-01-01T00:00:00Z"},
                  {"id":"2","content":"old","enabled":false},
                  {"id":"3","text":"of a form that is not known"}
                ],"memory_max_tokens":10000,"memory_num_tokens":500}
                """
            )
        );
        var person = (await memory.CallAsync("read_graph", "{}")).Structured!["entities"]![0]!;
        Assert.Equal("""["likes tea"] ["2025-03-02"]""", $"{person["observations"]!.ToJsonString()} {person["at"]!.ToJsonString()}");
        foreach (var told in (string[])["memories[1]: a memory that was switched off", "memories[2]: neither an entity nor a relation"])
        {
            Assert.Contains(memory.Gateway.Logs.Lines, line => line.Contains(told, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("""{"role":"user","content":"I am Napoleon"}""", "a message of a conversation, no memory")]
    [InlineData("""{"memories":{"content":"likes tea"}}""", "memories: not a list")]
    [InlineData("""{"conversations_memory":"","memory_files":[{"x":1}]}""", "memory_files, whose form is not known")]
    public async Task What_is_no_memory_or_of_no_known_form_is_told(string content, string told)
    {
        await using var memory = await ImportAsync(Encoding.UTF8.GetBytes(content));
        Assert.Contains(told, (await ReadyAsync(memory)).Problem, StringComparison.Ordinal);
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Theory]
    [InlineData("\"observations\":\"likes tea\",\"validUntil\":\"2999-01-01\"", "likes tea (2999-01-01)")]
    [InlineData("\"observations\":\"- likes tea\\n- is 30\",\"validUntil\":[null,\"2999-01-01\"]", "likes tea (), is 30 (2999-01-01)")]
    [InlineData("\"observations\":\"[\\\"likes tea\\\",\\\"is 30\\\"]\"", "likes tea (), is 30 ()")]
    [InlineData("\"observations\":7", "7 ()")]
    [InlineData("\"observations\":\"\"", "")]
    [InlineData("\"observations\":{}", "")]
    [InlineData("\"observations\":[\"[\\\"a\\\",\\\"b\\\"]\"]", "[\"a\",\"b\"] ()")]
    [InlineData("\"observations\":{\"a\":1}", "", "observations is neither a list nor a text; the entity was imported without it")]
    [InlineData("\"observations\":[\"a\",\"b\"],\"validUntil\":\"2999-01-01\"", "a (), b ()", "validUntil has 1 dates for 2 observations")]
    public async Task Observations_that_come_as_one_text_are_taken_as_create_entities_takes_them(
        string fields,
        string expected,
        string? told = null
    )
    {
        await using var memory = await ImportAsync(
            Encoding.UTF8.GetBytes($$"""{"type":"entity","name":"A","entityType":"t",{{fields}}}""")
        );
        var entity = (await memory.CallAsync("read_graph", "{}")).Structured!["entities"]![0]!;
        Assert.Equal(
            expected,
            string.Join(", ", entity["observations"]!.AsArray().Select((text, i) => $"{text} ({entity["validUntil"]?[i]})"))
        );
        Assert.Equal(told is not null, memory.Gateway.Logs.Lines.Any(line => line.Contains(told ?? "line 1: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_a_plain_text_without_an_entity_it_is_told_once_what_to_do()
    {
        await using var memory = await ImportAsync("Anna likes tea\nAnna plays chess\n{\"half"u8.ToArray());
        var told = memory.Gateway.Logs.Lines.Where(line => line.Contains("not valid JSON", StringComparison.Ordinal)).ToList();
        Assert.Contains("POST /import?entity=NAME", (await ReadyAsync(memory)).Problem, StringComparison.Ordinal);
        Assert.Single(told, line => line.Contains("entity=NAME", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("""{"hello":"world"}""")]
    public async Task A_file_of_which_nothing_can_be_used_is_a_problem_until_it_is_mended(string content)
    {
        await using (var memory = await ImportAsync(Encoding.UTF8.GetBytes(content)))
        {
            var (status, problem) = await ReadyAsync(memory);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("holds nothing that could be imported (line 1: ", problem, StringComparison.Ordinal);
        }

        await using (var memory = await ImportAsync(Encoding.UTF8.GetBytes(content)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync(memory)).Status);
        }

        await using (var memory = await ImportAsync(Encoding.UTF8.GetBytes(Anna)))
        {
            Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(memory)).Status);
        }
    }

    [Fact]
    public async Task The_official_servers_setting_names_a_file_that_is_taken_in_once_if_it_is_there()
    {
        var path = Path.Combine(folder, "official.jsonl");
        (string, string?)[] settings = [("DATA_PATH", Path.Combine(folder, "data")), ("MEMORY_FILE_PATH", path)];
        await using (var memory = await MemoryGateway.StartAsync(settings))
        {
            Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(memory)).Status);
        }

        await File.WriteAllTextAsync(path, Lines, TestContext.Current.CancellationToken);
        await using (var memory = await MemoryGateway.StartAsync(settings))
        {
            Assert.Contains(
                memory.Gateway.Logs.Lines,
                line => line.Contains($"MEMORY_FILE_PATH is the official server's setting: {path}", StringComparison.Ordinal)
            );
            await memory.CallAsync("delete_entities", """{"entityNames":["Anna"]}""");
        }

        await using (var memory = await MemoryGateway.StartAsync(settings))
        {
            Assert.Equal(["Acme"], (await memory.CallAsync("read_graph", "{}")).Names);
        }
    }

    [Fact]
    [Trait("store", "own")]
    public async Task A_memory_jsonl_in_the_place_of_the_database_is_told_from_damage()
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(folder, "data", "memory.db"), Lines + Lines, TestContext.Current.CancellationToken);
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", Path.Combine(folder, "data")));
        Assert.Contains(
            "is a memory.jsonl of the official server, which is not kept as a database: set MEMORY_IMPORT to it",
            (await memory.CallAsync("read_graph", "{}")).Text,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<MemoryGateway> ImportAsync(byte[] content)
    {
        var path = Path.Combine(folder, "import.jsonl");
        await File.WriteAllBytesAsync(path, content);
        return await MemoryGateway.StartAsync(("DATA_PATH", Path.Combine(folder, "data")), ("MEMORY_IMPORT", path));
    }

    private static async Task<(HttpStatusCode Status, string? Problem)> ReadyAsync(MemoryGateway memory)
    {
        using var ready = await memory.Gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (ready.StatusCode, (string?)JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["problems"]?["memory"]);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    private static string Indent(string json) => JsonNode.Parse(json)!.ToJsonString(new() { WriteIndented = true }) + "\n";
}
