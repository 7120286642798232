using System.Text.Json;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Specs.Tools;

/// <summary>Destructive calls of clients that cannot ask their user: they wait for the operator's yes on a page.</summary>
public sealed class ApprovalSpecs : ApprovalShelf
{
    [Fact]
    public async Task A_call_waits_for_the_operator_and_runs_once_with_the_yes()
    {
        await using var gateway = await StartAsync();
        var call = BurnAsync(gateway, "Emma");
        var page = await WaitForQuestionAsync(gateway);
        Assert.Empty(books.Burnt);
        Assert.Contains("<h2>Burn a book</h2>", page, StringComparison.Ordinal);
        Assert.Contains("Burns a book for good.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing comes back", page, StringComparison.Ordinal);
        Assert.Contains(
            "<dt>Wanted by</dt><dd>n8n, <time datetime=\"2026-11-01T12:00:00Z\" title=\"2026-11-01 12:00:00 (UTC)\">just now</time></dd>",
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
        Assert.Equal(["Emma"], books.Burnt);
        Assert.Equal(
            ["approval_asked", "approval_given", "tool_call"],
            (await gateway.ReadAuditAsync())
                .Select(line => JsonElement.Parse(line).GetProperty("event").GetString())
                .Where(name => name != "console_opened")
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
        Assert.Contains("Waiting for approval", await call.WaitAsync(Hang.After, Cancellation), StringComparison.Ordinal);
        Assert.Empty(books.Burnt);
    }

    [Fact]
    public async Task A_call_that_nobody_answers_says_where_it_waits_and_runs_when_it_is_sent_again_after_the_yes_once()
    {
        await using var gateway = await StartAsync();
        var started = time.GetUtcNow();
        var told = await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        Assert.True(time.GetUtcNow() - started >= TimeSpan.FromSeconds(50));
        Assert.Contains("Waiting for approval: https://shelf.example.org/console/approvals", told, StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", told, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"asked\"", (await gateway.ReadAuditAsync())[^1], StringComparison.Ordinal);
        Assert.Empty(books.Burnt);

        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
        Assert.Equal(["Emma"], books.Burnt);
        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);
        Assert.Equal(["Emma"], books.Burnt);
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
        Assert.Empty(books.Burnt);
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
        Assert.Empty(books.Burnt);
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
        Assert.Single(books.Burnt);
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
        Assert.Single(books.Burnt);
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
            "<dt>book title</dt><dd><strong>Emma by Jane &lt;i&gt;Austen&lt;/i&gt;[U&#x2B;202E]</strong>"
                + "<div class=\"soft\"><span class=\"text\">Emma</span></div></dd>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<dt>note</dt><dd><strong>the one on the desk</strong></dd>", page, StringComparison.Ordinal);

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
        Assert.Empty(books.Burnt);
    }

    [Fact]
    public async Task Times_are_those_of_the_operator()
    {
        await using var gateway = await StartAsync(("TIME_ZONE", "Asia/Tokyo"));
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        time.Advance(TimeSpan.FromMinutes(10));
        var page = await ShowAsync(gateway);
        Assert.Contains("title=\"2026-11-01 21:00:00 (Asia/Tokyo)\">", page, StringComparison.Ordinal);
        Assert.Matches(">1[01] minutes ago</time>", page);
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
    public async Task Nobody_is_asked_about_more_than_a_person_can_judge()
    {
        await using var gateway = await StartAsync();
        var told = await time.WhileAsync(BurnAsync(gateway, new string('x', 65 * 1024)), Step);
        Assert.Contains("nobody can judge arguments of more than 64 kB", told, StringComparison.Ordinal);
        Assert.Contains("No call waits for you.", await ShowAsync(gateway), StringComparison.Ordinal);
        Assert.Empty(books.Burnt);
    }
}
