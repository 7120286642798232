using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace McpGateway.Specs.Tools;

/// <summary>What a request has to be before anybody looks at its message: its method, media type, coding and size.</summary>
public sealed class RequestBodySpecs
{
    private const int InvalidRequest = -32600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_415_and_told_why(string coding)
    {
        await using var gateway = await SpecService.StartAsync();
        using var content = new ByteArrayContent([0x1f, 0x8b, 8, 0, 0, 0]);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(coding);
        using var response = await gateway.Http.PostAsync(gateway.McpUrl, content, Cancellation);
        Assert.Contains(
            $"Content-Encoding '{coding}'",
            await response.ErrorAsync(HttpStatusCode.UnsupportedMediaType, InvalidRequest),
            StringComparison.Ordinal
        );
        Assert.Equal("identity", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        await using var gateway = await SpecService.StartAsync();
        using var content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(SpecService.Initialize())]);
        content.Headers.ContentType = new("application/json");
        using var response = await gateway.Http.PostAsync(gateway.McpUrl, content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=UTF8")]
    [InlineData("application/json; charset='utf-8'")]
    [InlineData("APPLICATION/JSON ; Charset = utf-8 ; odd")]
    [InlineData("application/json;")]
    [InlineData("application/json; charset=us-ascii")]
    public async Task A_charset_is_taken_in_every_spelling(string contentType)
    {
        await using var gateway = await SpecService.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SpecService.Initialize()));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await gateway.Http.PostAsync(gateway.McpUrl, content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_415(string? contentType)
    {
        await using var gateway = await SpecService.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SpecService.Initialize()));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await gateway.Http.PostAsync(gateway.McpUrl, content, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Other_methods_are_405_and_told_which_are_allowed(string method)
    {
        await using var gateway = await SpecService.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        using var response = await gateway.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["HEAD", "POST"], response.Content.Headers.Allow.Order());
        Assert.Equal($"{method} is not served at '/mcp': send HEAD, POST.", (string?)(await response.JsonAsync())["message"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413_with_and_without_a_length(bool chunked)
    {
        await using var gateway = await SpecService.StartAsync(("MAX_REQUEST_BYTES", "2000"));
        using var response = await gateway.PostAsync(
            new string(' ', 2001),
            configure: request => request.Headers.TransferEncodingChunked = chunked
        );
        Assert.Contains(
            "2000 bytes (MAX_REQUEST_BYTES)",
            await response.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, InvalidRequest),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Four_megabytes_are_let_in_by_default()
    {
        await using var gateway = await SpecService.StartAsync();
        using var most = await gateway.PostAsync(SpecService.Initialize().PadRight(4_000_000));
        using var more = await gateway.PostAsync(SpecService.Initialize().PadRight(4_000_001));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (most.StatusCode, more.StatusCode));
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        await using var gateway = await SpecService.StartAsync(("MAX_REQUEST_BYTES", "2000"));
        using var response = await gateway.PostAsync(SpecService.Initialize().PadRight(2000));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_turned_away_before_a_byte_of_his_body_is_read()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.McpUrl.Port, Cancellation);
        await socket
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
                ),
                Cancellation
            );
        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync(Cancellation));
    }
}
