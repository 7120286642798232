using System.Text.Json;

namespace Firecrawl.Specs;

public sealed class ParseSpecs : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("firecrawl-files-").FullName;

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
    }

    [Theory]
    [InlineData("sub/a.csv", null, "a;b")]
    [InlineData("anything.csv", "YTti", "a;b")]
    public async Task A_file_of_the_folder_or_of_the_caller_is_parsed(string path, string? content, string sent)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", Folder));
        firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"| a | b |"}}""");
        var answer = await firecrawl.ReadAsync("firecrawl_parse", JsonSerializer.Serialize(new { filePath = path, content, formats = new[] { "markdown" } }));
        Assert.Equal("| a | b |", answer.GetProperty("markdown").GetString());
        var request = Assert.Single(firecrawl.Api.Received);
        Assert.StartsWith("multipart/form-data", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains($"\r\n\r\n{sent}\r\n", request.Text, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n{\"formats\":[\"markdown\"]}\r\n", request.Text, StringComparison.Ordinal);
        Assert.Contains("name=file", request.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("name=options", request.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.csv", "is no file below the folder")]
    [InlineData("link.csv", "is no file below the folder")]
    [InlineData("up/secret.csv", "is no file below the folder")]
    [InlineData("../files-other/x.csv", "is no file below the folder")]
    [InlineData("missing.csv", "is no file below the folder")]
    [InlineData("notes.txt", "is not of a kind that can be parsed")]
    [InlineData("/etc/passwd", "is not of a kind that can be parsed")]
    public async Task No_other_file_is_read(string path, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_FILES", Folder));
        Assert.Contains(told, (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{path}}"}""")).Error, StringComparison.Ordinal);
        Assert.Contains(told, (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{Path.Combine(Folder, path)}}"}""")).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task Without_a_folder_no_file_is_read_and_the_caller_told_how()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var path = Path.Combine(Folder, "sub", "a.csv");
        Assert.Contains("no folder for files is set up (FIRECRAWL_FILES)", (await firecrawl.CallAsync("firecrawl_parse", $$"""{"filePath":"{{path}}"}""")).Error, StringComparison.Ordinal);
        Assert.Equal("content is not base64.", (await firecrawl.CallAsync("firecrawl_parse", """{"filePath":"a.csv","content":"%"}""")).Error);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
