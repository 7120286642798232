using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Specs;

namespace Memory.Specs.Pages;

/// <summary>The memory in the console, as an operator uses it without script.</summary>
public sealed partial class PageSpecs
{
    private const string People = """
        {"type":"entity","name":"Ada Lovelace","entityType":"person","observations":["likes tea","wrote the first program"]}
        {"type":"entity","name":"Ada Lovelac","entityType":"person","observations":["lives in London"]}
        {"type":"entity","name":"Charles","entityType":"person","observations":["built an engine"]}
        {"type":"entity","name":"Engine","entityType":"machine","observations":[]}
        {"type":"relation","from":"Ada Lovelace","to":"Charles","relationType":"knows"}
        {"type":"relation","from":"Ada Lovelac","to":"Engine","relationType":"programs"}
        """;

    [Fact]
    public async Task A_person_finds_what_a_model_finds()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        var page = await console.Browser.ReadAsync("/console/memory?q=who%20wrote%20a%20program");
        Assert.Equal(await console.Memory.SearchAsync("who wrote a program"), FoundOn(page));
        Assert.Contains("wrote the first program", page, StringComparison.Ordinal);
        var document = JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/search.json?q=who%20wrote%20a%20program"))!;
        Assert.Equal(FoundOn(page), document["entities"]!.AsArray().Select(entity => (string?)entity!["name"]));
        Assert.Contains("Nothing was found", await console.Browser.ReadAsync("/console/memory?q=zebra"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_are_browsed_by_type_and_date()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        Assert.Equal(4, NamesOf(await console.Browser.ReadAsync("/console/memory")).Distinct().Count());
        Assert.Equal(["Engine"], NamesOf(await console.Browser.ReadAsync("/console/memory?type=machine")));
        Assert.Equal(
            ["Ada Lovelac", "Ada Lovelace", "Charles"],
            NamesOf(await console.Browser.ReadAsync("/console/memory?type=person&order=name"))
        );
        Assert.Empty(NamesOf(await console.Browser.ReadAsync("/console/memory?until=2020-01-01")));
        using var wrong = await console.Browser.GetAsync("/console/memory?since=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("is not a day or moment", await wrong.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_is_added_corrected_and_forgotten()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        var page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Charles",
            "/console/memory/add",
            ("name", "Charles"),
            ("fact", "hates\r\nmusic")
        );
        Assert.Contains("Added.", page, StringComparison.Ordinal);
        var correct = LinkTo("fact").Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First();
        page = await console.Browser.SubmitAsync(
            correct,
            "/console/memory/fact",
            ("name", "Charles"),
            ("old", "hates\r\nmusic"),
            ("new", "hates street music"),
            ("do", "save")
        );
        Assert.Contains("Corrected.", page, StringComparison.Ordinal);
        Assert.Equal(["built an engine", "hates street music"], await FactsAsync(console, "Charles"));
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Charles",
            "/console/memory/fact",
            ("name", "Charles"),
            ("old", "hates street music"),
            ("do", "delete")
        );
        Assert.Contains("Forgotten.", page, StringComparison.Ordinal);
        Assert.Equal(["built an engine"], await FactsAsync(console, "Charles"));
        // It was the operator, and the history says so.
        Assert.Contains("by operator", await console.Browser.ReadAsync("/console/memory/changes?entity=Charles"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_entries_of_one_person_become_one_and_two_again()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        var before = await ExportAsync(console);
        var duplicates = await console.Browser.ReadAsync("/console/memory/duplicates");
        var merge = WebUtility.HtmlDecode(LinkTo("merge").Match(duplicates).Groups[1].Value);
        var question = await console.Browser.ReadAsync(merge);
        Assert.Contains("Merge Ada Lovelac into Ada Lovelace?", question, StringComparison.Ordinal);
        Assert.Contains("lives in London", question, StringComparison.Ordinal);
        // Looking changes nothing.
        Assert.Equal(before, await ExportAsync(console));
        var page = await console.Browser.SubmitAsync(merge, "/console/memory/merge", ("from", "Ada Lovelac"), ("into", "Ada Lovelace"));
        Assert.Contains("Ada Lovelac is part of Ada Lovelace now.", page, StringComparison.Ordinal);
        Assert.Equal(["likes tea", "wrote the first program", "lives in London"], await FactsAsync(console, "Ada Lovelace"));
        Assert.Contains(
            "There is no entity with this name any more",
            await console.Browser.ReadAsync("/console/memory/entity?name=Ada%20Lovelac"),
            StringComparison.Ordinal
        );
        page = await UndoAsync(console);
        Assert.Contains("Undone: ", page, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync(console));
    }

    [Fact]
    public async Task An_entity_goes_after_a_question_and_comes_back_whole()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        var before = await ExportAsync(console);
        var question = await console.Browser.ReadAsync("/console/memory/delete?name=Charles");
        Assert.Contains("1 fact and 1 relation go with it", question, StringComparison.Ordinal);
        var page = await console.Browser.SubmitAsync("/console/memory/delete?name=Charles", "/console/memory/delete", ("name", "Charles"));
        Assert.Contains("Deleted: Charles.", page, StringComparison.Ordinal);
        Assert.Empty(await FactsAsync(console, "Charles"));
        page = await UndoAsync(console);
        Assert.Contains("restored Charles", page, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync(console));
    }

    [Fact]
    public async Task An_entity_is_created_renamed_retyped_and_related()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        var page = await console.Browser.SubmitAsync(
            "/console/memory",
            "/console/memory/create",
            ("name", "Babage"),
            ("type", "person"),
            ("facts", "is a mathematician\r\n\r\nis stubborn\r\n")
        );
        Assert.Contains("Remembered: Babage.", page, StringComparison.Ordinal);
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Babage",
            "/console/memory/rename",
            ("name", "Babage"),
            ("to", "Babbage"),
            ("type", "inventor")
        );
        Assert.Contains("Babage is now Babbage, a inventor.", page, StringComparison.Ordinal);
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Babbage",
            "/console/memory/rename",
            ("name", "Babbage"),
            ("to", "Babbage"),
            ("type", "")
        );
        Assert.Contains("Babbage is now without a type.", page, StringComparison.Ordinal);
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Babbage",
            "/console/memory/relate",
            ("from", "Babbage"),
            ("type", "invented"),
            ("to", "Engine")
        );
        Assert.Contains("Added: Babbage invented Engine.", page, StringComparison.Ordinal);
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Babbage",
            "/console/memory/relate",
            ("from", "Babbage"),
            ("type", "invented"),
            ("to", "Engin")
        );
        Assert.Contains("Did you mean &quot;Engine&quot;?", page, StringComparison.Ordinal);
        var remove = WebUtility.HtmlDecode(
            LinkTo("relation").Match(await console.Browser.ReadAsync("/console/memory/entity?name=Babbage")).Groups[1].Value
        );
        page = await console.Browser.SubmitAsync(
            remove,
            "/console/memory/relation",
            ("from", "Babbage"),
            ("type", "invented"),
            ("to", "Engine")
        );
        Assert.Contains("Removed: Babbage invented Engine.", page, StringComparison.Ordinal);
        // A name that is taken merges nothing by accident.
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?name=Babbage",
            "/console/memory/rename",
            ("name", "Babbage"),
            ("to", "Charles"),
            ("type", "king")
        );
        Assert.Contains("exists already", page, StringComparison.Ordinal);
        Assert.Contains("inventor", await console.Browser.ReadAsync("/console/memory/entity?name=Babbage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_keeps_to_itself_on_every_page()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(People);
        await console.Memory.In("work").CreateAsync("Ledger", "book", "is red");
        var page = await console.Browser.ReadAsync("/console/memory?namespace=work");
        Assert.Equal(["Ledger"], NamesOf(page));
        page = await console.Browser.SubmitAsync(
            "/console/memory/entity?namespace=work&name=Ledger",
            "/console/memory/rename?namespace=work",
            ("name", "Ledger"),
            ("to", "Journal")
        );
        Assert.Contains("Ledger is now Journal.", page, StringComparison.Ordinal);
        foreach (var path in (string[])["", "/graph", "/changes", "/duplicates", "/transfer", "/entity"])
        {
            page = await console.Browser.ReadAsync($"/console/memory{path}?namespace=work&name=Journal");
            Assert.DoesNotContain("Lovelace", page, StringComparison.Ordinal);
            Assert.All(
                Address()
                    .Matches(page)
                    .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
                    .Where(address => !address.EndsWith("/console/memory", StringComparison.Ordinal)),
                address => Assert.Contains("namespace=work", address, StringComparison.Ordinal)
            );
        }

        using var wrong = await console.Browser.GetAsync("/console/memory?namespace=..%2Fx");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_gateway_that_only_reads_changes_nothing_here_either()
    {
        await using var console = await MemoryConsole.OpenAsync(("READ_ONLY", "true"));
        var page = await console.Browser.SubmitAsync("/console/memory", "/console/memory/create", ("name", "A"), ("type", "t"));
        Assert.Contains("This gateway is read-only", page, StringComparison.Ordinal);
        Assert.Contains("The memory is empty", await console.Browser.ReadAsync("/console/memory"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/memory/entity")]
    [InlineData("/console/memory/entity?name=nobody")]
    [InlineData("/console/memory/entity?name=A&before=x")]
    [InlineData("/console/memory/fact?name=A&fact=99999999999999999999")]
    [InlineData("/console/memory/fact?name=A&fact=1")]
    [InlineData("/console/memory/relation?from=A")]
    [InlineData("/console/memory/delete?name=nobody")]
    [InlineData("/console/memory/merge")]
    [InlineData("/console/memory/merge?from=A&into=A")]
    [InlineData("/console/memory/merge?from=A&into=nobody")]
    [InlineData("/console/memory/changes?before=-1")]
    [InlineData("/console/memory/changes?since=soon")]
    [InlineData("/console/memory?q=A&cursor=wrong")]
    [InlineData("/console/memory/graph?name=nobody")]
    [InlineData("/console/memory/graph.json?cluster=nobody")]
    [InlineData("/console/memory/entity.json?name=nobody")]
    [InlineData("/console/memory/found.json")]
    public async Task A_wrong_address_is_answered_by_a_sentence(string path)
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.Memory.CreateAsync("A");
        using var response = await console.Browser.GetAsync(path);
        Assert.InRange((int)response.StatusCode, 200, 404);
        Assert.DoesNotContain(console.Memory.Gateway.Logs.Lines, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    private static async Task<string> UndoAsync(MemoryConsole console)
    {
        var changes = await console.Browser.ReadAsync("/console/memory/changes");
        return await console.Browser.SubmitAsync(
            "/console/memory/changes",
            "/console/memory/undo",
            ("call", UndoButton().Match(changes).Groups[1].Value)
        );
    }

    private static async Task<string[]> FactsAsync(MemoryConsole console, string name) =>
        (await console.Memory.CallAsync("open_nodes", new { names = new[] { name } })).Observations;

    /// <summary>All there is, but for the numbers and times of what was made again.</summary>
    private static async Task<string[]> ExportAsync(MemoryConsole console) =>
        [.. (await console.Browser.ReadAsync("/console/memory/export.jsonl")).Split('\n').Order(StringComparer.Ordinal)];

    private static string[] NamesOf(string page) =>
        [.. EntityLink().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct()];

    private static string[] FoundOn(string page) => NamesOf(string.Concat(Headings().Matches(page).Select(match => match.Value)));

    private static Regex LinkTo(string page) => new($"href=\"(/console/memory/{page}\\?[^\"]+)\"");

    [GeneratedRegex("<h3>.*</h3>")]
    private static partial Regex Headings();

    [GeneratedRegex("<a href=\"/console/memory/entity\\?[^\"]+\">([^<]+)</a>")]
    private static partial Regex EntityLink();

    // A form that reads has the namespace as a field.
    [GeneratedRegex("(?:href|method=\"post\" action|data-source)=\"(/console/memory[^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("name=\"call\" value=\"(\\d+)\"")]
    private static partial Regex UndoButton();
}
