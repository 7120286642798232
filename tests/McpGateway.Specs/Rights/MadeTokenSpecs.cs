using System.Net;
using McpGateway.Secrets;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Rights;

/// <summary>Tokens that are made, changed and ended on the machine while the gateway runs.</summary>
public sealed class MadeTokenSpecs : IDisposable
{
    private readonly string data = TemporaryFolder.Create("token-spec-").FullName;
    private readonly UseLog log = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_token_works_from_the_next_second_on_until_it_is_ended()
    {
        await using var gateway = await StartAsync();
        using var open = await gateway.PostAsync(SpecService.Call("search_books"), "an-unknown-token-0001");
        Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);

        var token = await MakeAsync("n8n", "--read", "--tools", "search_* open_*");
        Assert.Equal(["search_books done", "add_book refused"], await TryAsync(gateway, token, "search_books", "add_book"));

        Assert.Equal((0, "", ""), await RunAsync("change", "n8n", "--deny", "search_books"));
        Assert.Equal(["search_books refused", "add_book done"], await TryAsync(gateway, token, "search_books", "add_book"));

        var (code, next, _) = await RunAsync("rotate", "n8n");
        Assert.Equal(0, code);
        Assert.Equal(["add_book 401"], await TryAsync(gateway, token, "add_book"));
        Assert.Equal(["add_book done"], await TryAsync(gateway, next.Trim(), "add_book"));

