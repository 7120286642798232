using System.Text.Json;
using McpGateway.Testing;

namespace Firecrawl.Specs;

public sealed class ParseSpecs : IDisposable
{
    private readonly string root = TemporaryFolder.Create("firecrawl-files-").FullName;

    private string Folder => Path.Combine(root, "files");

    public ParseSpecs()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        File.WriteAllText(Path.Combine(root, "secret.csv"), "secret");
        File.WriteAllText(Path.Combine(Folder, "sub", "a.csv"), "a;b");
        File.WriteAllText(Path.Combine(Folder, "notes.txt"), "text");
        File.CreateSymbolicLink(Path.Combine(Folder, "link.csv"), Path.Combine(root, "secret.csv"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "up"), root);
        Directory.CreateDirectory(Path.Combine(root, "files-other"));
        File.WriteAllText(Path.Combine(root, "files-other", "x.csv"), "other");
        File.WriteAllText(Path.Combine(Folder, "empty.csv"), "");
        File.CreateSymbolicLink(Path.Combine(Folder, "device.csv"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(Folder, "loop.csv"), Path.Combine(Folder, "loop.csv"));
        using var huge = File.Create(Path.Combine(Folder, "huge.csv"));
        huge.SetLength(50_000_001);
    }

    [Fact]
    public async Task A_document_of_twenty_megabytes_fits_into_a_request_as_base64()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"long"}}""");
        var document = JsonSerializer.Serialize(new { filePath = "a.csv", content = Convert.ToBase64String(new byte[20_000_000]) });
        Assert.Contains("long", (await firecrawl.ReadAsync("firecrawl_parse", document)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sub/a.csv", null, "a;b")]
    [InlineData("anything.csv", "YTti", "a;b")]
    public async Task A_file_of_the_folder_or_of_the_caller_is_parsed(string path, string? content, string sent)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", Folder));
        firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"| a | b |"}}""");
        var answer = await firecrawl.ReadAsync(
            "firecrawl_parse",
            JsonSerializer.Serialize(
                new
                {
                    filePath = path,
                    content,
                    formats = new[] { "markdown" },
                }
            )
        );
        Assert.Equal("| a | b |", answer.GetProperty("markdown").GetString());
        var request = Assert.Single(firecrawl.Api.Received);
        Assert.StartsWith("multipart/form-data", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains($"\r\n\r\n{sent}\r\n", request.Text, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n{\"formats\":[\"markdown\"]}\r\n", request.Text, StringComparison.Ordinal);
        Assert.Contains("name=file", request.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("name=options", request.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("link.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("up/secret.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("../files-other/x.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("missing.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("sub/A.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("sub", "is not of a kind that can be parsed")]
    [InlineData("loop.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("device.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("empty.csv", "is empty, or not a regular file")]
    [InlineData("huge.csv", "has 50,000,001 bytes; at most 50,000,000 can be parsed")]
    [InlineData("a\\u0000.csv", "holds control characters")]
    [InlineData("..\\u002f..\\u002fetc\\u002fhosts.csv", "is not inside the FIRECRAWL_FILES folder")]
    [InlineData("notes.txt", "is not of a kind that can be parsed")]
    [InlineData("/etc/passwd", "is not of a kind that can be parsed")]
    public async Task No_other_file_is_read(string path, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", Folder));
        Assert.Contains(
            told,
            (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{path}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            told,
            (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{Path.Combine(Folder, path)}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_pipe_in_the_folder_does_not_hold_a_call_up()
    {
        var mkfifo = await RunningProcess.RunAsync(
            Tool.Require("mkfifo", "Install coreutils."),
            [Path.Combine(Folder, "pipe.csv")],
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(0, mkfifo.ExitCode);
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", Folder));
        Assert.Contains(
            "not a regular file",
            (await firecrawl.CallAsync("firecrawl_parse", """{"filePath":"pipe.csv"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"filePath":"a.csv","content":"YQ==","contentType":"nonsense"}""", "contentType='nonsense' is not a media type")]
    [InlineData("""{"url":"https://a.example/a.pdf","content":"YQ=="}""", "content is for a document that is sent")]
    [InlineData("""{"url":"https://a.example/a.pdf","contentType":"text/csv"}""", "contentType is for a document that is sent")]
    [InlineData("""{"filePath":"a\r\nX-Evil: 1.csv","content":"YQ=="}""", "filePath holds control characters")]
    public async Task What_cannot_be_sent_is_told_and_not_sent(string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.StartsWith(told, (await firecrawl.CallAsync("firecrawl_parse", arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_document_cannot_end_its_part_of_the_form()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_parse", """{"filePath":"a.csv","content":"YQ=="}""");
        await firecrawl.ReadAsync("firecrawl_parse", """{"filePath":"a.csv","content":"YQ=="}""");
        Assert.Equal(2, firecrawl.Api.Received.Select(request => request.Headers["Content-Type"]).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_folder_no_file_is_read_and_the_caller_told_how()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var path = Path.Combine(Folder, "sub", "a.csv");
        Assert.Contains(
            "no folder for files is set up (FIRECRAWL_FILES)",
            (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{path}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "content is not base64.",
            (await firecrawl.CallAsync("firecrawl_parse", """{"filePath":"a.csv","content":"%"}""")).Error
        );
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
