using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Coda.Specs;

/// <summary>Whatever a doc holds, no result has more than 20,000 tokens, and none of it is lost.</summary>
public sealed class TokenBoundSpecs
{
    public static TheoryData<string> Kinds => [.. SampleTexts.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_of_any_script_is_read_to_its_end_by_its_offsets(string kind)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "default,export"));
        var text = SampleTexts.All[kind](60_000).Replace('\uFFFD', '?');
        coda.OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan","contentType":"canvas"}""")
            .OnDoc("POST /pages/canvas-1x/export", """{"id":"e1","status":"inProgress"}""", 202)
            .OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","status":"complete","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", context => context.Response.WriteAsync(text));
        var read = "";
        for (int? offset = 0; offset is not null; )
        {
            var reply = await coda.CallAsync(
                "coda_get_page_content",
                JsonSerializer.Serialize(
                    new
                    {
                        docId = "AbCDeFGHij",
                        pageIdOrName = "canvas-1x",
                        maxChars = 100_000,
                        offset,
                    }
                )
            );
            Assert.InRange(O200k.Count(reply.Result), 1, O200k.Most);
            read += reply.Json.GetProperty("content").GetString();
            offset = reply.Json.TryGetProperty("nextOffset", out var next) ? next.GetInt32() : null;
        }

        Assert.Equal(text, read);
        var fetched = await coda.CallAsync("fetch", """{"id":"AbCDeFGHij/canvas-1x"}""");
        Assert.False(fetched.IsError, fetched.Text);
        Assert.InRange(O200k.Count(fetched.Result), 1, O200k.Most);
        var resource = await coda.Client.Mcp.ReadResourceAsync(
            "coda://docs/AbCDeFGHij/pages/canvas-1x/markdown",
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.InRange(O200k.Count(((TextResourceContents)resource.Contents[0]).Text), 1, O200k.Most);
        Assert.Equal("text/markdown", resource.Contents[0].MimeType);
    }

    [Fact]
    public async Task No_tool_answers_more_whatever_Coda_answers()
    {
        await using var coda = await SampleCalls.StartAsync();
        var answers = new LargeAnswers(
            typeof(CodaService).Assembly,
            new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }
        )
        {
            Samples = new Dictionary<string, string>
            {
                ["id"] = "\"x-1\"",
                ["requestId"] = "\"r-1\"",
                ["downloadLink"] = $"\"{coda.Coda.Url}/blob/1\"",
                ["browserLink"] = "\"https://coda.io/d/_dAbCDeFGHij\"",
                ["error"] = "",
                ["nextPageToken"] = "",
                ["status"] = "\"complete\"",
            },
        };
        var calls = new TokenBoundCalls(new(coda.Gateway, CodaGateway.Caller, coda.Time), coda.Coda)
        {
            Cases = new() { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted },
            Choose = kind => answers.Kind = kind,
        };
        var report = await calls.RunAsync(
            context =>
                context.Request.Path.StartsWithSegments("/blob")
                    ? context.Response.WriteAsync(answers.TextOf(60_000))
                    : answers.AnswerAsync(context),
            rounds: 1
        );
        Assert.Empty(report.TooLarge);
        Assert.True(report.Large.Count > 35, $"{report.Calls} calls; small:\n{string.Join('\n', report.Small)}");
    }

    [Fact]
    public async Task Words_and_headings_of_a_page_are_found_beyond_the_part_that_is_shown()
    {
        await using var coda = await CodaGateway.StartAsync();
        var text = $"# Start\n\n{string.Concat(Enumerable.Repeat("A line of words.\n", 2_000))}## The end\n\nHere is the needle.\n";
        coda.OnDoc("GET /pages/canvas-1x", """{"id":"canvas-1x","name":"Plan","contentType":"canvas"}""")
            .OnDoc("POST /pages/canvas-1x/export", """{"id":"e1","status":"inProgress"}""", 202)
            .OnDoc("GET /pages/canvas-1x/export/e1", $$"""{"id":"e1","status":"complete","downloadLink":"{{coda.Coda.Url}}/blob/1"}""");
        coda.Coda.On("GET /blob/1", context => context.Response.WriteAsync(text));
        var part = await coda.CallAsync("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","maxChars":100}""");
        var cursor = part.Json.GetProperty("moreCursor").GetString();
        Assert.Contains("Here is the needle.", (await ReadOnAsync(new { cursor, find = "NEEDLE" })).Text, StringComparison.Ordinal);
        var outline = (await ReadOnAsync(new { cursor, outline = true })).Text;
        Assert.Contains("# Start", outline, StringComparison.Ordinal);
        Assert.Contains("## The end", outline, StringComparison.Ordinal);
        Assert.Contains($"characters 100 to", (await ReadOnAsync(new { cursor })).Text, StringComparison.Ordinal);

        Task<SpecReply> ReadOnAsync(object arguments) => coda.CallAsync("read_more", JsonSerializer.Serialize(arguments));
    }

    [Fact]
    public async Task A_template_that_leads_to_several_media_types_has_none()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "default,export"));
        var template = Assert.Single(
            await coda.Client.Mcp.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken)
        );
        Assert.Null(template.MimeType);
        Assert.Equal("A page of a Coda doc", template.Title);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_in_both_forms_are_bounded(string kind)
    {
        await using var coda = await Rows.Tasks.StartAsync();
        var text = SampleTexts.All[kind](3_000).Replace('\uFFFD', '?');
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            JsonSerializer.Serialize(
                new
                {
                    items = Enumerable
                        .Range(0, 100)
                        .Select(i => new { id = $"i-{i}", values = new Dictionary<string, string> { ["c-name"] = text } }),
                }
            )
        );
        var reply = await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","limit":100}""");
        Assert.InRange(O200k.Count(reply.Result), 3_000, O200k.Most);
    }
}
