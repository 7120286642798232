using System.Buffers.Binary;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace McpGateway.Specs.Answers;

/// <summary>A model sees a picture instead of reading its bytes, unless it is too large for that.</summary>
public sealed class PictureSpecs
{
    private readonly Given given = new();

    [Fact]
    public async Task A_picture_in_an_answer_is_a_block_of_its_own()
    {
        var png = Png(800, 600, 5_000);
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        given.Text = JsonSerializer.Serialize(new { screenshot = $"data:image/png;base64,{Convert.ToBase64String(png)}", note = "after" });
        var reply = await client.CallAsync("answer", cancellationToken: TestContext.Current.CancellationToken);
        var json = JsonElement.Parse(reply.Text);
        Assert.Equal("(picture 1 of this result: image/png, 800 x 600 pixels, 5,000 bytes)", json.GetProperty("screenshot").GetString());
        Assert.Equal("after", json.GetProperty("note").GetString());
        var picture = Assert.IsType<ImageContentBlock>(reply.Result.Content[1]);
        Assert.Equal("image/png", picture.MimeType);
        Assert.Equal(png, picture.DecodedData.ToArray());
    }

    [Theory]
    [InlineData(2_001, 10, 5_000)]
    [InlineData(10, 60_000, 5_000)]
    [InlineData(10, 10, 3_000_000)]
    public async Task One_that_is_too_large_is_a_sentence(int width, int height, int bytes)
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        given.Text = JsonSerializer.Serialize(
            new { screenshot = $"data:image/png;base64,{Convert.ToBase64String(Png(width, height, bytes))}" }
        );
        var reply = await client.CallAsync("answer", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Single(reply.Result.Content);
        Assert.Contains($"too large to be shown: image/png, {width} x {height} pixels", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_no_block_and_five_are_four()
    {
        await using var gateway = await StartAsync();
        await using var client = await SpecClient.ConnectAsync(gateway);
        var uri = $"data:image/png;base64,{Convert.ToBase64String(Png(1, 1, 100))}";
        given.Text = JsonSerializer.Serialize(
            new
            {
                a = "data:image/png;base64,AAAA",
                b = "data:image/png;base64,%%%%",
                all = Enumerable.Repeat(uri, 5),
            }
        );
        var reply = await client.CallAsync("answer", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(5, reply.Result.Content.Count);
        var json = JsonElement.Parse(reply.Text);
        Assert.Contains("cannot be read", json.GetProperty("a").GetString(), StringComparison.Ordinal);
        Assert.Contains("cannot be read", json.GetProperty("b").GetString(), StringComparison.Ordinal);
        Assert.Contains("too large to be shown", json.GetProperty("all")[4].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A0000000D49484452000003200000025808060000", 800, 600)]
    [InlineData("image/gif", "4749463839612003580200", 800, 600)]
    [InlineData("image/jpeg", "FFD8FFE000104A46494600010100000100010000FFFFC0001108025803200301", 800, 600)]
    [InlineData("image/jpeg", "FFD8FFDB0004AABBFFC2001108025803200301", 800, 600)]
    [InlineData("image/webp", "52494646000000005745425056503820000000000000009D012A20035802000000", 800, 600)]
    [InlineData("image/webp", "5249464600000000574542505650384C000000002F1FC3950000000000000000", 800, 600)]
    [InlineData("image/webp", "524946460000000057454250565038580A000000000000001F0300570200", 800, 600)]
    public void The_size_is_read_from_the_files_own_header(string type, string hex, int width, int height) =>
        Assert.Equal(new Picture(type, width, height), Picture.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("89504E470D0A1A0A")]
    [InlineData("474946383961")]
    [InlineData("FFD8FF")]
    [InlineData("FFD8FFE00002FFE00002")]
    [InlineData("FFD8FFE0FFFF00")]
    [InlineData("524946460000000057454250")]
    [InlineData("424D000000000000")]
    public void What_ends_before_its_size_or_is_none_of_the_four_has_none(string hex) =>
        Assert.Null(Picture.Read(Convert.FromHexString(hex)));

    private static byte[] Png(int width, int height, int bytes)
    {
        var file = new byte[bytes];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }.CopyTo(file, 0);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    private Task<Gateway> StartAsync() =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(given);
                gateway.Mcp.WithTools<AnswerTools>(ToolJson.Readable);
            },
            new Dictionary<string, string?>()
        );
}
