using System.Net;
using System.Text;
using McpGateway.Specs;
using McpGateway.Testing;

namespace Memory.Specs.Pages;

/// <summary>A memory in and out by the pages.</summary>
public sealed class TransferPageSpecs
{
    private const string Lines = """
        {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
        {"type":"entity","name":"Bo","entityType":"person","observations":[]}
        {"type":"relation","from":"Ada","to":"Bo","relationType":"knows"}
        """;

    [Fact]
    public async Task A_file_is_counted_taken_in_and_told_about()
    {
        await using var console = await MemoryConsole.OpenAsync();
        var page = await SendAsync(console, "memory.jsonl", Lines, ("dry", "yes"));
        Assert.Contains(
            "2 entities created, 0 joined with existing ones, 1 fact and 1 relation added, 0 problems; a dry run",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("The memory is empty", await console.Browser.ReadAsync("/console/memory"), StringComparison.Ordinal);
        page = await SendAsync(console, "memory.jsonl", Lines + "\nnot JSON");
        Assert.Contains("2 entities created", page, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", page, StringComparison.Ordinal);
        Assert.Contains("by operator", await console.Browser.ReadAsync("/console/memory/changes"), StringComparison.Ordinal);
        page = await SendAsync(console, "me.txt", "speaks Danish\nlikes rye bread", ("entity", "Bo"));
        Assert.Contains("2 facts", page, StringComparison.Ordinal);
        Assert.Contains("speaks Danish", await console.Browser.ReadAsync("/console/memory/entity?name=Bo"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_out_is_what_the_export_endpoint_gives()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(Lines);
        using var response = await console.Browser.GetAsync("/console/memory/export.jsonl");
        Assert.Equal("application/jsonl", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches(
            "^attachment; filename=\"?memory-default-20..-..-..\\.jsonl\"?$",
            response.Content.Headers.ContentDisposition!.ToString()
        );
        Assert.Equal(
            await console.Memory.Gateway.Http.GetStringAsync(new Uri("/export", UriKind.Relative), TestContext.Current.CancellationToken),
            await response.TextAsync()
        );
        Assert.Equal(
            await console.Memory.Gateway.Http.GetStringAsync(
                new Uri("/export?format=official", UriKind.Relative),
                TestContext.Current.CancellationToken
            ),
            await console.Browser.ReadAsync("/console/memory/export.jsonl?format=official")
        );
    }

    [Fact]
    public async Task Nothing_comes_in_without_a_file_or_a_ticket()
    {
        await using var console = await MemoryConsole.OpenAsync();
        var page = await console.Browser.SubmitAsync("/console/memory/transfer", "/console/memory/import", ("entity", ""));
        Assert.Contains("No file was chosen", page, StringComparison.Ordinal);
        using var content = new MultipartFormDataContent { { new StringContent(Lines), "file", "memory.jsonl" } };
        using var response = await console.Browser.SendAsync("/console/memory/import", content);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("The memory is empty", await console.Browser.ReadAsync("/console/memory"), StringComparison.Ordinal);
    }

    /// <summary>Sends a file as the page's form does, and reads the page until the import has ended.</summary>
    private static async Task<string> SendAsync(
        MemoryConsole console,
        string name,
        string text,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(OperatorBrowser.TicketOf(await console.Browser.ReadAsync("/console/memory/transfer"))), "ticket" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name },
        };
        foreach (var (field, value) in fields)
        {
            content.Add(new StringContent(value), field);
        }

        using var response = await console.Browser.SendAsync("/console/memory/import", content);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        string page = "";
        await Eventually.IsAsync(
            async () =>
            {
                page = await console.Browser.ReadAsync("/console/memory/transfer");
                return page.Contains("Last import: " + name, StringComparison.Ordinal);
            },
            "The import does not end."
        );
        return page;
    }
}
