using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Firecrawl.Specs;

/// <summary>What callers hear and see beside a page's text: that it is still waited for, and its pictures.</summary>
public sealed class WaitingSpecs
{
    private const string Page = """{"success":true,"data":{"markdown":"x","metadata":{"scrapeId":"s1"}}}""";

    [Theory]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example"}""", "/scrape", "The page takes 10 s so far")]
    [InlineData("firecrawl_page_changes", """{"url":"https://a.example"}""", "/scrape", "The page takes 10 s so far")]
    [InlineData("firecrawl_parse", """{"filePath":"a.pdf","content":"YQ=="}""", "/parse", "The document takes 10 s so far")]
    [InlineData("firecrawl_search", """{"query":"q"}""", "/search", "The search takes 10 s so far")]
    [InlineData("firecrawl_map", """{"url":"https://a.example"}""", "/map", "The map takes 10 s so far")]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"p"}""",
        "/scrape/s1/interact",
        "The work on the page takes 10 s so far"
    )]
    public async Task A_caller_hears_that_its_page_is_still_waited_for(string tool, string arguments, string path, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var heard = new TaskCompletionSource<string?>();
        firecrawl.Api.On(
            $"POST /v2{path}",
            async context =>
            {
                await heard.Task;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Page);
            }
        );
        var progress = new Progress<ProgressNotificationValue>(sign => heard.TrySetResult(sign.Message));
        var reply = await firecrawl.Client.CallAsync(tool, arguments, progress, TestContext.Current.CancellationToken);
        Assert.False(reply.IsError, reply.Text);
        Assert.Equal(told, await heard.Task);
    }

    [Fact]
    public async Task Screenshots_of_the_cloud_are_shown_as_pictures()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        ServePicture(firecrawl, $"{firecrawl.Api.Url}/shot.png");
        var reply = await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example","formats":["markdown","screenshot"]}""");
        Assert.Equal(["image/png", "image/png"], reply.Result.Content.OfType<ImageContentBlock>().Select(picture => picture.MimeType));
        Assert.StartsWith(
            "(picture 1 of this result: image/png, 8 x 6 pixels",
            reply.Json.GetProperty("screenshot").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            firecrawl.Api.Received,
            request => request.Target == "/shot.png" && request.Headers.ContainsKey("Authorization")
        );
    }

    [Theory]
    [InlineData("https://elsewhere.example/shot.png", "cloud")]
    [InlineData("https://storage.googleapis.com.elsewhere.example/shot.png", "cloud")]
    [InlineData("HERE/none.png", "cloud")]
    [InlineData("HERE/shot.png", "2.0")]
    public async Task A_screenshot_that_cannot_be_had_stays_an_address(string address, string version)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_VERSION", version));
        address = address.Replace("HERE", firecrawl.Api.Url, StringComparison.Ordinal);
        ServePicture(firecrawl, address);
        var reply = await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example","formats":["screenshot"]}""");
        Assert.Empty(reply.Result.Content.OfType<ImageContentBlock>());
        Assert.Equal(address, reply.Json.GetProperty("screenshot").GetString());
    }

    [Theory]
    [InlineData("firecrawl_deep_research", "use firecrawl_agent")]
    [InlineData("firecrawl_generate_llmstxt", "use firecrawl_map")]
    public async Task A_tool_that_is_gone_says_what_to_use_instead(string tool, string advice)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() => firecrawl.CallAsync(tool));
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_tool_that_has_another_name_by_now_is_called_by_it()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("GET /batch/scrape/b1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        await firecrawl.ReadAsync("firecrawl_check_batch_status", """{"id":"b1"}""");
        Assert.Single(firecrawl.Requests);
    }

    private static void ServePicture(FirecrawlGateway firecrawl, string address)
    {
        firecrawl.On(
            "POST /scrape",
            """{"success":true,"data":{"markdown":"x","screenshot":"ADDRESS","actions":{"screenshots":["ADDRESS"]}}}""".Replace(
                "ADDRESS",
                address,
                StringComparison.Ordinal
            )
        );
        firecrawl.Api.On(
            "GET /shot.png",
            context =>
            {
                context.Response.ContentType = "image/png";
                return context.Response.Body.WriteAsync(Png(8, 6)).AsTask();
            }
        );
        firecrawl.Api.On("GET /none.png", "<xml/>", 404);
    }

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[200];
        ReadOnlySpan<byte> head =
        [
            0x89,
            (byte)'P',
            (byte)'N',
            (byte)'G',
            13,
            10,
            26,
            10,
            0,
            0,
            0,
            13,
            (byte)'I',
            (byte)'H',
            (byte)'D',
            (byte)'R',
        ];
        head.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }
}
