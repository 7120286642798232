using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Specs.Upstream;

/// <summary>Successes that are not what the API promises are one sentence; one bad item of a list takes no other with it.</summary>
public sealed class ReadingSpecs
{
    private const string Json = "application/json";
    private const string Ten = "[[[[[[[[[[";
    private const string Deep = "{\"name\":\"a\",\"tree\":" + Ten + Ten + Ten + Ten + Ten + Ten + Ten;

    [Theory]
    [InlineData("text/html", "<html></html>", "HTML, as a proxy or a login page sends")]
    [InlineData(null, " <!doctype html><p>x", "HTML, as a proxy or a login page sends")]
    [InlineData(Json, "<html></html>", "broken JSON")]
    [InlineData(Json, "{\"name\":", "broken JSON")]
    [InlineData(Json, Deep, "JSON nested more than 64 levels deep")]
    [InlineData(Json, "[]", "JSON of another form")]
    [InlineData(Json, "null", "null")]
    [InlineData(Json, "", "an empty body")]
    [InlineData(null, "", "an empty body")]
    [InlineData(Json, " \r\n", "an empty body")]
    [InlineData(Json, "{}", "JSON without 'name'")]
    [InlineData(Json, """{"name":null}""", "JSON with an unexpected value at $.name")]
    [InlineData(Json, """{"name":7}""", "JSON with an unexpected value at $.name")]
    [InlineData(Json, """{"name":"a","name":"b"}""", "JSON with an unexpected value at $.name")]
    public async Task A_success_that_is_not_what_the_api_promises_is_one_sentence_with_its_status(string? type, string body, string what)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", context => WriteAsync(context, type, Encoding.UTF8.GetBytes(body)));
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal($"Things returned 200 with an unexpected response: {what}. Try again later.", answer.Text);
    }

    [Theory]
    [InlineData("{}", "JSON without 'items'")]
    [InlineData("""{"items":null}""", "JSON with an unexpected value at $.items")]
    [InlineData("""{"items":{}}""", "JSON with an unexpected value at $.items")]
    [InlineData("""{"items":[null]}""", "JSON with an unexpected value at $.items")]
    [InlineData("""{"items":[{}, 1]}""", "JSON with an unexpected value at $.items")]
    [InlineData("""{"items":[{"name":"a"},{"name":""", "broken JSON")]
    public async Task What_is_no_list_is_never_an_empty_one(string body, string what)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /list", body);
        var answer = await things.CallAsync("list_things");
        Assert.True(answer.IsError, answer.Text);
        Assert.Equal($"Things returned 200 with an unexpected response: {what}. Try again later.", answer.Text);
    }

    [Theory]
    [InlineData(
        """{"items":[{"name":"first"},{"name":7},{"name":"last"}]}""",
        "1 item of the API's response could not be read and is left out."
    )]
    [InlineData(
        """{"items":[null,{"name":"first"},[[{"name":"in"}]],{"name":"last"}]}""",
        "2 items of the API's response could not be read and are left out."
    )]
    public async Task A_bad_item_of_a_list_is_left_out_and_counted(string body, string told)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /list", body);
        var answer = await things.CallAsync("list_things");
        Assert.False(answer.IsError, answer.Text);
        Assert.Contains("first", answer.Text, StringComparison.Ordinal);
        Assert.Contains("last", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith(told, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_one()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /list", """{"items":[]}""");
        Assert.Equal("""{"items":[]}""", (await things.CallAsync("list_things")).Text);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_that_is_broken_is_told_so(string encoding)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "GET /things/a",
            context =>
            {
                context.Response.Headers.ContentEncoding = encoding;
                return WriteAsync(context, Json, [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
            }
        );
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal("Things returned 200 with an unexpected response: a compressed body that is broken. Try again later.", answer.Text);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_for_again_and_then_told_so()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "GET /things/a",
            async context =>
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("""{"name":""");
                // Too little was written, so the connection closes behind it: a reset could overtake the first bytes.
                await context.Response.Body.FlushAsync();
            }
        );
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.Equal("Things returned 200 with an unexpected response: a body that breaks off. Try again later.", answer.Text);
        Assert.Equal(3, things.Upstream.Received.Count);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("bogus-1")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public async Task Text_is_read_whatever_its_charset(string charset)
    {
        var encoding = charset == "bogus-1" ? Encoding.UTF8 : Encoding.GetEncoding(charset);
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "GET /things/a",
            context =>
                WriteAsync(context, $"{Json}; charset={charset}", [.. encoding.Preamble, .. encoding.GetBytes("""{"name":"Crème"}""")])
        );
        var text = (await things.CallAsync("get_thing", ("id", "a"))).Text;
        Assert.Contains("Crème", Regex.Unescape(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"cut \ud83e"}""", "cut \uFFFD")]
    [InlineData("""{"name":"whole \ud83e\udd16"}""", "whole \U0001F916")]
    public async Task Half_a_character_costs_no_more_than_itself(string body, string name)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", context => WriteAsync(context, null, Encoding.UTF8.GetBytes(body)));
        var text = (await things.CallAsync("get_thing", ("id", "a"))).Text;
        Assert.Contains(name, Regex.Unescape(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_is_never_warned_of_effects_whatever_the_method()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /search", "null").On("POST /search", "{}", 500).On("POST /search", context => Abort(context));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await things.CallAsync("search_things", ("name", "x"));
            Assert.True(answer.IsError);
            Assert.EndsWith("Try again later.", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_writes_is_told_to_look()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("POST /things", "<html></html>");
        Assert.Equal(
            "Things returned 200 with an unexpected response: broken JSON. The change may have been made: check before you try again.",
            (await things.CallAsync("create_thing", ("name", "x"))).Text
        );
    }

    [Theory]
    [InlineData(202)]
    [InlineData(204)]
    public async Task A_write_that_is_acknowledged_without_a_body_is_done(int status)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "DELETE /things/a",
            context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }
        );
        Assert.False((await things.CallAsync("delete_thing", ("id", "a"))).IsError);
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, string? type, byte[] body)
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
