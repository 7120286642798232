using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using McpGateway.Secrets;
using McpGateway.Specs.OAuth;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Guards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>Destructive calls of clients that cannot ask their user: they wait for the operator's yes on a page.</summary>
public sealed partial class ApprovalSpecs : IDisposable
{
    private const string Secret = OAuthGateway.Secret;
    private const string N8n = "n8n-token-0123456789abcdef";
    private const string Other = "other-token-0123456789abcd";

    // Past the next look at the answer, and with few steps past the patience of a call.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(26);

    private readonly string data = Directory.CreateTempSubdirectory("approval-spec-").FullName;
    private readonly RunningClock time = new(DateTimeOffset.Parse("2026-11-01T12:00:00Z", CultureInfo.InvariantCulture));
    private readonly Shelf shelf = new();
    private readonly ThingNames names = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_call_waits_for_the_operator_and_runs_once_with_the_yes()
    {
        await using var gateway = await StartAsync();
        var call = BurnAsync(gateway, "Emma");
        var page = await WaitForQuestionAsync(gateway);
        Assert.Empty(shelf.Burnt);
        Assert.Contains("<h2>Burn a book</h2>", page, StringComparison.Ordinal);
        Assert.Contains("Burns a book for good.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing comes back", page, StringComparison.Ordinal);
        Assert.Contains(
            "<dt>Wanted by</dt><dd>n8n, <time datetime=\"2026-11-01T12:00:00Z\" title=\"2026-11-01 12:00 (UTC)\">just now</time></dd>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<dt>book title</dt><dd><span class=\"text\">Emma</span></dd>", page, StringComparison.Ordinal);

        page = await AnswerAsync(gateway, page, "allow");
        Assert.Contains(
            "Allowed: Burn a book, for n8n. It runs once, if the caller sends it within 15 minutes.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("No call waits for you.", page, StringComparison.Ordinal);
        Assert.Contains("Emma is gone", await time.WhileAsync(call, Step), StringComparison.Ordinal);
        Assert.Equal(["Emma"], shelf.Burnt);
        Assert.Equal(
            ["approval_asked", "approval_given", "tool_call"],
            (await gateway.ReadAuditAsync()).Select(line => JsonElement.Parse(line).GetProperty("event").GetString())
        );
    }

    [Fact]
    public async Task A_gateway_that_stops_does_not_let_a_call_wait()
    {
        await using var gateway = await StartAsync();
        var call = BurnAsync(gateway, "Emma");
        await WaitForQuestionAsync(gateway);
        gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        // One look later, and long before its patience is over.
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Contains("Waiting for approval", await call.WaitAsync(TimeSpan.FromMinutes(1), Cancellation), StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
    }

    [Fact]
    public async Task A_call_that_nobody_answers_says_where_it_waits_and_runs_when_it_is_sent_again_after_the_yes_once()
    {
        await using var gateway = await StartAsync();
        var started = time.GetUtcNow();
        var told = await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(50));
        Assert.Contains("Waiting for approval: https://shelf.example.org/approvals", told, StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", told, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"asked\"", (await gateway.ReadAuditAsync())[^1], StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);

        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        Assert.Equal(["Emma"], shelf.Burnt);
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);
        Assert.Equal(["Emma"], shelf.Burnt);
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller_and_stands_for_a_while()
    {
        await using var gateway = await StartAsync();
        var call = BurnAsync(gateway, "Emma");
        await AnswerAsync(gateway, await WaitForQuestionAsync(gateway), "refuse");
        Assert.Contains("The operator refused", await time.WhileAsync(call, Step), StringComparison.Ordinal);
        Assert.Contains("The operator refused", await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        Assert.Contains("No call waits for you.", await ShowAsync(gateway), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
    }

    [Theory]
    [InlineData("caller")]
    [InlineData("arguments")]
    [InlineData("more arguments")]
    [InlineData("tool")]
    [InlineData("too late")]
    public async Task A_yes_is_for_one_caller_one_tool_and_its_arguments_for_fifteen_minutes(string what)
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        if (what == "too late")
        {
            time.Advance(TimeSpan.FromMinutes(15));
        }

        var told = await time.WhileAsync(
            what switch
            {
                "caller" => BurnAsync(gateway, "Emma", Other),
                "arguments" => BurnAsync(gateway, "emma"),
                "more arguments" => CallAsync(gateway, "burn_book", """{"bookTitle":"Emma","copies":2}"""),
                "tool" => CallAsync(gateway, "shred_book", """{"bookTitle":"Emma"}"""),
                _ => BurnAsync(gateway, "Emma"),
            },
            Step
        );
        Assert.Contains("Waiting for approval", told, StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
    }

    [Fact]
    public async Task Of_twenty_that_send_the_same_call_at_once_one_runs_with_one_yes()
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(CallAsync(gateway, "burn_book", """{"bookTitle":"Emma","copies":2}"""), Step);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        // Members in another order are the same call.
        var calls = Enumerable.Range(0, 20).Select(_ => CallAsync(gateway, "burn_book", """{"copies":2,"bookTitle":"Emma"}""")).ToList();
        var told = await time.WhileAsync(Task.WhenAll(calls), Step);
        Assert.Single(told, text => text.Contains("is gone", StringComparison.Ordinal));
        Assert.Equal(19, told.Count(text => text.Contains("Waiting for approval", StringComparison.Ordinal)));
        Assert.Single(shelf.Burnt);
        Assert.Equal(1, (await ShowAsync(gateway)).Split("<h2>").Length - 1);
    }

    [Fact]
    public async Task A_yes_given_in_one_process_lets_the_call_run_that_waits_in_another()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var call = BurnAsync(one, "Emma");
        await WaitForQuestionAsync(one);
        await AnswerAsync(other, await ShowAsync(other), "allow");
        Assert.Contains("Emma is gone", await time.WhileAsync(call, Step), StringComparison.Ordinal);
        Assert.Single(shelf.Burnt);
    }

    [Fact]
    public async Task What_would_be_done_is_shown_whole_in_words_and_hostile_text_stays_text()
    {
        await using var gateway = await StartAsync();
        const string title = "<script>alert(1)</script>\u202Egnp.exe\u200B \"'&";
        var call = CallAsync(
            gateway,
            "burn_book",
            JsonSerializer.Serialize(
                new
                {
                    bookTitle = title,
                    place = new { room_name = "Cellar", shelves = new[] { "A", "B" } },
                    note = new string('x', 5_000) + "the end",
                    copies = 2,
                    force = true,
                }
            )
        );
        var page = await WaitForQuestionAsync(gateway);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;[U&#x2B;202E]gnp.exe[U&#x2B;200B] &quot;&#x27;&amp;",
            page,
            StringComparison.Ordinal
        );
        foreach (
            var shown in (string[])
                [
                    "<dt>room name</dt><dd><span class=\"text\">Cellar</span></dd>",
                    "2 items",
                    "the end</pre>",
                    "5007 characters",
                    "<dt>copies</dt><dd><span class=\"text\">2</span></dd>",
                    "<dt>force</dt><dd>yes</dd>",
                ]
        )
        {
            Assert.Contains(shown, page, StringComparison.Ordinal);
        }

        await AnswerAsync(gateway, page, "refuse");
        await time.WhileAsync(call, Step);
    }

    [Fact]
    public async Task The_operator_and_the_caller_read_what_things_are_called()
    {
        names
            .Add("bookTitle", call => Task.FromResult<string?>($"{call.Text("bookTitle")} by Jane <i>Austen</i>\u202E"))
            .AddEvenWithout("note", _ => Task.FromResult<string?>("the one on the desk"));
        await using var gateway = await StartAsync(("MCP_BEARER_TOKENS", $"n8n={N8n},other={Other};tools=burn_*"));
        var told = await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        Assert.Contains(
            "has to allow 'burn_book' (bookTitle: Emma by Jane <i>Austen</i>[U+202E]; note: the one on the desk) there",
            told,
            StringComparison.Ordinal
        );
        var page = await ShowAsync(gateway);
        Assert.Contains(
            "<dt>book title</dt><dd><strong class=\"text\">Emma by Jane &lt;i&gt;Austen&lt;/i&gt;[U&#x2B;202E]</strong> <span class=\"text\">Emma</span></dd>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<dt>note</dt><dd><strong class=\"text\">the one on the desk</strong></dd>", page, StringComparison.Ordinal);

        // Sent again, it is the same call, and nothing is looked up anew.
        Assert.Contains("by Jane", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);

        // Whoever may use some tools only would read names this way that those tools do not show.
        Assert.DoesNotContain("by Jane", await time.WhileAsync(BurnAsync(gateway, "Persuasion", Other), Step), StringComparison.Ordinal);
        Assert.Contains("Persuasion by Jane", await ShowAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_looked_up_in_time_is_shown_as_it_was_sent()
    {
        names
            .Add("bookTitle", _ => throw new InvalidOperationException("The catalogue is closed."))
            .Add("copies", _ => new TaskCompletionSource<string?>().Task)
            .Add("force", _ => Task.FromResult<string?>("with force"));
        await using var gateway = await StartAsync();
        var told = await time.WhileAsync(CallAsync(gateway, "burn_book", """{"bookTitle":"Emma","copies":2,"force":true}"""), Step);
        Assert.Contains("'burn_book' (force: with force) there", told, StringComparison.Ordinal);
        var page = await ShowAsync(gateway);
        Assert.Contains("<dt>book title</dt><dd><span class=\"text\">Emma</span></dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>copies</dt><dd><span class=\"text\">2</span></dd>", page, StringComparison.Ordinal);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("could not be looked up", StringComparison.Ordinal));
        Assert.Empty(shelf.Burnt);
    }

    [Fact]
    public async Task Times_are_those_of_the_operator()
    {
        await using var gateway = await StartAsync(("TIME_ZONE", "Asia/Tokyo"));
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        time.Advance(TimeSpan.FromMinutes(10));
        var page = await ShowAsync(gateway);
        Assert.Contains("title=\"2026-11-01 21:00 (Asia/Tokyo)\">", page, StringComparison.Ordinal);
        Assert.Matches(">1[01] minutes ago</time>", page);
    }

    [Fact]
    public async Task The_page_shows_and_answers_nothing_without_the_secret_or_for_another_site()
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        var page = await ShowAsync(gateway);
        var (call, ticket) = (OAuthGateway.FieldOf(page, "allow"), OAuthGateway.FieldOf(page, "ticket"));
        foreach (
            var fields in (Dictionary<string, string>[])
                [
                    new() { ["allow"] = call },
                    new() { ["allow"] = call, ["secret"] = N8n },
                    new() { ["allow"] = call, ["ticket"] = ticket + "x" },
                ]
        )
        {
            using var refused = await PostAsync(gateway, fields);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain("Emma", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        using var foreign = await PostAsync(gateway, new() { ["allow"] = call, ["ticket"] = ticket }, "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var both = await PostAsync(
            gateway,
            new()
            {
                ["allow"] = call,
                ["refuse"] = call,
                ["ticket"] = ticket,
            }
        );
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        using var asked = await gateway.Http.GetAsync(new Uri("/approvals", UriKind.Relative), Cancellation);
        Assert.DoesNotContain("Emma", await asked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(5));
        using var late = await PostAsync(gateway, new() { ["allow"] = call, ["ticket"] = ticket });
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
    }

    [Fact]
    public async Task A_question_is_forgotten_an_hour_after_the_call_was_last_sent()
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        var page = await ShowAsync(gateway);
        time.Advance(TimeSpan.FromHours(1));
        var later = await ShowAsync(gateway);
        Assert.Contains("No call waits for you.", later, StringComparison.Ordinal);
        using var late = await PostAsync(
            gateway,
            new() { ["allow"] = OAuthGateway.FieldOf(page, "allow"), ["ticket"] = OAuthGateway.FieldOf(later, "ticket") }
        );
        Assert.Contains("does not wait any more", await late.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_has_twenty_calls_that_wait_and_no_more()
    {
        await using var gateway = await StartAsync();
        var calls = Enumerable.Range(0, 21).Select(i => BurnAsync(gateway, $"Book {i}")).ToList();
        var told = await time.WhileAsync(Task.WhenAll(calls), Step);
        Assert.Single(told, text => text.Contains("Too many calls wait", StringComparison.Ordinal));
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma", Other), Step), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_the_secret_opens_the_page_all_the_same()
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", ""), ("BIND_ADDRESS", "127.0.0.1"));
        var told = await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        Assert.Contains($"Waiting for approval: {new Uri(gateway.McpUrl, "/approvals")}", told, StringComparison.Ordinal);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        using var connections = await gateway.Http.GetAsync(new Uri("/connections", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, connections.StatusCode);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("opens /approvals alone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("never")]
    [InlineData("auto")]
    public async Task The_rights_of_a_caller_demand_a_yes_for_chosen_tools_whatever_else_is_set(string way)
    {
        await using var gateway = await StartAsync(
            ("CONFIRM_DESTRUCTIVE", way),
            ("PROFILES", "careful: approve=burn_* add_book"),
            ("MCP_BEARER_TOKENS", $"n8n={N8n};profile=careful,other={Other}")
        );
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma", Other), StringComparison.Ordinal);
        Assert.Contains("is gone", await CallAsync(gateway, "shred_book", """{"bookTitle":"Ivanhoe"}"""), StringComparison.Ordinal);
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Persuasion"), Step), StringComparison.Ordinal);
        var addition = CallAsync(gateway, "add_book", """{"bookTitle":"Middlemarch"}""");
        await time.WhileAsync(addition, Step);
        Assert.Contains("Waiting for approval", await addition, StringComparison.Ordinal);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("is here", await CallAsync(gateway, "add_book", """{"bookTitle":"Middlemarch"}"""), StringComparison.Ordinal);
        Assert.Equal(["Emma", "Ivanhoe"], shelf.Burnt);
    }

    [Theory]
    [InlineData("approve=burn_*", "nobody could say yes: set OPERATOR_SECRET")]
    [InlineData("approve=fly_*", "names 'fly_*', which matches no tool")]
    [InlineData("approve", "lacks its value")]
    public async Task Rights_that_demand_what_cannot_be_stop_the_start(string rights, string told)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() =>
            StartAsync(
                ("CONFIRM_DESTRUCTIVE", "auto"),
                ("OPERATOR_SECRET", ""),
                ("PUBLIC_URL", ""),
                ("MCP_BEARER_TOKENS", $"n8n={N8n};{rights}")
            )
        );
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_without_a_way_in_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => StartAsync(("OPERATOR_SECRET", ""), ("PUBLIC_URL", "")));
        Assert.Contains("CONFIRM_DESTRUCTIVE=page", refused.Message, StringComparison.Ordinal);
        Assert.Contains("set OPERATOR_SECRET", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "Emma is gone")]
    [InlineData("never", "Emma is gone")]
    [InlineData("always", "runs on this gateway only after a person has agreed (CONFIRM_DESTRUCTIVE=always)")]
    public async Task The_other_ways_need_no_page(string way, string told)
    {
        await using var gateway = await StartAsync(("CONFIRM_DESTRUCTIVE", way));
        Assert.Contains(told, await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        Assert.Equal(way == "always" ? 0 : 1, shelf.Burnt.Count);
    }

    [Fact]
    public async Task What_only_adds_does_not_wait()
    {
        await using var gateway = await StartAsync();
        Assert.Contains("is here", await CallAsync(gateway, "add_book", """{"bookTitle":"Emma"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_questions_cannot_be_stored_nothing_runs()
    {
        await using var gateway = await StartAsync();
        await ShowAsync(gateway);
        var file = Path.Combine(data, "state.db");
        File.Move(file, file + ".away");
        var told = await BurnAsync(gateway, "Emma");
        Assert.Contains("cannot store questions at present. Nothing was done.", told, StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
        File.Move(file + ".away", file);
    }

    private Task<Gateway> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["DATA_PATH"] = data,
            ["PUBLIC_URL"] = "https://shelf.example.org",
            ["OPERATOR_SECRET"] = Secret,
            ["MCP_BEARER_TOKENS"] = $"n8n={N8n},other={Other}",
            ["CONFIRM_DESTRUCTIVE"] = "page",
            ["RATE_LIMIT_PER_SECOND"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return Gateway.StartAsync(
            new GatewayService("shelf-mcp", 0, "Shelf", "Books."),
            gateway =>
            {
                gateway.Services.AddSingleton(shelf);
                gateway.Services.AddSingleton(names);
                gateway.Mcp.WithTools<ShelfTools>();
            },
            all,
            time
        );
    }

    private static Task<string> BurnAsync(Gateway gateway, string title, string token = N8n) =>
        CallAsync(gateway, "burn_book", $$"""{"bookTitle":{{JsonSerializer.Serialize(title)}}}""", token);

    private static async Task<string> CallAsync(Gateway gateway, string tool, string arguments, string token = N8n)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool, arguments), token);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The page, once a call waits; the clock stands meanwhile.</summary>
    private static async Task<string> WaitForQuestionAsync(Gateway gateway)
    {
        var page = "";
        await Eventually.IsAsync(
            async () => (page = await ShowAsync(gateway)).Contains("name=\"allow\"", StringComparison.Ordinal),
            "No call waits."
        );
        return page;
    }

    private static async Task<string> ShowAsync(Gateway gateway)
    {
        using var response = await PostAsync(gateway, new() { ["secret"] = Secret });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> AnswerAsync(Gateway gateway, string page, string answer)
    {
        using var response = await PostAsync(
            gateway,
            new() { ["ticket"] = OAuthGateway.FieldOf(page, "ticket"), [answer] = OAuthGateway.FieldOf(page, answer) }
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> PostAsync(Gateway gateway, Dictionary<string, string> form, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/approvals") { Content = new FormUrlEncodedContent(form) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return gateway.Http.SendAsync(request);
    }

    private sealed class Shelf
    {
        public ConcurrentQueue<string> Burnt { get; } = new();
    }

    [McpServerToolType]
    private sealed partial class ShelfTools(Shelf shelf)
    {
        /// <summary>Burns a book for good. Nothing comes back.</summary>
        [McpServerTool(Name = "burn_book", Title = "Burn a book", Destructive = true)]
        public partial string Burn(
            string bookTitle,
            int copies = 1,
            string? note = null,
            bool force = false,
            Dictionary<string, JsonElement>? place = null
        )
        {
            shelf.Burnt.Enqueue(bookTitle);
            return $"{bookTitle} is gone.";
        }

        /// <summary>Shreds a book.</summary>
        [McpServerTool(Name = "shred_book", Destructive = true)]
        public partial string Shred(string bookTitle)
        {
            shelf.Burnt.Enqueue(bookTitle);
            return $"{bookTitle} is gone.";
        }

        /// <summary>Adds a book.</summary>
        [McpServerTool(Name = "add_book", Destructive = false)]
        public partial string Add(string bookTitle) => $"{bookTitle} is here.";
    }
}
