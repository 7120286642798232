using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Memory.Specs.Export;

/// <summary>A whole memory by HTTP, out and in, while the service runs.</summary>
public sealed class TransferSpecs
{
    private const string Token = "spec-token-0123456789abcdef";
    private const string Line = """{"type":"entity","name":"A","entityType":"t","observations":[]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_comes_in_elsewhere_with_its_dates_and_ends()
    {
        var clock = new SetClock("2026-01-05T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await FillAsync(memory, 450);
        await memory.CallAsync(
            "add_observations",
            """{"observations":[{"entityName":"Entity 7","contents":["\"quoted\"\n😀"],"validUntil":"2027-01-31"}]}"""
        );
        await memory.RelateAsync("Entity 1", "Entity 449", "knows");
        var lines = await ExportAsync(memory, "/export");
        Assert.Equal(451, lines.Length);

        clock.SetTo("2026-06-01T08:00:00Z");
        var report = await ImportAsync(memory, "/import/n/copy", string.Join('\n', lines));
        Assert.Equal(
            (HttpStatusCode.OK, 450, 1, 0),
            (report.Status, Count(report, "entitiesCreated"), Count(report, "relations"), Count(report, "problems"))
        );
        Assert.Equal(lines, await ExportAsync(memory, "/export/n/copy"));
        Assert.Equal(["Entity 7"], await memory.In("copy").SearchAsync("quoted"));

        // Again, as after a break: nothing twice.
        var again = await ImportAsync(memory, "/import/n/copy", string.Join('\n', lines));
        Assert.Equal(
            (0, 450, 0, 0),
            (Count(again, "entitiesCreated"), Count(again, "entitiesJoined"), Count(again, "observations"), Count(again, "relations"))
        );
        Assert.Equal(lines, await ExportAsync(memory, "/export/n/copy"));
    }

    [Fact]
    public async Task An_export_that_was_cut_short_goes_on_after_its_last_line()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await FillAsync(memory, 250);
        await memory.RelateAsync("Entity 1", "Entity 2", "knows");
        await memory.RelateAsync("Entity 2", "Entity 3", "knows");
        var lines = await ExportAsync(memory, "/export");
        foreach (var received in (int[])[1, 100, 249, 250, 251, 252])
        {
            var last = JsonNode.Parse(lines[received - 1])!;
            Assert.Equal(lines[received..], await ExportAsync(memory, $"/export?after={last["type"]}:{last["id"]}"));
        }
    }

    [Fact]
    public async Task The_official_form_holds_nothing_else()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes Tea");
        Assert.Equal(
            ["""{"type":"entity","name":"Anna","entityType":"person","observations":["likes Tea"]}"""],
            await ExportAsync(memory, "/export?format=official")
        );
    }

    [Fact]
    public async Task A_dry_run_counts_what_would_come_and_stores_nothing()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes Tea");
        const string Content = """
            {"type":"entity","name":"Anna","entityType":"robot","observations":["likes Tea","rusts"]}
            {"type":"entity","name":"Acme","entityType":"company","observations":["old"]}
            {"type":"entity","name":"Acme","entityType":"firm","observations":["old","older","older"]}
            {"type":"relation","from":"Anna","to":"Acme","relationType":"works_at"}
            {"type":"relation","from":"Acme","to":"Anna","relationType":"employs"}
            {"type":"relation","from":"Anna","to":"Acme","relationType":"works_at"}
            {"type":"relation","from":"Anna","to":"Anna","relationType":"is"}
            {"type":"relation","from":"Anna","to":"Nobody","relationType":"knows"}
            not JSON
            """;
        var dry = await ImportAsync(memory, "/import?dryRun=true", Content);
        Assert.Equal(["Anna"], (await memory.CallAsync("read_graph", "{}")).Names);
        var real = await ImportAsync(memory, "/import", Content);
        foreach (var field in (string[])["entitiesCreated", "entitiesJoined", "observations", "relations", "problems"])
        {
            Assert.Equal(Count(real, field), Count(dry, field));
        }

        Assert.Equal(
            ["Acme employs Anna", "Anna is Anna", "Anna works_at Acme"],
            (await memory.CallAsync("read_graph", "{}")).Relations.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_body_larger_than_a_request_may_be_comes_in()
    {
        await using var memory = await MemoryGateway.StartAsync(("MAX_REQUEST_BYTES", "100000"));
        var lines = string.Join(
            '\n',
            Enumerable
                .Range(0, 400)
                .Select(i => $$"""{"type":"entity","name":"E{{i}}","entityType":"t","observations":["{{new string('x', 1000)}}"]}""")
        );
        Assert.Equal(400, Count(await ImportAsync(memory, "/import", lines), "entitiesCreated"));
    }

    [Fact]
    public async Task Nobody_without_a_token_gets_or_gives_anything_and_a_read_only_gateway_takes_nothing()
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_BEARER_TOKEN", Token), ("READ_ONLY", "true"));
        foreach (
            var (method, path) in (
                new (HttpMethod, string)[]
                {
                    (HttpMethod.Get, "/export"),
                    (HttpMethod.Get, "/export/n/a"),
                    (HttpMethod.Post, "/import"),
                    (HttpMethod.Post, "/import/n/a"),
                }
            )
        )
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await memory.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await ImportAsync(memory, "/import", "{}", Token)).Status);
    }

    [Theory]
    [InlineData("namespaces=work", "/export", "The namespace 'default' is not among those you may use")]
    [InlineData("namespaces=work", "/import/n/home", "The namespace 'home' is not among those you may use")]
    [InlineData("deny=export_graph", "/export/n/work", "This does what export_graph does")]
    [InlineData("tools=search_nodes", "/import/n/work", "This does what create_entities does")]
    [InlineData("read", "/import/n/work", "An import changes the memory")]
    [InlineData("approve=create_*", "/import/n/work", "This does what create_entities does, which runs only after the operator's yes")]
    public async Task A_callers_rights_hold_here_as_well(string rights, string path, string words)
    {
        await using var memory = await MemoryGateway.StartAsync(
            ("MCP_BEARER_TOKENS", $"limited={Token};{rights}"),
            ("OPERATOR_SECRET", "Zq7-operator-secret-0412")
        );
        using var request = new HttpRequestMessage(
            path.StartsWith("/import", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get,
            path
        );
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await memory.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var refusal = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.StartsWith(words, (string?)refusal["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/export?after=17", "after='17' is not a place")]
    [InlineData("/export?format=xml", "format='xml' is not known")]
    [InlineData("/export/n/a%20b", "The namespace 'a b' has no usable name: letters, digits")]
    [InlineData(
        "/export?namespace=work",
        "'namespace' is not a parameter of /export: use after and format. A namespace is part of the path: /export/n/<name>."
    )]
    public async Task What_cannot_be_meant_is_refused_in_words(string path, string words)
    {
        await using var memory = await MemoryGateway.StartAsync();
        using var response = await memory.Gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var refusal = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.StartsWith(words, (string?)refusal["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/import?namespace=work", "'namespace' is not a parameter of /import: use dryRun and entity.")]
    [InlineData("/import/n/work?dry_run=true", "'dry_run' is not a parameter of /import: use dryRun and entity.")]
    [InlineData("/import/n/a%20b", "The namespace 'a b' has no usable name: letters, digits")]
    [InlineData("/import?dryRun=maybe", "dryRun='maybe' is neither true nor false. Nothing was imported.")]
    [InlineData("/import?entity=%20", "entity is blank: give a name. Nothing was stored.")]
    [InlineData("/import?entity=a%00b", "entity contains the character U+0000")]
    [InlineData("/import?entity=Anna&entity=Ben", "entity is given 2 times: give it once. Nothing was imported.")]
    public async Task An_import_that_may_be_meant_otherwise_stores_nothing(string path, string words)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var refused = await ImportAsync(memory, path, """{"type":"entity","name":"A","entityType":"t","observations":[]}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith(words, (string?)refused.Body["message"], StringComparison.Ordinal);
        Assert.Empty(await ExportAsync(memory, "/export"));
    }

    [Theory]
    [InlineData("dryRun=True")]
    [InlineData("DRYRUN=TRUE")]
    [InlineData("dryRun=yes")]
    public async Task A_dry_run_is_one_in_any_case(string query)
    {
        await using var memory = await MemoryGateway.StartAsync();
        const string Content = """{"type":"entity","name":"A","entityType":"t","observations":[]}""";
        Assert.Equal(1, Count(await ImportAsync(memory, $"/import?{query}", Content), "entitiesCreated"));
        Assert.Empty(await ExportAsync(memory, "/export"));
    }

    [Fact]
    public async Task A_body_of_which_nothing_can_be_used_is_refused_with_the_reasons()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var report = await ImportAsync(memory, "/import", "<html>");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, report.Status);
        Assert.StartsWith(
            "line 1: not valid JSON, which an import reads",
            (string?)report.Body["firstProblems"]![0],
            StringComparison.Ordinal
        );
        var text = await ImportAsync(memory, "/import?entity=Anna", "# Food\n- likes tea\nSpeaks German.\n");
        Assert.Equal(2, Count(text, "observations"));
    }

    [Theory]
    [InlineData(12, 0)]
    [InlineData(10_000, 1)]
    [InlineData(-8, 1_999)]
    public async Task Gzip_that_is_cut_short_is_told_also_where_a_line_ends(int length, int least)
    {
        await using var memory = await MemoryGateway.StartAsync();
        using var packed = new MemoryStream();
        // As it stands, so that it is cut in its midst at any length.
        await using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            var lines = Enumerable.Range(0, 2_000).Select(i => $$"""{"type":"entity","name":"{{i}}","entityType":"t","observations":[]}""");
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), Cancellation);
        }

        var cut = packed.ToArray()[..(length < 0 ? (int)packed.Length + length : length)];
        using var response = await memory.Gateway.Http.PostAsync(
            new Uri("/import", UriKind.Relative),
            new ByteArrayContent(cut),
            Cancellation
        );
        var report = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        Assert.InRange((int)report["entitiesCreated"]!, least, 2_000);
        Assert.Contains(
            "the gzip of the file is damaged or cut short: what could be read before that was taken in, and the rest was not",
            report["firstProblems"]!.AsArray().Select(problem => (string)problem!)
        );
    }

    [Theory]
    [InlineData("# Food\n- likes tea\n# Work\n## Nordlys\n* biologist\n", "Food: likes tea|Nordlys: biologist")]
    [InlineData("**allergic to nuts**\n**Home**\nlives in Bern\n# Open", "allergic to nuts|Home: lives in Bern|Open")]
    [InlineData(
        "#1 fan of Arsenal\n-5 °C is too cold\n**Bern** is home\n- - - \n***",
        "#1 fan of Arsenal|-5 °C is too cold|**Bern** is home"
    )]
    [InlineData("# Food\r- likes tea\r\rspeaks German\r\nand French", "Food: likes tea|Food: speaks German|Food: and French")]
    [InlineData("2026\n\"quoted\"\n[1]\n[to do\n{ later\nlast", "2026|\"quoted\"|[1]|[to do|{ later|last")]
    [InlineData("""{"type":"entity","name":"Anna","entityType":"person","observations":["as JSON"]}""", "as JSON")]
    public async Task Every_line_of_a_plain_text_comes_in(string text, string facts)
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.Equal(0, Count(await ImportAsync(memory, "/import?entity=Anna", text), "problems"));
        Assert.Equal(facts.Split('|'), (await memory.CallAsync("read_graph", "{}")).Observations);
    }

    [Theory]
    [InlineData("""{"relations":[{"from":"Anna","to":"Anna","relationType":"is"}]}""", 1, 0)]
    [InlineData("""{"entities":{"Ben":{}},"relations":[]}""", 0, 1)]
    [InlineData("""{"entities":[],"relations":"none"}""", 0, 1)]
    [InlineData("""{"entities":null,"relations":[]}""", 0, 0)]
    public async Task A_document_that_is_only_half_one_is_taken_or_told(string text, int relations, int problems)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person");
        var report = await ImportAsync(memory, "/import", text);
        Assert.Equal((relations, problems), (Count(report, "relations"), Count(report, "problems")));
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_no_empty_file()
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.Empty(await ExportAsync(memory, "/export"));
        using var response = await memory.Gateway.Http.GetAsync(new Uri("/export/n/wrok", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no namespace 'wrok'", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_or_import_counts_as_a_call()
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_BEARER_TOKENS", $"limited={Token};calls=2/day;tokens=1000/day"));
        foreach (var expected in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests])
        {
            Assert.Equal(expected, (await ImportAsync(memory, "/import", Line, Token)).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/export");
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await memory.Gateway.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains(
            "The budget calls=2/day of 'limited' is used up",
            await response.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal
        );
    }

    private static Task<ToolAnswer> FillAsync(MemoryGateway memory, int entities) =>
        memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, entities)
                    .Select(i => new
                    {
                        name = $"Entity {i}",
                        entityType = "t",
                        observations = new[] { $"fact {i}" },
                    }),
            }
        );

    private static async Task<string[]> ExportAsync(MemoryGateway memory, string path)
    {
        using var response = await memory.Gateway.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> ImportAsync(
        MemoryGateway memory,
        string path,
        string content,
        string? token = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(content, Encoding.UTF8, "application/jsonl"),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await memory.Gateway.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private static int Count((HttpStatusCode Status, JsonNode Body) report, string field) => (int)report.Body[field]!;
}
