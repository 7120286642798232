using System.IO.Compression;
using McpGateway.Secrets;
using McpGateway.Upstream;

namespace McpGateway.Specs.Upstream;

public sealed class ErrorSpecs
{
    [Theory]
    [InlineData("""{"message":"Name is\n taken"}""", "Things returned 400: Name is taken.")]
    [InlineData("""{"error":"Bad"}""", "Things returned 400: Bad.")]
    [InlineData("""{"error":{"code":7}}""", "Things returned 400.")]
    [InlineData("<html><body>Bad gateway</body></html>", "Things returned 400.")]
    [InlineData("", "Things returned 400.")]
    [InlineData("plain words", "Things returned 400: plain words.")]
    [InlineData("[1]", "Things returned 400.")]
    public async Task A_failure_is_told_in_the_apis_own_words_and_never_as_html(string body, string told)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", body, 400);
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal(told, answer.Text);
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", $$"""{"message":"{{new string('x', 5_000)}}"}""", 400);
        Assert.InRange((await things.CallAsync("get_thing", ("id", "a"))).Text.Length, 500, 600);
    }

    [Theory]
    [InlineData(403, "The token in THINGS_TOKEN may not do this.")]
    [InlineData(404, "Check the ids; what this gateway's token cannot see is not found either.")]
    public async Task A_refusal_says_what_to_do(int status, string advice)
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", """{"message":"No."}""", status);
        Assert.Equal($"Things returned {status}: No. {advice}", (await things.CallAsync("get_thing", ("id", "a"))).Text);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_refused_without_another_try()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On("GET /things/a", $$"""{"name":"{{new string('x', 100_001)}}"}""");
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal("Things's response is larger than 100,000 bytes: ask for less at once.", answer.Text);
        Assert.Single(things.Upstream.Received);
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_to_a_large_one_is_refused()
    {
        await using var things = await ThingGateway.StartAsync();
        things.Upstream.On(
            "GET /things/a",
            async context =>
            {
                context.Response.Headers.ContentEncoding = "gzip";
                await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
                await zip.WriteAsync(new byte[2_000_000]);
            }
        );
        Assert.Contains("is larger than", (await things.CallAsync("get_thing", ("id", "a"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_that_is_not_there_is_named()
    {
        await using var things = await ThingGateway.StartAsync(_ => ThingGateway.ApiAt(new Uri("http://127.0.0.1:9")));
        var answer = await things.CallAsync("get_thing", ("id", "a"));
        Assert.True(answer.IsError);
        Assert.Equal("Things could not be reached (ConnectionError). Try again later.", answer.Text);
    }

    [Theory]
    [InlineData("https://api.example/v1/", "https://api.example/v1")]
    [InlineData("http://127.0.0.1:4000", "http://127.0.0.1:4000/")]
    [InlineData("http://localhost/x", "http://localhost/x")]
    public void A_base_url_is_https_or_on_loopback(string value, string url) =>
        Assert.Equal(url, UpstreamUrl.Parse("THINGS_URL", value).ToString());

    [Theory]
    [InlineData("http://api.example")]
    [InlineData("api.example")]
    [InlineData("https://user:secret@api.example")]
    [InlineData("https://api.example?x=1")]
    [InlineData("ftp://api.example")]
    public void A_base_url_that_would_leak_the_token_is_refused(string value)
    {
        var refusal = Assert.Throws<SettingException>(() => UpstreamUrl.Parse("THINGS_URL", value)).Message;
        Assert.Contains("THINGS_URL", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }
}
