using System.Net;
using System.Text.Json;
using McpGateway.Specs.OAuth;
using McpGateway.Testing;

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
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
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
    public async Task The_page_shows_and_answers_nothing_without_a_session_or_for_another_site()
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var page = await browser.ReadAsync(Approvals);
        var (call, ticket) = (OAuthGateway.FieldOf(page, "allow"), OperatorBrowser.TicketOf(page));
        using var stranger = new OperatorBrowser(gateway.Http.BaseAddress!);
        foreach (
            var fields in ((string, string)[][])
                [
                    [("allow", call)],
                    [("allow", call), ("secret", N8n)],
                    [("allow", call), ("ticket", ticket)],
                ]
        )
        {
            using var refused = await stranger.PostAsync(Approvals, fields);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain("Emma", await refused.TextAsync(), StringComparison.Ordinal);
        }

        using var asked = await stranger.GetAsync(Approvals);
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        using var foreign = await browser.SendAsync(
            Approvals,
            [("allow", call), ("ticket", ticket)],
            request => request.Headers.Add("Origin", "https://evil.example")
        );
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var torn = await browser.PostAsync(Approvals, ("allow", call), ("ticket", ticket + "x"));
        Assert.Equal(HttpStatusCode.Forbidden, torn.StatusCode);
        using var both = await browser.PostAsync(Approvals, ("allow", call), ("refuse", call), ("ticket", ticket));
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);

        time.Advance(TimeSpan.FromHours(12));
        using var late = await browser.PostAsync(Approvals, ("allow", call), ("ticket", ticket));
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
        Assert.Contains("No call waits for you.", await ShowAsync(gateway), StringComparison.Ordinal);
        Assert.Contains("does not wait any more", await AnswerAsync(gateway, page, "allow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_the_secret_opens_the_page_all_the_same()
    {
        await using var gateway = await StartAsync(("PUBLIC_URL", ""), ("BIND_ADDRESS", "127.0.0.1"));
        var told = await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        Assert.Contains($"Waiting for approval: {new Uri(gateway.McpUrl, Approvals)}", told, StringComparison.Ordinal);
        await AnswerAsync(gateway, await ShowAsync(gateway), "allow");
        Assert.Contains("Emma is gone", await BurnAsync(gateway, "Emma"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/approvals", "/console/approvals")]
    [InlineData("/connections", "/console/access")]
    public async Task Addresses_of_before_the_console_lead_into_it_and_their_forms_change_nothing(string old, string now)
    {
        await using var gateway = await StartAsync();
        await time.WhileAsync(BurnAsync(gateway, "Emma"), Step);
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var page = await browser.ReadAsync(Approvals);
        using var asked = await browser.GetAsync(old);
        using var sent = await browser.PostAsync(
            old,
            ("allow", OAuthGateway.FieldOf(page, "allow")),
            ("secret", OperatorBrowser.Secret),
            ("ticket", OperatorBrowser.TicketOf(page))
        );
        foreach (var response in (HttpResponseMessage[])[asked, sent])
        {
            Assert.Equal((HttpStatusCode.SeeOther, now), (response.StatusCode, response.Headers.Location!.OriginalString));
        }

        Assert.Contains("Waiting for approval", await time.WhileAsync(BurnAsync(gateway, "Emma"), Step), StringComparison.Ordinal);
    }
}
