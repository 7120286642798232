using System.Net;
using System.Text.Json;
using McpGateway.Specs.OAuth;

namespace McpGateway.Specs.Tools;

/// <summary>The page on which the operator sees what waits, and says yes or no.</summary>
public sealed class ApprovalPageSpecs : ApprovalShelf
{
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
        Assert.Empty(books.Burnt);
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
}