        Assert.Equal((0, "", ""), await RunAsync("end", "n8n"));
        Assert.Equal(["add_book 401"], await TryAsync(gateway, next.Trim(), "add_book"));
        // The command reads the machine's clock.
        Assert.Matches("ended [0-9]{4}-[0-9]{2}-[0-9]{2}", (await RunAsync("list")).Output);
    }

    [Fact]
    public async Task A_token_is_given_all_rights_only_where_that_is_said()
    {
        await using var gateway = await StartAsync();
        var token = await MakeAsync("n8n", "--read");
        var (code, _, error) = await RunAsync("change", "n8n");
        Assert.Equal(1, code);
        Assert.Contains("or --everything to limit nothing", error, StringComparison.Ordinal);
        Assert.Equal(["add_book refused"], await TryAsync(gateway, token, "add_book"));
        Assert.Equal((0, "", ""), await RunAsync("change", "n8n", "--everything"));
        Assert.Equal(["add_book done"], await TryAsync(gateway, token, "add_book"));
    }

    [Theory]
    [InlineData("'operator' is what the gateway calls others in its logs", "operator")]
    [InlineData("'Anonymous' is what the gateway calls others in its logs", "Anonymous")]
    public async Task A_token_that_would_be_taken_for_another_is_not_made(string said, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(["add", .. arguments]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_gateway_itself_changes_holds_from_the_next_call_on()
    {
        await using var gateway = await StartAsync();
        var token = await MakeAsync("n8n");
        Assert.Equal(["add_book done"], await TryAsync(gateway, token, "add_book"));
        var tokens = gateway.Services.GetRequiredService<McpGateway.State.Tokens>();
        Assert.True(await tokens.ChangeAsync("n8n", "read", TestContext.Current.CancellationToken));
        Assert.Equal(["add_book refused"], await TryAsync(gateway, token, "add_book"));
        Assert.True(await tokens.EndAsync("n8n", TestContext.Current.CancellationToken));
        Assert.Equal(["search_books 401"], await TryAsync(gateway, token, "search_books"));
    }

    [Fact]
    public async Task What_a_caller_may_no_longer_use_is_not_read_to_its_end()
    {
        await using var gateway = await StartAsync();
        var token = await MakeAsync("n8n");
        using var response = await gateway.PostAsync(SpecService.Call("long_book"), token);
        var text = await response.ToolTextAsync();
        var start = text.IndexOf("{\"cursor\":", StringComparison.Ordinal);
        var cursor = text[start..(text.IndexOf('}', start) + 1)];
        using var rest = await gateway.PostAsync(SpecService.Call("read_more", cursor), token);
        Assert.Contains(" word", await rest.ToolTextAsync(), StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await RunAsync("change", "n8n", "--deny", "long_book"));
        using var refused = await gateway.PostAsync(SpecService.Call("read_more", cursor), token);
        Assert.Contains("is invalid or has expired", await refused.ToolTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_gateway_is_closed_by_its_first_token_and_stays_so_when_it_ends()
    {
        await using (var gateway = await StartAsync(withToken: false))
        {
            Assert.Equal(["search_books done"], await TryAsync(gateway, null, "search_books"));
            var token = await MakeAsync("anna");
            Assert.Equal(["search_books 401"], await TryAsync(gateway, null, "search_books"));
            Assert.Equal(["search_books done"], await TryAsync(gateway, token, "search_books"));
            await RunAsync("end", "anna");
            Assert.Equal(["search_books 401"], await TryAsync(gateway, null, "search_books"));
        }

        await using var again = await StartAsync(withToken: false);
        Assert.Equal(["search_books 401"], await TryAsync(again, null, "search_books"));
    }

    [Fact]
    public async Task The_first_token_of_a_gateway_that_others_can_reach_is_made_before_it_starts()
    {
        await Assert.ThrowsAsync<SettingException>(() => StartAsync(withToken: false, ("PUBLIC_URL", "https://spec.example.com")));
        var token = (await RunAsync(["add", "anna"], ("PUBLIC_URL", "https://spec.example.com"))).Output.Trim();
        await using var gateway = await StartAsync(withToken: false, ("PUBLIC_URL", "https://spec.example.com"));
        Assert.Equal(["search_books done"], await TryAsync(gateway, token, "search_books"));
        Assert.Equal(["search_books 401"], await TryAsync(gateway, null, "search_books"));
    }

    [Fact]
    public async Task A_token_is_stored_as_a_digest_and_its_use_to_the_minute()
    {
        await using var gateway = await StartAsync();
        var token = await MakeAsync("n8n");
        Assert.Contains("never used", (await RunAsync("list")).Output, StringComparison.Ordinal);
        await TryAsync(gateway, token, "search_books", "search_books");
        Assert.Contains("last used 2026-11-01 12:00 UTC", (await RunAsync("list")).Output, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(59));
        await TryAsync(gateway, token, "search_books");
        Assert.Contains("last used 2026-11-01 12:00 UTC", (await RunAsync("list")).Output, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        await TryAsync(gateway, token, "search_books");
        Assert.Contains("last used 2026-11-01 12:01 UTC", (await RunAsync("list")).Output, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(data))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(content, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(token, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_expires_or_whose_profile_is_gone_is_refused()
    {
        await using var gateway = await StartAsync();
        var token = await MakeAsync("n8n", "--expires", "2026-11-02", "--profile", "reader");
        Assert.Equal(["search_books done", "add_book refused"], await TryAsync(gateway, token, "search_books", "add_book"));
        await using (var without = await StartAsync(true, ("PROFILES", "")))
        {
            Assert.Equal(["search_books 401"], await TryAsync(without, token, "search_books"));
        }

        time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(["search_books 401"], await TryAsync(gateway, token, "search_books"));
    }

    [Fact]
    public async Task Tokens_are_read_anew_only_once_one_of_them_has_changed()
    {
        var token = await MakeAsync("n8n");
        await MakeAsync("anna");
        // Told at each reading: a token of the settings has the name.
        await using var gateway = await StartAsync(false, ("MCP_BEARER_TOKENS", "anna=a-token-of-the-settings-1"));
        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Equal(["search_books done"], await TryAsync(gateway, token, "search_books"));
            // Its use is noted; so is a call, as budgets are.
            await gateway
                .Services.GetRequiredService<McpGateway.State.KeptCalls>()
                .TryBeginAsync("n8n", $"{minute}", "digest", "tool", TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, Readings());
        await RunAsync("change", "n8n", "--deny", "search_books");
        Assert.Equal(["search_books refused"], await TryAsync(gateway, token, "search_books"));
        Assert.Equal(2, Readings());

        int Readings() =>
            gateway.Logs.Lines.Count(line =>
                line.Contains("The made token anna is refused: a token of MCP_BEARER", StringComparison.Ordinal)
            );
    }

    [Theory]
    [InlineData("add", "'' is not a name")]
    [InlineData("add a/b", "'a/b' is not a name")]
    [InlineData("add n8n --reed", "'reed' is not a right")]
    [InlineData("add n8n --tools serach_*", "names 'serach_*', which matches no tool")]
    [InlineData("add n8n --tools search_* open_*", "'open_*' is not an option")]
    [InlineData("add n8n --expires soon", "'expires=soon' is not a day")]
    [InlineData("add known", "a token of MCP_BEARER_TOKENS is named 'known'")]
    [InlineData("end nobody", "no token 'nobody' works here")]
    [InlineData("rotate nobody", "no token 'nobody' works here")]
    [InlineData("change nobody --read", "no token 'nobody' works here")]
    [InlineData("end", "it takes one argument")]
    public async Task A_wrong_command_makes_and_changes_nothing(string arguments, string said)
    {
        await MakeAsync("other");
        var before = await RunAsync("list");
        var (code, output, errors) = await RunAsync(arguments.Split(' '), ("MCP_BEARER_TOKENS", "known=a-known-token-0001"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal(before, await RunAsync("list"));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("change", "n8n", "--read")]
    [InlineData("rotate", "n8n")]
    [InlineData("end", "n8n")]
    public async Task Where_no_token_was_made_a_command_makes_no_state(params string[] arguments)
    {
        foreach (var folder in new[] { data, Path.Combine(data, "elsewhere") })
        {
            var (code, output, errors) = await RightsService.RunTokenAsync(folder, arguments);
            Assert.Equal((1, ""), (code, output));
            Assert.Contains($"there is no state file '{Path.Combine(folder, "state.db")}'", errors, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(data));
        }
    }

    [Fact]
    public async Task A_name_is_given_again_once_its_token_has_ended()
    {
        await MakeAsync("n8n");
        Assert.Contains("there is a token 'n8n' already", (await RunAsync("add", "n8n")).Errors, StringComparison.Ordinal);
        await RunAsync("end", "n8n");
        await MakeAsync("n8n");
    }

    private Task<Gateway> StartAsync(bool withToken = true, params (string, string)[] settings) =>
        RightsService.StartAsync(
            log,
            time,
            [
                ("DATA_PATH", data),
                ("PROFILES", "reader: read"),
                .. withToken ? new (string, string)[] { ("MCP_BEARER_TOKEN", SpecService.Token) } : [],
                .. settings,
            ]
        );

    private async Task<string> MakeAsync(string name, params string[] rights)
    {
        var (code, output, errors) = await RunAsync(["add", name, .. rights]);
        Assert.Equal((0, ""), (code, errors));
        return output.Trim();
    }

    private static async Task<IReadOnlyList<string>> TryAsync(Gateway gateway, string? token, params string[] tools)
    {
        var outcomes = new List<string>();
        foreach (var tool in tools)
        {
            using var response = await gateway.PostAsync(SpecService.Call(tool), token);
            outcomes.Add(
                response.StatusCode == HttpStatusCode.Unauthorized ? $"{tool} 401"
                : (await response.ToolTextAsync()).StartsWith("done", StringComparison.Ordinal) ? $"{tool} done"
                : $"{tool} refused"
            );
        }

        return outcomes;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var outcome = await RightsService.RunTokenAsync(data, arguments, [("PROFILES", "reader: read"), .. settings]);
        if (arguments[0] != "list")
        {
            // What another process did is seen within it.
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return outcome;
    }
}
